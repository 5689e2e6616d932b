import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHandlers } from '../../../main/app/handlers.ts';
import { createServices, type Services } from '../../../main/app/services.ts';
import type { CommandPipe } from '../../../main/ipc/register.ts';
import { registerCommands } from '../../../main/ipc/register.ts';
import { createLog } from '../../../main/log.ts';
import { createTrustedOrigin } from '../../../main/security/origin.ts';
import type { CommandInput, CommandOutput } from '../../../shared/contract/contract.ts';
import { type CommandName, channelOf } from '../../../shared/contract/names.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';

/** Electron as far as main needs it before a window is there; files go where the test says, questions are answered yes. */
const electron = vi.hoisted(() => ({ save: '', open: '', copied: [] as string[], pages: [] as string[] }));
vi.mock('electron', () => {
  class BrowserWindow {
    webContents = { on: () => undefined };
    once = () => undefined;
    removeMenu = () => undefined;
    setContentProtection = () => undefined;
    isDestroyed = () => false;
    show = () => undefined;
    destroy = () => undefined;
    loadURL = async (address: string) => void electron.pages.push(await serve(address));
  }
  let handle: (request: Request) => Response;
  const serve = (address: string) => handle(new Request(address)).text();
  const session = {
    fromPartition: () => ({
      webRequest: { onBeforeRequest: () => undefined },
      protocol: {
        handle: (_scheme: string, next: typeof handle) => {
          handle = next;
        },
      },
      setProxy: async () => undefined,
      setUserAgent: () => undefined,
      fetch: () => Promise.reject(new Error('no network in this test')),
    }),
  };
  const clipboard = {
    writeText: (text: string) => void electron.copied.push(text),
    readText: () => electron.copied.at(-1) ?? '',
    clear: () => undefined,
  };
  const dialog = {
    showSaveDialog: async () => ({ canceled: electron.save === '', filePath: electron.save }),
    showOpenDialog: async () => ({ canceled: electron.open === '', filePaths: [electron.open] }),
    showMessageBox: async () => ({ response: 1 }),
  };
  return {
    ...{ BrowserWindow, session, clipboard, dialog, ClipboardItem: undefined },
    app: { getName: () => 'Catwalk', getVersion: () => '0', isPackaged: false },
    nativeTheme: {},
    net: {},
    powerMonitor: { on: () => undefined },
    shell: { openExternal: async () => undefined, showItemInFolder: () => undefined },
    screen: {},
  };
});

// what a passphrase costs to try is another test's matter
vi.mock('../../../main/secrets/vault-crypto.ts', async (original) => ({
  ...(await original<typeof import('../../../main/secrets/vault-crypto.ts')>()),
  DEFAULT_KDF: { N: 2, r: 1, p: 1 },
}));

const PASSPHRASE = 'the passphrase of this vault';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const D = privateKey.export({ format: 'jwk' }).d ?? '';
const HEX = randomBytes(32).toString('hex');
const API_KEY = randomBytes(24).toString('hex');

/** Every form in which one of the secrets could come out, in pieces long enough not to occur by chance. */
function formsOf(secret: Buffer): string[] {
  const texts = [
    secret.toString('latin1'),
    ...(['hex', 'base64', 'base64url'] as const).map((form) => secret.toString(form)),
  ];
  return texts.flatMap((text) => [text.slice(0, 18), text.slice(20, 38)]).filter((piece) => piece.length === 18);
}
const FORBIDDEN = [
  ...[PASSPHRASE, HEX, API_KEY, PEM.split('\n').slice(1, -2).join('\n')].map((text) => Buffer.from(text)),
  ...[Buffer.from(HEX, 'hex'), Buffer.from(D, 'base64url')],
].flatMap(formsOf);

let folder: string;
let services: Services;
/** all that went to the window: answers and events */
const out: { readonly name: string; readonly text: string }[] = [];
const pipe = new Map<string, (...args: unknown[]) => unknown>();
const before = process.env['DBUS_SESSION_BUS_ADDRESS'];

beforeAll(async () => {
  // no keychain of whoever runs this is touched
  process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent';
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-secrecy-'));
  const contents = {
    isDestroyed: () => false,
    setZoomFactor: () => undefined,
    getURL: () => 'app://catwalk/index.html',
    send: (name: string, payload: unknown) => void out.push({ name, text: JSON.stringify(payload) }),
  };
  const log = createLog({ file: path.join(folder, 'profile/logs/catwalk.log'), places: [] });
  services = await createServices({
    profile: path.join(folder, 'profile'),
    dist: folder,
    devTools: false,
    log,
    origin: createTrustedOrigin(),
    window: () => ({ webContents: contents }) as never,
    openFailed: () => undefined,
  });
  const commandPipe: CommandPipe = { handle: (channel, listener) => void pipe.set(channel, listener as never) };
  registerCommands(commandPipe, createHandlers(services), { isTrusted: () => true, admit: () => true, log });
}, 30_000);

