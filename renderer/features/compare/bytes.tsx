import { encodeHex } from '../../../shared/bytes/hex.ts';
import type { ByteChange } from '../../../shared/diff/diff-bytes.ts';

/** bytes of a stretch that are drawn; offsets say where the rest is */
const MOST = 48;

/** Stretches of bytes that differ, with a few before them to find the place by. */
export function Bytes(props: {
  readonly changes: readonly ByteChange[];
  readonly a: Uint8Array | undefined;
  readonly b: Uint8Array | undefined;
}) {
  const { changes, a, b } = props;
  if (changes.length === 0 || a === undefined || b === undefined)
    return <p className="cmp-none">Both have the same bytes.</p>;
  return (
    <div className="scroll">
      <table className="tbl copyable" aria-label="Bytes that differ">
        <thead>
          <tr>
            <th>A, from byte</th>
            <th>Bytes of A</th>
            <th>B, from byte</th>
            <th>Bytes of B</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.a.start} ${change.b.start}`}>
              <td>{change.a.start}</td>
              <Stretch bytes={a} {...change.a} />
              <td>{change.b.start}</td>
              <Stretch bytes={b} {...change.b} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Stretch(props: { readonly bytes: Uint8Array; readonly start: number; readonly end: number }) {
  const { bytes, start, end } = props;
  const shown = Math.min(end, start + MOST);
  const hex = encodeHex(bytes.subarray(start, shown)).replace(/../g, '$& ').trim();
  return (
    <td>
      {start === end ? <span className="faint">nothing</span> : <code>{hex}</code>}
      {shown < end ? <span className="hint"> and {end - shown} more</span> : null}
    </td>
  );
}
