import { isKeys } from '../commands/keys.ts';
import { command, NOTHING } from './command.ts';
import { environment } from './keys.ts';
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
  /** nothing of the last time is opened, and nothing is kept for the next */
  startClean: z.boolean(),
  /** what was inspected is listed, encrypted, until it is wiped */
  keepHistory: z.boolean(),
  /** when the window comes to the front, main looks whether the clipboard holds a token, and says so */
  suggestClipboard: z.boolean(),
  /** keys of commands by their id, as far as they were changed; `''`: none. See `commands/keys.ts` */
  shortcuts: z.record(
    z.string().max(64),
    z
      .string()
      .max(40)
      .refine((keys) => keys === '' || isKeys(keys)),
  ),
  /** sizes of splitters and open tabs by the name of the place, in CSS pixels or as an index */
  layout: z.record(z.string().max(64), z.number().min(0).max(100_000)),
});
export type Settings = z.output<typeof settings>;

/** Members that are left out stay; `layout` is merged place by place, `shortcuts` are replaced as a whole. */
export const settingsPatch = z.strictObject(settings.shape).partial();
export type SettingsPatch = z.output<typeof settingsPatch>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'compact',
  zoom: 1,
  verifier: 'cta-5007',
  firstRunDone: false,
  startClean: false,
  keepHistory: false,
  suggestClipboard: false,
  shortcuts: {},
  layout: {},
};

/** What an import did. Keys come without their secrets, so they are only named: each has to be entered here. */
export const settingsImported = z.object({
  fileName: z.string(),
  /** by name: added, or left as they were because one of that name exists */
  workspaces: z.object({ added: z.array(z.string()), kept: z.array(z.string()) }),
  templates: z.object({ added: z.array(z.string()), kept: z.array(z.string()) }),
  /** what could not be added, and why */
  refused: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** keys of the file that are not here */
  keys: z.array(z.object({ name: z.string(), environment, kid: z.string().exactOptional() })),
  settings,
});
export type SettingsImported = z.output<typeof settingsImported>;

export const settingsCommands = {
  'settings.get': command(NOTHING, settings),
  /** answers the settings as they are afterwards */
  'settings.set': command(settingsPatch, settings),
  /**
   * Into a file of the system's dialog: these settings, names, kids and environments of keys, names and addresses of OVP
   * workspaces, templates. Never a secret, no fingerprint and no notes. `null`: the dialog was closed
   */
  'settings.export': command(NOTHING, z.object({ fileName: z.string() }).nullable()),
  'settings.import': command(NOTHING, settingsImported.nullable()),
};

export const settingsEvents = {
  'settings.changed': settings,
};
