import { memo } from 'react';
import './literal.css';
import { escapeHostile, splitHostile } from './hostile-text.ts';

/**
 * Text out of a token, a paste or a file, harmless: control, bidi and invisible characters stand as visible escapes,
 * so they can neither reorder the line nor hide. Never a link.
 */
export const Literal = memo(function Literal({ text }: { readonly text: string }) {
  const parts = splitHostile(text);
  if (parts.length === 1 && parts[0]?.kind === 'plain') return <>{text}</>;
  return (
    <>
      {parts.map((part, index) =>
        part.kind === 'plain' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <span key={index} className="esc">
            {escapeHostile(part.text)}
          </span>
        ),
      )}
    </>
  );
});
