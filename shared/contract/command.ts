import { z } from './zod.ts';

/** One command: what the window may send, what main answers when all went well, and how large the input may be. */
export interface Command<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
  /** bytes of text and binary in the input, counted before it is parsed */
  readonly maxBytes: number;
}

const DEFAULT_MAX_BYTES = 64 * 1024;

export function command<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  maxBytes = DEFAULT_MAX_BYTES,
): Command<Input, Output> {
  return { input, output, maxBytes };
}

/** A command without input. */
export const NOTHING = z.undefined();
/** A command that answers only that it is done. */
export const DONE = z.null();
