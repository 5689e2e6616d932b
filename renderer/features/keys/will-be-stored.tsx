import type { Environment } from '../../../shared/contract/keys.ts';
import { EnvTag } from '../../ui/env-tag.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { shortenId } from '../../ui/shorten-id.ts';
import { Verdict, type VerdictKind } from '../../ui/verdict.tsx';

/** The row as it will stand in the table, or stands there by now. */
export function WillBeStored(props: {
  readonly environment: Environment;
  readonly name: string;
  readonly kid: string;
  readonly state: string;
  readonly verdict?: VerdictKind;
}) {
  const name = props.name.trim();
  const isDone = props.verdict === 'pass';
  return (
    <div className="res">
      <span className="lbl">{isDone ? 'Stored as' : 'Will be stored as'}</span>
      <div className={isDone ? 'res-r is-done' : 'res-r'}>
        <EnvTag environment={props.environment} />
        <b className="ell">{name === '' ? <span className="faint">name</span> : <Literal text={name} />}</b>
        <span className="mono faint ell" title={escapeText(props.kid)}>
          <Literal text={shortenId(props.kid)} />
        </span>
        <Verdict kind={props.verdict ?? 'not-checked'} word={props.state} />
      </div>
    </div>
  );
}
