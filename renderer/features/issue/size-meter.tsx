import type { Preview } from './use-preview.ts';

/** Bytes: what CTA-5007-B wants taken at most, and what functions of CloudFront stop at. */
const LIMIT = 4096;
const FIRST_LIMIT = 1024;

/** How large the token will be, against the limits that are known. */
export function SizeMeter({ preview }: { readonly preview: Preview }) {
  const { result, target } = preview;
  const unsigned = result.ok ? result.value.unsigned : undefined;
  if (unsigned === undefined) return null;
  const size = unsigned.length;
  const refuses =
    size > target.maxBytes.limit
      ? target.maxBytes.why
      : size > LIMIT
        ? `CTA-5007-B asks recipients to take ${LIMIT} bytes, and no more.`
        : undefined;
  const isOver = refuses !== undefined;
  return (
    <div className="is-size">
      <p className="row">
        <b>{size.toLocaleString('en-GB')} bytes</b>
        <span className="muted">{Math.ceil((size * 4) / 3).toLocaleString('en-GB')} characters in the URL</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn with the ticks of the limits */}
      <div
        className={isOver ? 'is-meter is-over' : 'is-meter'}
        role="meter"
        aria-label="Token size"
        aria-valuenow={size}
        aria-valuemin={0}
        aria-valuemax={LIMIT}
      >
        <i style={{ width: `${Math.min(100, (size / LIMIT) * 100)}%` }} />
        <em />
      </div>
      <p className="is-meter-l">
        <span className={size > FIRST_LIMIT ? 'is-past' : undefined}>1 KB, CloudFront</span>
        <span className={size > LIMIT ? 'is-past' : undefined}>4 KB, CTA-5007-B</span>
      </p>
      {isOver ? <p className="is-warn">{refuses}</p> : null}
    </div>
  );
}
