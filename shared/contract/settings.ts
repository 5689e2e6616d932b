import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** What a person chose about the window. Nothing of it is secret, and none of it decides about a token. */
export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  /** zoom factor of the page: 1 = 100 % */
  zoom: z.number().min(0.5).max(3),
  /** id of the verifier that tokens are judged as, see `verifiers/` */
  verifier: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  firstRunDone: z.boolean(),
  /** sizes of splitters and open tabs by the name of the place, in CSS pixels or as an index */
  layout: z.record(z.string().max(64), z.number().min(0).max(100_000)),
});
export type Settings = z.output<typeof settings>;

/** Members that are left out stay; `layout` is merged place by place. */
export const settingsPatch = z.strictObject(settings.shape).partial();
export type SettingsPatch = z.output<typeof settingsPatch>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'compact',
  zoom: 1,
  verifier: 'cta-5007',
  firstRunDone: false,
  layout: {},
};

export const settingsCommands = {
  'settings.get': command(NOTHING, settings),
  /** answers the settings as they are afterwards */
  'settings.set': command(settingsPatch, settings),
};

export const settingsEvents = {
  'settings.changed': settings,
};
