import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsPatch,
  settings as settingsSchema,
} from '../../shared/contract/settings.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

/** The window's settings and the offline switch, in one file. */
export interface SettingsStore {
  get(): Settings;
  set(patch: SettingsPatch): Promise<Result<Settings, AppError>>;
  offline(): boolean;
  setOffline(offline: boolean): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export const SETTINGS_VERSION = 3;

// `offline` is not among the window's settings: it is changed by its own command, which main enforces
const documentSchema = settingsSchema.extend({ offline: settingsSchema.shape.firstRunDone });
const secondSchema = documentSchema.omit({ suggestClipboard: true });
const firstSchema = secondSchema.omit({ startClean: true, keepHistory: true, shortcuts: true });
const withDefaults = (data: unknown) => ({ ...DEFAULT_SETTINGS, ...(data as object) });

export async function loadSettings(
  file: string,
): Promise<{ readonly store: SettingsStore; readonly notice: Loaded<unknown>['notice']; readonly error?: AppError }> {
  const document = createJsonFile({
    path: file,
    version: SETTINGS_VERSION,
    schema: documentSchema,
    older: { 1: { schema: firstSchema, up: withDefaults }, 2: { schema: secondSchema, up: withDefaults } },
    initial: () => ({ ...DEFAULT_SETTINGS, offline: false }),
  });
  const loaded = await document.load();
  let current = loaded.ok ? loaded.value.value : { ...DEFAULT_SETTINGS, offline: false };

  async function change(next: typeof current): Promise<Result<void, AppError>> {
    const before = current;
    current = next;
    const saved = await document.save(next);
    if (!saved.ok && current === next) current = before;
    return saved;
  }
  const view = ({ offline: _offline, ...settings }: typeof current): Settings => settings;

  const store: SettingsStore = {
    get: () => view(current),
    set: async (patch) => {
      const defined = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const layout = { ...current.layout, ...patch.layout };
      const saved = await change({ ...current, ...defined, layout });
      return saved.ok ? ok(view(current)) : saved;
    },
    offline: () => current.offline,
    setOffline: (offline) => change({ ...current, offline }),
    settled: () => document.settled(),
  };
  return { store, notice: loaded.ok ? loaded.value.notice : undefined, ...(loaded.ok ? {} : { error: loaded.error }) };
}
