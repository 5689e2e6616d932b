/**
 * A piece of the pasted input, its carrier's quoting taken off, that still knows where each character stood: either
 * all in a row from one position, or one position a character.
 */
export interface Slice {
  readonly text: string;
  readonly origin: number | Uint32Array;
}

export const wholeInput = (input: string): Slice => ({ text: input, origin: 0 });

/** Input position of the character at `index`; of an index past the end, the position after the last one. */
export function positionAt(slice: Slice, index: number): number {
  if (typeof slice.origin === 'number') return slice.origin + index;
  const known = slice.origin[index];
  if (known !== undefined) return known;
  const last = slice.origin[slice.origin.length - 1];
  return last === undefined ? 0 : last + 1;
}

/** Input position just after the character before `index`: where a range that ends there ends. */
export const endPositionAt = (slice: Slice, index: number): number =>
  index === 0 ? positionAt(slice, 0) : positionAt(slice, index - 1) + 1;

export function subSlice(slice: Slice, from: number, to: number): Slice {
  const origin = typeof slice.origin === 'number' ? slice.origin + from : slice.origin.subarray(from, to);
  return { text: slice.text.slice(from, to), origin };
}

/** The part of a slice without blanks around it. */
export function trimSlice(slice: Slice): Slice {
  const from = slice.text.length - slice.text.trimStart().length;
  const to = Math.max(from, slice.text.trimEnd().length);
  return from === 0 && to === slice.text.length ? slice : subSlice(slice, from, to);
}

/** The text on one line: what a header's value is when its lines were wrapped on the way. */
export const unwrap = (text: string): string => text.replace(/[ \t]*[\r\n]+[ \t]*/g, '');

/** Builds a slice piece by piece, for quoting that drops or replaces characters. */
export interface SliceBuilder {
  /** adds text that stands in the input as it is, from `position` on */
  run(text: string, position: number): void;
  /** adds one character that stands for the escape at `position` */
  character(character: string, position: number): void;
  build(): Slice;
}

export function createSliceBuilder(): SliceBuilder {
  const positions: number[] = [];
  let text = '';
  return {
    run(piece, position) {
      text += piece;
      for (let i = 0; i < piece.length; i++) positions.push(position + i);
    },
    character(character, position) {
      text += character;
      for (let i = 0; i < character.length; i++) positions.push(position);
    },
    build: () => ({ text, origin: new Uint32Array(positions) }),
  };
}
