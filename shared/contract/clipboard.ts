import { command, DONE, NOTHING } from './command.ts';
import { z } from './zod.ts';

const MAX_TEXT = 16 * 1024 * 1024;

/** The clipboard holds tokens; what it holds stays in main until it is taken. */
export const clipboardOffer = z.object({ id: z.uuid(), tokens: z.number().int().min(1) });
export type ClipboardOffer = z.output<typeof clipboardOffer>;
const offered = z.strictObject({ id: z.uuid() });

export const clipboardCommands = {
  /** `null`: it holds none, or `suggestClipboard` is off, and then it is not even read */
  'clipboard.look': command(NOTHING, clipboardOffer.nullable()),
  /** a person asked for what was offered; `null`: the clipboard holds something else by now */
  'clipboard.take': command(offered, z.object({ text: z.string() }).nullable()),
  /** what was offered is not wanted, and is not offered again */
  'clipboard.dismiss': command(offered, DONE),
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
