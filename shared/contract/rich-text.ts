import type { RichText } from '../explain/rich-text.ts';
import { seconds } from '../units.ts';
import { z } from './zod.ts';

const moment = z.number().transform(seconds);

/** `RichText` of the engine, for what main says in words: the window styles its parts and formats its times. */
export const richText = z
  .array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), text: z.string() }),
      z.object({ kind: z.literal('value'), text: z.string(), mark: z.number().int().exactOptional() }),
      z.object({ kind: z.literal('bad'), text: z.string() }),
      z.object({ kind: z.literal('time'), at: moment }),
      z.object({ kind: z.literal('duration'), seconds: moment }),
    ]),
  )
  .readonly();
true satisfies RichText extends z.input<typeof richText> ? true : never;
true satisfies z.output<typeof richText> extends RichText ? true : never;
