/**
 * Characters that could reorder, hide or break what stands around them: C0 and C1 controls, bidi controls, zero-width
 * and other format characters, line and paragraph separators, unpaired surrogates, variation selectors and tags.
 */
const HOSTILE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

export type TextRun = { readonly kind: 'plain' | 'hostile'; readonly text: string };

/** Cuts a text into what can be shown as it is and what must be escaped. The runs concatenate to the text. */
export function splitHostile(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const match of text.matchAll(HOSTILE)) {
    if (match.index > from) runs.push({ kind: 'plain', text: text.slice(from, match.index) });
    runs.push({ kind: 'hostile', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length || runs.length === 0) runs.push({ kind: 'plain', text: text.slice(from) });
  return runs;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One hostile character as a visible escape: `\n`, `\u{202e}`. */
export function escapeHostile(character: string): string {
  return SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`;
}

/** A whole text for where only a string fits: a `title`, an `aria-label`, a window title. */
export const escapeText = (text: string): string => text.replace(HOSTILE, escapeHostile);
