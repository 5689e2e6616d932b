import type { Json } from '../json.ts';
import { command } from './command.ts';
import { z } from './zod.ts';

const json: z.ZodType<Json, Json> = z.json();

export const sampleCommands = {
  /**
   * The command that a first start explains, with a token in its address that main signs there and then, under a key that lives as
   * long as the session. `changes`: a mend of its claims, as the engine proposed it; without any the token is refused.
   */
  'sample.make': command(
    z.strictObject({
      changes: z
        .array(
          z.strictObject({
            path: z.array(z.union([z.string().max(200), z.number().int()])).max(16),
            after: json.exactOptional(),
          }),
        )
        .max(20)
        .readonly(),
    }),
    z.object({ text: z.string() }),
  ),
};
