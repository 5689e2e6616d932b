import { environment } from '../../shared/contract/keys.ts';
import { type OvpWorkspaceInput, ovpWorkspaceInput } from '../../shared/contract/ovp.ts';
import {
  type Settings,
  type SettingsImported,
  type SettingsPatch,
  settings as settingsSchema,
} from '../../shared/contract/settings.ts';
import { templateSchema } from '../../shared/contract/templates.ts';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/**
 * What one installation hands to another: settings, names and addresses, templates. Never a secret, and nothing that helps
 * to guess one: no fingerprint, no notes, no name of an item.
 */
const FORMAT = 'catwalk-settings';
const VERSION = 1;

const keySchema = z.object({
  name: z.string().max(80),
  environment,
  kid: z.string().max(256).exactOptional(),
  alg: z.string().max(64).exactOptional(),
});
const workspaceSchema = ovpWorkspaceInput.omit({ id: true });
/** Where panels stand and what was seen belongs to one window, and what is kept is for its owner to decide. */
const sharedSettings = settingsSchema.omit({
  layout: true,
  firstRunDone: true,
  startClean: true,
  keepHistory: true,
  suggestClipboard: true,
});

const documentSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  settings: sharedSettings.partial(),
  keys: z.array(keySchema).max(10_000),
  workspaces: z.array(workspaceSchema).max(1000),
  templates: z.array(templateSchema).max(1000),
});
type SettingsFile = z.output<typeof documentSchema>;

export interface TransferPorts {
  readonly settings: {
    get(): Settings;
    set(patch: SettingsPatch): Promise<Result<Settings, AppError>>;
  };
  keys(): Promise<readonly z.output<typeof keySchema>[]>;
  workspaces(): Promise<Result<readonly z.output<typeof workspaceSchema>[], AppError>>;
  addWorkspace(workspace: OvpWorkspaceInput): Promise<Result<unknown, AppError>>;
  templates(): Promise<Result<readonly SettingsFile['templates'][number][], AppError>>;
  addTemplate(template: SettingsFile['templates'][number]): Promise<Result<unknown, AppError>>;
}

export async function formatSettings(ports: TransferPorts): Promise<Result<string, AppError>> {
  const [workspaces, templates] = [await ports.workspaces(), await ports.templates()];
  if (!workspaces.ok) return workspaces;
  if (!templates.ok) return templates;
  const document: SettingsFile = {
    format: FORMAT,
    version: VERSION,
    settings: sharedSettings.parse(ports.settings.get()),
    // parsed, so that a row gives no more than the schema names
    keys: (await ports.keys()).map((key) => keySchema.parse(key)),
    workspaces: workspaces.value.map(({ name, address, tier }) => ({ name, address, tier })),
    templates: [...templates.value],
  };
  return ok(`${JSON.stringify(document, null, 2)}\n`);
}

/** Adds what is not here; what is here under the same name stays as it is. */
export async function importSettings(
  text: string,
  fileName: string,
  ports: TransferPorts,
): Promise<Result<SettingsImported, AppError>> {
  const read = parseSettings(text);
  if (!read.ok) return read;
  const [workspaces, templates] = [await ports.workspaces(), await ports.templates()];
  if (!workspaces.ok) return workspaces;
  if (!templates.ok) return templates;
  const applied = await ports.settings.set(read.value.settings);
  if (!applied.ok) return applied;

  const refused: SettingsImported['refused'] = [];
  const add = async <T>(items: readonly T[], nameOf: (item: T) => string, known: readonly string[], put: Put<T>) => {
    const taken = new Set(known.map(fold));
    const done: { added: string[]; kept: string[] } = { added: [], kept: [] };
    for (const item of items) {
      const name = nameOf(item);
      if (taken.has(fold(name))) {
        done.kept.push(name);
        continue;
      }
      const saved = await put(item);
      if (!saved.ok) refused.push({ name, reason: saved.error.message });
      else {
        taken.add(fold(name));
        done.added.push(name);
      }
    }
    return done;
  };
  const known = new Set((await ports.keys()).map(keyOf));
  return ok({
    fileName,
    workspaces: await add(
      read.value.workspaces,
      ({ name }) => name,
      workspaces.value.map(({ name }) => name),
      ports.addWorkspace,
    ),
    templates: await add(
      read.value.templates,
      ({ title }) => title,
      templates.value.map(({ title }) => title),
      ports.addTemplate,
    ),
    refused,
    keys: read.value.keys.filter((key) => !known.has(keyOf(key))).map(({ alg: _alg, ...key }) => key),
    settings: applied.value,
  });
}

type Put<T> = (item: T) => Promise<Result<unknown, AppError>>;

function parseSettings(text: string): Result<SettingsFile, AppError> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err(createError('ERR_SETTINGS_FILE'));
  }
  if (!isJsonObject(json) || json['format'] !== FORMAT) return err(createError('ERR_SETTINGS_FILE'));
  if (typeof json['version'] === 'number' && json['version'] > VERSION) return err(createError('ERR_STORE_NEWER'));
  const parsed = documentSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message,
  }));
  return err(createError('ERR_SETTINGS_FILE', { problems }));
}

const fold = (name: string): string => name.trim().toLowerCase();
const keyOf = ({ name, environment: place }: { readonly name: string; readonly environment: string }): string =>
  `${place}/${fold(name)}`;
