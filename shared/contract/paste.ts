import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** Text that came from outside the window. It fills the paste zone and does nothing else by itself. */
export const incomingPaste = z.object({
  text: z.string(),
  origin: z.enum(['deep-link', 'file']),
  /** of a file, without its folder */
  fileName: z.string().exactOptional(),
});
export type IncomingPaste = z.output<typeof incomingPaste>;

export const pasteCommands = {
  /** hands over what waits and forgets it: asked for when the view is ready, and after each `paste.incoming` */
  'paste.take': command(NOTHING, z.array(incomingPaste)),
  /** the system's dialog for a token, HAR or log file; `null` when it was closed without a choice */
  'paste.openFile': command(NOTHING, incomingPaste.nullable()),
};

export const pasteEvents = {
  /** something waits */
  'paste.incoming': z.null(),
};
