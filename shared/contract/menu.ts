import { COMMAND_IDS } from '../commands/command-table.ts';
import { z } from './zod.ts';

/** Commands that the native menu can ask for; the window carries them out, as it does for their keys. */
export const menuCommand = z.enum(COMMAND_IDS);
export type MenuCommand = z.output<typeof menuCommand>;

export const menuEvents = {
  'menu.command': menuCommand,
};
