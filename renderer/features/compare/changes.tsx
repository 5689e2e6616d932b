import type { JsonChange } from '../../../shared/diff/diff-json.ts';
import type { Json } from '../../../shared/json.ts';
import { Literal } from '../../ui/literal.tsx';

/** Members of claims or envelope that differ, A beside B. */
export function Changes({ changes, same }: { readonly changes: readonly JsonChange[]; readonly same: string }) {
  if (changes.length === 0) return <p className="cmp-none">{same}</p>;
  return (
    <div className="scroll">
      <table className="tbl copyable" aria-label="Differences">
        <thead>
          <tr>
            <th>Where</th>
            <th>A</th>
            <th>B</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.path.join('/')}>
              <td>
                <b>
                  <Literal text={change.path.join('.') || 'all'} />
                </b>
              </td>
              <Value of={change.a} />
              <Value of={change.b} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ of }: { readonly of: Json | undefined }) {
  return (
    <td>
      {of === undefined ? (
        <span className="faint">nothing</span>
      ) : (
        <code>
          <Literal text={JSON.stringify(of)} />
        </code>
      )}
    </td>
  );
}
