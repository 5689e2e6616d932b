import { useEffect, useMemo, useRef } from 'react';
import type { HandoverInput } from '../../../shared/handover/output.ts';
import { writeOutput } from '../../../shared/handover/write-output.ts';
import { writeQr } from '../../../shared/handover/write-qr.ts';

/** modules around a code that scanners need (ISO/IEC 18004 §7.1) */
const QUIET = 4;

/** The address with the token in it, for a phone. */
export function QrCode({ input, onShown }: { readonly input: HandoverInput; readonly onShown: () => void }) {
  const latest = useRef(onShown);
  latest.current = onShown;
  useEffect(() => {
    // whoever sees it can scan it
    void input;
    latest.current();
  }, [input]);
  const qr = useMemo(() => {
    const output = writeOutput('tokenised-url', input);
    return output.ok ? writeQr(output.value.code) : ({ ok: false, error: output.error.message } as const);
  }, [input]);
  if (!qr.ok) return <p className="hint is-op">{qr.error}</p>;
  const { size, rows } = qr.value;
  const dark = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  const side = size + 2 * QUIET;
  return (
    <div className="is-op">
      <svg className="is-qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label="QR code of the URL">
        <rect className="is-qr-light" width={side} height={side} />
        <path className="is-qr-dark" d={dark} />
      </svg>
    </div>
  );
}
