import { command } from './command.ts';
import { z } from './zod.ts';

const MAX_TEXT = 16 * 1024 * 1024;

export const clipboardCommands = {
  /**
   * `concealed`: marked so that clipboard managers and histories leave it out, and taken off the clipboard again after a
   * while, unless something else was copied since
   */
  'clipboard.write': command(
    z.strictObject({ text: z.string().max(MAX_TEXT), concealed: z.boolean() }),
    z.object({ clearedAfterSeconds: z.number().int().exactOptional() }),
    2 * MAX_TEXT,
  ),
};
