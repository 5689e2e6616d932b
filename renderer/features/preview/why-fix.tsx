import { useState } from 'react';
import type { Refusal } from '../../../shared/contract/preview-why.ts';
import { useClock } from '../../shell/clock.ts';
import { useKeysOf } from '../../shell/commands.ts';
import { Button } from '../../ui/button.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { printKeys } from '../../ui/kbd.tsx';
import { Rich } from '../../ui/rich.tsx';
import { usePreview, usePreviewModel } from './model.ts';
import { isWithoutAny, useMend } from './use-mend.tsx';
import { readMatch } from './why-words.ts';
import { shortenIds } from './words.ts';

/** The smallest thing that helps, as it is and as it would be, and the press that does it. */
export function WhyFix({ refusal }: { readonly refusal: Refusal }) {
  const model = usePreviewModel();
  const now = useClock((clock) => clock.now);
  const keys = useKeysOf('preview.reissue');
  const isBusy = usePreview((screen) => screen.isBusy);
  const mend = useMend(refusal);
  const last = refusal.before.last;
  // what another token would have to say is beside the point where the edge has to be set right
  const ofToken = refusal.fix.kind === 'reissue' || refusal.fix.kind === 'decide' ? refusal.mend : undefined;
  const changes = ofToken?.changes ?? [];
  return (
    <div className="pv-fix" data-region>
      <div className="pv-fix-t">
        <span className="lbl">Smallest fix</span>
        <div className="copyable">
          {changes.length === 0 ? (
            <p>
              {isWithoutAny(refusal) ? (
                'Sign a token for this stream with a key for development'
              ) : (
                <Rich text={refusal.fix.sentence} now={now} />
              )}
            </p>
          ) : (
            changes.map((change) => (
              <p key={change.claim}>
                <Change change={change} />
              </p>
            ))
          )}
          {ofToken?.decisions.map(({ claim, reason }) => (
            <p key={claim} className="muted">
              <b>{claim}</b> is a decision about rights: <Rich text={reason} now={now} />
            </p>
          ))}
        </div>
      </div>
      <div className="row">
        {mend.words === undefined ? null : (
          <Button
            variant="primary"
            icon="reset"
            isBusy={isBusy}
            disabledReason={mend.blocked}
            {...(keys === undefined ? {} : { shortcut: printKeys(keys) })}
            onPress={() => void mend.run()}
          >
            {mend.words}
          </Button>
        )}
        {last === undefined ? null : (
          <Button icon="compare" onPress={() => model.compareWith(last)}>
            Compare with request {last}
          </Button>
        )}
        <CopyReport row={refusal.row.id} />
      </div>
      {mend.dialog}
    </div>
  );
}

function CopyReport({ row }: { readonly row: number }) {
  const model = usePreviewModel();
  const [copied, setCopied] = useState<number | undefined>(undefined);
  const isCopied = copied === row;
  return (
    <>
      <Button
        icon={isCopied ? 'copied' : 'report'}
        onPress={() => void model.copyReport(row).then((done) => setCopied(done ? row : undefined))}
      >
        {isCopied ? 'Report copied' : 'Copy redacted report'}
      </Button>
      <span className="sr" role="status">
        {isCopied ? 'Report copied' : ''}
      </span>
    </>
  );
}

/** A rule as it is and as it would be, where both are one match; else the change as a sentence. */
function Change({ change }: { readonly change: NonNullable<Refusal['mend']>['changes'][number] }) {
  const now = useClock((clock) => clock.now);
  const before = readMatch(change.before);
  const after = readMatch(change.after);
  if (before === undefined || after === undefined) return <Rich text={change.sentence} now={now} />;
  return (
    <>
      path{' '}
      <s>
        {before.words} <code title={escapeText(before.text)}>{escapeText(shortenIds(before.text))}</code>
      </s>{' '}
      <Icon name="step" size={13} />{' '}
      <b>
        {after.words} <code>{escapeText(after.text)}</code>
      </b>
    </>
  );
}
