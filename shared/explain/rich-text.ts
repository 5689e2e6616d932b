import { assertNever } from '../assert-never.ts';
import type { Seconds } from '../units.ts';

/**
 * Plain language about a token as structured text: the window styles the parts, the command line prints them.
 * Never HTML; every part may hold hostile characters and is escaped where it is shown.
 */
export type RichText = readonly TextPart[];
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  /** a literal of the token or the request, shown as code */
  | {
      readonly kind: 'value';
      readonly text: string /** first differing UTF-16 unit, 0-based */;
      readonly mark?: number;
    }
  /** something that decided a denial, shown in the failing colour */
  | { readonly kind: 'bad'; readonly text: string }
  /** a moment, shown in the viewer's zone */
  | { readonly kind: 'time'; readonly at: Seconds }
  | { readonly kind: 'duration'; readonly seconds: Seconds };

/** How times are said: the window passes its zone and clock, the command line says UTC. */
export interface TimeStyle {
  time(at: Seconds): string;
  duration(seconds: Seconds): string;
}

/** `rich'paths that contain ${value('id')}'`: literal parts are text, holes are strings (text), parts or rich text. */
export function rich(literals: TemplateStringsArray, ...holes: readonly (string | TextPart | RichText)[]): RichText {
  // a verdict is made of this for every claim of every check: plain loops
  const parts: TextPart[] = [];
  for (let i = 0; i < literals.length; i++) {
    const literal = literals[i];
    if (literal !== undefined && literal !== '') parts.push({ kind: 'text', text: literal });
    const hole = holes[i];
    if (hole === undefined) continue;
    if (typeof hole === 'string') parts.push({ kind: 'text', text: hole });
    else if (isParts(hole)) for (const part of hole) parts.push(part);
    else parts.push(hole);
  }
  return parts;
}

const isParts = (hole: TextPart | RichText): hole is RichText => Array.isArray(hole);

export const value = (text: string, mark?: number): TextPart =>
  mark === undefined ? { kind: 'value', text } : { kind: 'value', text, mark };
export const time = (at: Seconds): TextPart => ({ kind: 'time', at });
export const duration = (seconds: Seconds): TextPart => ({ kind: 'duration', seconds });

/** One string: values in typographic quotes, times in the given style. */
export function toPlainText(text: RichText, style: TimeStyle): string {
  return text
    .map((part) => {
      switch (part.kind) {
        case 'text':
        case 'bad':
          return part.text;
        case 'value':
          return `“${part.text}”`;
        case 'time':
          return style.time(part.at);
        case 'duration':
          return style.duration(part.seconds);
        default:
          return assertNever(part);
      }
    })
    .join('');
}