afterAll(async () => {
  await services.finish();
  if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const asked = new Set<string>();
async function ask<Name extends CommandName>(
  name: Name,
  input?: CommandInput<Name>,
): Promise<Result<CommandOutput<Name>, AppError>> {
  const listener = pipe.get(channelOf(name));
  if (!listener) throw new Error(`nobody answers ${name}`);
  const answer = (await listener({ sender: { id: 1 }, senderFrame: null }, input)) as Result<
    CommandOutput<Name>,
    AppError
  >;
  out.push({ name, text: JSON.stringify(answer) });
  asked.add(name);
  return answer;
}
async function get<Name extends CommandName>(name: Name, input?: CommandInput<Name>): Promise<CommandOutput<Name>> {
  const answer = await ask(name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
  return answer.value;
}

describe('everything the window is told', () => {
  it('is free of secrets, whatever it asks for', { timeout: 120_000 }, async () => {
    await get('secrets.chooseStore', { preferred: 'vault', ifMissing: 'session' });
    await get('secrets.createVault', { passphrase: PASSPHRASE });
    const source = (text: string) => ({ kind: 'text', text }) as const;
    const environment = 'dev' as const;
    const hmac = await get('keys.import', { name: 'hex', environment, encoding: 'hex', source: source(HEX) });
    const pair = await get('keys.import', { name: 'pem', environment, encoding: 'auto', source: source(PEM) });
    const made = await get('keys.generate', { name: 'made', environment: 'prod', alg: 'HS256' });
    const content = Buffer.from(
      (await services.keys.secret(made.id).then((s) => (s.ok ? s.value.reveal() : []))) as Uint8Array,
    );
    const forbidden = [...FORBIDDEN, ...formsOf(content)];

    await ask('keys.import', { name: 'wrong', environment, encoding: 'jwk', source: source(HEX) });
    await ask('keys.import', { name: 'wrong', environment, encoding: 'rot13' as 'hex', source: source(PEM) });
    await ask('keys.importSet', { environment, source: source(HEX) });
    await ask('secrets.unlock', { passphrase: `${PASSPHRASE}!` });
    for (const { id } of [hmac, pair, made]) {
      await ask('keys.uses', { id });
      await ask('keys.update', { id, notes: 'n' });
      for (const format of ['jwk', 'pem'] as const) await ask('keys.publicPart', { id, format });
      for (const how of ['window', 'clipboard'] as const)
        expect(await get('keys.reveal', { id, how, passphrase: PASSPHRASE })).toMatchObject({
          outcome: how === 'window' ? 'shown' : 'copied',
        });
      await ask('keys.reveal', { id, how: 'window', passphrase: `${PASSPHRASE}!` });
    }
    electron.save = path.join(folder, 'keys.json');
    const ids = [hmac, pair, made].map(({ id }) => id);
    expect(await get('keys.export', { ids, passphrase: 'of the export' })).toEqual({ fileName: 'keys.json' });
    const exported = await fs.readFile(electron.save, 'latin1');
    electron.open = electron.save;
    const file = await get('keys.openFile');
    expect(file).toMatchObject({ looksLike: 'container' });
    const held = { kind: 'file', handle: file?.handle ?? '' } as const;
    expect(await get('keys.importSet', { environment, source: held, passphrase: 'of the export' })).toMatchObject({
      keys: [{ name: 'hex (2)' }, { name: 'pem (2)' }, { name: 'made (2)' }],
    });
    await get('keys.rotate', { id: hmac.id, by: { kind: 'generate', name: 'next' } });
    const draft = { claims: { iss: 'here' }, kept: [], envelope: {} };
    const signed = await get('issue.sign', { draft, target: 'cta-5007-b', keyId: pair.id, zone: 'UTC' });
    await get('keys.verify', { token: signed.token });

    const workspace = await get('ovp.saveWorkspace', {
      name: 'W',
      address: 'https://api.flowplayer.com',
      tier: 'standard',
    });
    await get('ovp.setApiKey', { workspace: workspace.id, apiKey: API_KEY, store: 'vault' });
    await ask('ovp.test', { workspace: workspace.id });
    electron.save = path.join(folder, 'settings.json');
    await get('settings.export');
    electron.open = electron.save;
    const settings = await fs.readFile(electron.save, 'latin1');
    await get('settings.import');
    await get('secrets.move', { to: 'session' });
    await get('secrets.move', { to: 'vault' });
    for (const name of ['keys.list', 'ovp.workspaces', 'ovp.exportWorkspaces', 'egress.list', 'issue.log'] as const)
      await get(name);
    for (const name of ['secrets.stores', 'secrets.status', 'secrets.lock', 'secrets.recheck'] as const)
      await get(name);
    await get('secrets.unlock', { passphrase: PASSPHRASE });
    await get('secrets.changePassphrase', { passphrase: PASSPHRASE, next: 'something else' });
    await get('secrets.putVaultAside');
    await get('keys.delete', { id: hmac.id });
    await services.finish();

    // the way past the window did have them, or this would prove nothing
    expect(electron.copied).toEqual([HEX, PEM, content.toString('hex')]);
    expect(electron.pages).toHaveLength(3);
    expect(electron.pages.join()).toContain(HEX);

    expect([...asked].filter((name) => /^(?:keys|secrets|settings)\./.test(name))).toHaveLength(
      [...pipe.keys()].filter((channel) => /:(?:keys|secrets|settings)\./.test(channel)).length -
        // these three answer what is asked above in other ways: a file's name, and the window's own settings
        ['keys.exportPublic', 'settings.get', 'settings.set'].length,
    );
    const profile = await fs.readdir(path.join(folder, 'profile'), { recursive: true, withFileTypes: true });
    const files = await Promise.all(
      profile
        .filter((entry) => entry.isFile())
        .map(async (entry) => ({
          name: entry.name,
          text: await fs.readFile(path.join(entry.parentPath, entry.name), 'latin1'),
        })),
    );
    expect(files.map(({ name }) => name)).toContain('catwalk.log');
    const everything = [
      ...out,
      ...files,
      { name: 'the export', text: exported },
      { name: 'the settings', text: settings },
    ];
    for (const { name, text } of everything)
      for (const piece of forbidden) expect(text.includes(piece), `${name} holds ${piece}`).toBe(false);
  });
});
