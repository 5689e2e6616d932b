import { checkPathId } from '../../../shared/flowplayer/api/path-id.ts';
import { tokenModeWarning } from '../../../shared/flowplayer/api/token-mode.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { useIssue, useIssueModel } from './model.ts';

/** The id that the rule “path contains” names. */
export function idOfRule({ claims: { catu } }: Draft): string | undefined {
  const path = isJsonObject(catu) ? catu['path'] : undefined;
  const contains = isJsonObject(path) ? path['contains'] : undefined;
  return typeof contains === 'string' && contains !== '' ? contains : undefined;
}

/**
 * The stream's real address, against the id the rule names: a livestream's path often has another id than the OVP gives it,
 * and a token for the wrong one lets nothing pass.
 */
export function StreamCheck() {
  const model = useIssueModel();
  const url = useIssue((state) => state.stream.url);
  const asset = useIssue((state) => state.asset);
  const id = useIssue((state) => idOfRule(state.draft));
  if (id === undefined && asset === undefined) return null;
  const isLive = asset?.asset.kind === 'livestream';
  const warning = asset === undefined ? undefined : tokenModeWarning(asset.asset.tokenMode);
  return (
    <div className="is-stream">
      {asset === undefined ? null : (
        <p className="hint">
          {isLive ? 'Livestream' : 'Video'}{' '}
          <b>
            <Literal text={asset.asset.name} />
          </b>{' '}
          from the OVP’s list.
        </p>
      )}
      {warning === undefined ? null : <Note kind="warning">{warning}</Note>}
      <TextField
        label="Real address of the stream"
        isMono
        value={url}
        placeholder="https://cdn.example.com/hls/…/playlist.m3u8"
        onChange={(text) => model.setStream({ url: text })}
      />
      {url.trim() !== '' ? (
        id === undefined ? null : (
          <Outcome url={url} id={id} />
        )
      ) : isLive ? (
        asset.isUnchecked ? (
          <p className="hint">Not checked: the path of a livestream may have another id than the OVP gives it.</p>
        ) : (
          <p className="is-warn">
            <span>
              The path of a livestream often has another id than the OVP gives it. Paste its address, and the rule is
              checked.{' '}
              <LinkButton onPress={() => model.set({ asset: { ...asset, isUnchecked: true } })}>
                Go on without it
              </LinkButton>
            </span>
          </p>
        )
      ) : (
        <p className="hint">With it the rule’s id is checked against the path, and every output is complete.</p>
      )}
    </div>
  );
}

function Outcome({ url, id }: { readonly url: string; readonly id: string }) {
  const model = useIssueModel();
  const check = checkPathId(url, id);
  switch (check.kind) {
    case 'holds':
      return <Verdict kind="pass" word="The path contains the rule’s id" />;
    case 'not-an-address':
      return <Verdict kind="not-checked" word="Not an address yet: https://…" />;
    case 'none':
      return <Verdict kind="warning" word="The path has no id: a rule “contains” this id lets nothing pass" />;
    case 'other':
      return (
        <div className="is-other">
          <Verdict kind="warning" word="The path has another id: this rule would let nothing pass" />
          {check.ids.map((other) => (
            <span key={other} className="row">
              <span className="mono ell">
                <Literal text={other} />
              </span>
              <LinkButton aria-label={`Use ${other}`} onPress={() => model.setPathId(other)}>
                Use this id
              </LinkButton>
            </span>
          ))}
        </div>
      );
  }
}
