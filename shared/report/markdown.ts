export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table under its heading; `head` is our own text, the cells anybody's. */
export const markdownTable = ({ title, head, rows }: Table): string =>
  [
    `### ${title}`,
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.map(markdownCell).join(' | ')} |`),
    '',
  ].join('\n');

/** Text out of a token must not become markup, a link or an image of whatever shows the ticket. */
export const markdownText = (text: string): string =>
  visible(text)
    .replace(/[\\`*_{}[\]<>|#!~]/g, '\\$&')
    .replaceAll('://', ':\u200b//');
const markdownCell = (text: string): string => markdownText(text) || ' ';

/** Controls and marks that reorder or hide text stand as escapes. */
export const visible = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  );
