import { useClock } from '../../shell/clock.ts';
import { describeClaim } from './describe-claim.ts';
import { findChanges } from './find-changes.ts';
import { useIssue } from './model.ts';
import type { Preview } from './use-preview.ts';

/** What a clone has otherwise than the token it was made of. */
export function Changes({ preview }: { readonly preview: Preview }) {
  const start = useIssue((state) => state.start);
  const draft = useIssue((state) => state.draft);
  const now = useClock((clock) => clock.now);
  if (start.kind !== 'clone') return null;
  const { original } = start;
  const notes = preview.result.ok ? preview.result.value.notes : [];
  const { changed, leftOut } = findChanges(original, draft, notes);
  const names = [...changed, ...leftOut];
  if (names.length === 0)
    return <p className="hint is-delta">Nothing is changed yet: it makes the pasted token’s claims again.</p>;
  return (
    <div className="is-delta">
      <table className="tbl" aria-label="Changes">
        <thead>
          <tr>
            <th>Changed</th>
            <th>Pasted token</th>
            <th>This token</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const before = original.claims[name];
            const after = draft.claims[name];
            const was = before === undefined ? 'not there' : describeClaim(name, before, now);
            const is = leftOut.includes(name)
              ? 'left out'
              : after === undefined
                ? 'taken away'
                : describeClaim(name, after, now);
            return (
              <tr key={name}>
                <td title={name}>{name}</td>
                <td className="muted" title={was}>
                  {was}
                </td>
                <td title={is}>
                  <b>{is}</b>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
