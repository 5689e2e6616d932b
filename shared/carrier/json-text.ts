import { isBlank, isInvisible } from './characters.ts';

export type JsonPath = readonly (string | number)[];

/** What a walk over JSON text tells; ranges are of the text as it stands, strings without their quotes. */
export interface JsonVisitor {
  string(path: JsonPath, start: number, end: number): void;
  /** a number, true, false or null */
  literal(path: JsonPath, text: string): void;
  /** the object or array at `path` is complete */
  close(path: JsonPath): void;
}

/** Deeper nesting is walked no further: `path` would cost its depth at every value. */
const DEEPEST = 200;
/** How much text is walked between two pauses of the generator. */
const STRIDE = 262_144;

/** Whether an object or an array begins here, by its first two signs: enough to tell it from prose in brackets. */
export const beginsJson = (text: string, at: number): boolean =>
  /^(?:\{\s*(?:"|\}\s*$)|\[\s*(?:[{["\]]))/.test(text.slice(at, at + 200));

/**
 * Walks JSON text without building it, so that every string keeps its place. Yields the position now and then. Ends
 * after the value, or at the first character that cannot stand there: what came before has been told. Line breaks in
 * strings and a comma too many are tolerated, since pasted JSON has them.
 */
export function* walkJson(text: string, at: number, visitor: JsonVisitor): Generator<number, number> {
  const path: (string | number)[] = [];
  let position = at;
  let expects: 'value' | 'key' | 'comma' = 'value';
  let pause = at + STRIDE;
  while (position < text.length) {
    if (position >= pause) {
      pause = position + STRIDE;
      yield position;
    }
    const code = text.charCodeAt(position);
    if (isBlank(code) || isInvisible(code)) {
      position++;
      continue;
    }
    const character = text.charAt(position);
    const inArray = typeof path[path.length - 1] === 'number';
    if (character === '}' || character === ']') {
      if (path.length === 0 || (character === ']') !== inArray) return position;
      path.pop();
      visitor.close(path);
      position++;
      if (path.length === 0) return position;
      expects = 'comma';
    } else if (character === ',' && expects === 'comma') {
      const index = path[path.length - 1];
      if (typeof index === 'number') path[path.length - 1] = index + 1;
      expects = inArray ? 'value' : 'key';
      position++;
    } else if (expects === 'comma') return position;
    else if (expects === 'key') {
      const end = stringEnd(text, position);
      const colon = end < 0 ? -1 : skipBlanks(text, end + 1);
      if (character !== '"' || text[colon] !== ':') return position;
      path[path.length - 1] = unquote(text.slice(position, end + 1));
      position = colon + 1;
      expects = 'value';
    } else if (character === '{' || character === '[') {
      if (path.length >= DEEPEST) return position;
      path.push(character === '{' ? '' : 0);
      expects = character === '{' ? 'key' : 'value';
      position++;
    } else if (character === '"') {
      const end = stringEnd(text, position);
      if (end < 0) {
        // cut off inside a string: what stands of it may still hold a token
        visitor.string(path, position + 1, text.length);
        return text.length;
      }
      visitor.string(path, position + 1, end);
      position = end + 1;
      expects = 'comma';
    } else {
      const literal = /^(?:-?\d[\d.eE+-]{0,40}|true|false|null)/.exec(text.slice(position, position + 44))?.[0];
      if (literal === undefined) return position;
      visitor.literal(path, literal);
      position += literal.length;
      expects = 'comma';
    }
  }
  return position;
}

function skipBlanks(text: string, at: number): number {
  let to = at;
  while (to < text.length && isBlank(text.charCodeAt(to))) to++;
  return to;
}

/** Position of the quote that closes the string opened at `at`, or -1. */
function stringEnd(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote >= 0) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

/** A JSON string's value; the text itself when it is not well-formed. */
export function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : quoted.slice(1, -1);
  } catch {
    return quoted.slice(1, -1);
  }
}

/** `a.b[0].c`, for saying where a value stood. */
export function formatPath(path: JsonPath): string {
  let text = '';
  for (const step of path.slice(-8)) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return text.slice(0, 200);
}
