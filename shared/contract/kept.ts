import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/**
 * Tabs and drafts that survive a quit and a crash. A pasted token can be a secret, so what is kept is encrypted under a
 * random key that lies in the secret store, and where there is none but memory nothing is kept at all.
 */
export const keptState = z.object({
  isKept: z.boolean(),
  /** the store that has the key, as its owner knows it; absent when nothing is kept */
  where: z.string().exactOptional(),
  /** a sentence: why nothing is kept now */
  reason: z.string().exactOptional(),
  /** it will be kept once a store is unlocked: what was kept is still there, and cannot be read yet */
  isLocked: z.boolean(),
});
export type KeptState = z.output<typeof keptState>;

/** Whoever keeps something gives it a name of its own: `inspect`, `issue`. */
export const keptName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** characters; what is larger stays open, and is not kept */
export const MAX_KEPT_TEXT = 12 * 1024 * 1024;

export const keptCommands = {
  'kept.state': command(NOTHING, keptState),
  /** what was kept last, by its name */
  'kept.load': command(NOTHING, z.object({ state: keptState, parts: z.record(keptName, z.string()) })),
  /** `null` forgets it. Where nothing is kept the answer says so, and that is no error */
  'kept.save': command(
    z.strictObject({ name: keptName, text: z.string().max(MAX_KEPT_TEXT).nullable() }),
    keptState,
    2 * MAX_KEPT_TEXT + 1024,
  ),
};
