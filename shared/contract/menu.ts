import { z } from './zod.ts';

/** Entries of the native menu that the window carries out; the window's own shortcuts do the same. */
export const menuCommand = z.enum([
  'view.inspect',
  'view.issue',
  'view.preview',
  'view.batch',
  'view.keys',
  'view.history',
  'view.settings',
  'palette',
  'shortcuts',
  'paste',
  'open-file',
  'new-tab',
  'close-tab',
]);
export type MenuCommand = z.output<typeof menuCommand>;

export const menuEvents = {
  'menu.command': menuCommand,
};
