import { command, DONE, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** The window draws its own title bar, so it has to know what the system's would show. */
export const windowState = z.object({
  maximised: z.boolean(),
  fullScreen: z.boolean(),
  focused: z.boolean(),
});
export type WindowState = z.output<typeof windowState>;

export const windowCommands = {
  'window.state': command(NOTHING, windowState),
  'window.minimise': command(NOTHING, DONE),
  'window.toggleMaximise': command(NOTHING, DONE),
  'window.close': command(NOTHING, DONE),
};

export const windowEvents = {
  'window.changed': windowState,
};
