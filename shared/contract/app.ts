import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** What the window needs to know about where it runs. */
export const appInfo = z.object({
  name: z.string(),
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  /** installed, not started from sources */
  packaged: z.boolean(),
  versions: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
  /** what went wrong with the app's own files at its start: each is to be shown once */
  notices: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string().exactOptional() })),
});
export type AppInfo = z.output<typeof appInfo>;

export const appCommands = {
  'app.info': command(NOTHING, appInfo),
};
