/**
 * Characters that could reorder, hide or break what stands around them: C0 and C1 controls, bidi controls, zero-width
 * and other format characters, line and paragraph separators, unpaired surrogates, variation selectors and tags.
 */
export const HOSTILE = new RegExp(
  [
    '[\\u0000-\\u001f\\u007f-\\u009f]', // C0 and C1 controls
    '[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\uffa0]', // invisible, or bidi mark
    '[\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff0-\\ufffb]', // zero width, separators, bidi, format
    '[\\ufe00-\\ufe0f]|[\\u{e0000}-\\u{e0fff}]', // variation selectors and tags
    '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]', // unpaired surrogates
  ].join('|'),
  'gu',
);

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
