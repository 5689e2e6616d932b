import type { Span } from './parse-json-text.ts';

const SKIPPED = /(?:\s+|\/[^/]*\/|#[^\n]*)+/y;
const QUOTED = /(?:h|b32|h32|b64|float)?'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y;

/** Where the key of a claim stands in the map of all claims; `undefined`: the map has no such key. */
export function locateInEdn(text: string, label: string): Span | undefined {
  let depth = 0;
  let isKey = false;
  for (let at = 0; at < text.length; ) {
    const end = endOf(SKIPPED, text, at) ?? at;
    if (end > at) {
      at = end;
      continue;
    }
    const quoted = endOf(QUOTED, text, at);
    const character = text[at] ?? '';
    if (isKey && depth === 1) {
      const to = quoted ?? endOf(/[^\s:,/#]+/y, text, at) ?? at + 1;
      if (text.slice(at, to).replace(/_[0-3i]$/, '') === label) return { from: at, to };
      isKey = false;
      at = to;
      continue;
    }
    if (quoted === undefined) {
      if ('{[(<'.includes(character)) depth++;
      if ('}])>'.includes(character)) depth--;
      isKey = depth === 1 && (character === '{' || character === ',');
    }
    at = quoted ?? at + 1;
  }
  return undefined;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
