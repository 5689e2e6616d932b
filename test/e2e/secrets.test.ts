import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import type { KeyImport, KeyRecord } from '../../shared/contract/keys.ts';
import { expect } from './fixtures.ts';
import { vector } from './inspect-page.ts';
import { test } from './keyring.ts';

declare const catwalk: CatwalkApi;

const JONAS = vector('nodecat-akamai-iss-jonas');
const HEX = JONAS.key?.value ?? '';

const jonas = (over: Partial<KeyImport> = {}): KeyImport => ({
  name: 'jonas',
  environment: 'stage',
  encoding: 'hex',
  source: { kind: 'text', text: HEX },
  ...over,
});

async function importKey(page: Page, input: KeyImport): Promise<KeyRecord> {
  const answer = await page.evaluate((key) => catwalk.keys.import(key), input);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}
const status = (page: Page) =>
  page.evaluate(async () => {
    const answer = await catwalk.secrets.status();
    return answer.ok ? answer.value : answer.error;
  });
const list = (page: Page) =>
  page.evaluate(async () => {
    const answer = await catwalk.keys.list();
    return answer.ok ? answer.value : [];
  });
const verify = (page: Page) => page.evaluate((token) => catwalk.keys.verify({ token }), JONAS.token);

async function open(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForFunction(() => 'catwalk' in globalThis);
  return page;
}

/** Files below a folder that hold the secret in any form it could have been written in. */
function filesWith(folder: string, secret: Buffer): string[] {
  const forms = [
    secret,
    ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(secret.toString(form))),
  ];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => forms.some((form) => fs.readFileSync(file).includes(form)));
}

test('a secret is an item of the keychain, named as its owner knows it, until its key is deleted', async ({
  launch,
  profile,
  keyring,
}) => {
  await keyring.start(true);
  const first = await launch({ env: keyring.env });
  const page = await open(first);
  expect(await status(page)).toEqual({ kind: 'keychain', name: 'gnome-keyring', state: 'unlocked', count: 0 });
  expect(keyring.find().accounts).toEqual([]);
  await importKey(page, jonas());
  expect(keyring.find()).toMatchObject({
    accounts: ['stage/jonas'],
    text: expect.stringContaining('label = Catwalk/stage/jonas'),
  });
  await first.close();
  expect(filesWith(profile, Buffer.from(HEX, 'hex'))).toEqual([]);
  expect(filesWith(profile, Buffer.from(HEX))).toEqual([]);

  const second = await open(await launch({ env: keyring.env }));
  expect(await verify(second)).toMatchObject({ ok: true, value: { state: 'verified', key: { name: 'jonas' } } });
  const [record] = await list(second);
  await second.evaluate((id) => catwalk.keys.update({ id, name: 'renamed', environment: 'prod' }), record?.id ?? '');
  expect(keyring.find().accounts).toEqual(['prod/renamed']);
  await second.evaluate((id) => catwalk.keys.delete({ id }), record?.id ?? '');
  expect(keyring.find().accounts).toEqual([]);
});

test('a long key is split over items and comes back whole', async ({ launch, profile, keyring }) => {
  await keyring.start(true);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const first = await launch({ env: keyring.env });
  const record = await importKey(
    await open(first),
    jonas({ name: 'rsa', encoding: 'auto', source: { kind: 'text', text: pem } }),
  );
  expect(record).toMatchObject({ family: 'rsa', part: 'private', alg: 'PS256', size: 4096, secret: 'ready' });
  expect(keyring.find().accounts.length).toBeGreaterThan(1);
  await first.close();
  expect(filesWith(profile, Buffer.from(pem.slice(100, 160)))).toEqual([]);

  const page = await open(await launch({ env: keyring.env }));
  expect(await list(page)).toMatchObject([{ name: 'rsa', secret: 'ready' }]);
  await page.evaluate((id) => catwalk.keys.delete({ id }), record.id);
  expect(keyring.find().accounts).toEqual([]);
});

for (const [what, address] of [
  ['whose address leads nowhere', 'unix:path=/nonexistent'],
  ['without an address', ''],
] as const) {
  test(`with a D-Bus ${what} everything works in memory, and that is said`, async ({ launch, profile, keyring }) => {
    const env = { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: keyring.env['XDG_RUNTIME_DIR'] ?? '' };
    const first = await launch({ env });
    const page = await open(first);
    expect(await status(page)).toEqual({
      kind: 'session',
      name: 'This session only',
      state: 'unlocked',
      reason: 'There is no D-Bus session, through which Linux keychains are reached.',
      count: 0,
    });
    await expect(page.getByRole('contentinfo')).toContainText(/this session only/i);
    expect(await importKey(page, jonas())).toMatchObject({ store: 'session', secret: 'ready' });
    expect(await verify(page)).toMatchObject({ value: { state: 'verified' } });
    await first.close();
    expect(fs.existsSync(path.join(profile, 'keys.json'))).toBe(false);
    expect(filesWith(profile, Buffer.from(HEX, 'hex'))).toEqual([]);

    const second = await open(await launch({ env }));
    expect(await list(second)).toEqual([]);
    expect(await verify(second)).toMatchObject({ value: { state: 'not-checked' } });
  });
}

test('a locked keychain is said to be locked, nothing goes around it, and its keys are back once it is unlocked', async ({
  launch,
  keyring,
}) => {
  await keyring.start(true);
  const first = await launch({ env: keyring.env });
  const record = await importKey(await open(first), jonas());
  await first.close();

  await keyring.start(false);
  const second = await launch({ env: keyring.env });
  const page = await open(second);
  expect(await status(page)).toMatchObject({ kind: 'keychain', name: 'gnome-keyring', state: 'locked', count: 1 });
  expect(await list(page)).toMatchObject([{ name: 'jonas', secret: 'locked' }]);
  expect(await verify(page)).toMatchObject({ value: { state: 'not-checked' } });
  for (const answer of [
    await page.evaluate((key) => catwalk.keys.import(key), jonas({ name: 'other' })),
    await page.evaluate((id) => catwalk.keys.delete({ id }), record.id),
  ])
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_LOCKED' } });
  expect(await list(page)).toHaveLength(1);

  // this keyring is unlocked by a new daemon, to which libsecret does not turn within one process
  await keyring.start(true);
  const rechecked = await page.evaluate(() => catwalk.secrets.recheck());
  expect(rechecked).toMatchObject({ value: { kind: 'session', reason: expect.stringContaining('start it again') } });
  await second.close();
  const third = await open(await launch({ env: keyring.env }));
  expect(await status(third)).toMatchObject({ kind: 'keychain', state: 'unlocked', count: 1 });
  expect(await verify(third)).toMatchObject({ value: { state: 'verified' } });
});

test('a keychain that goes away is noticed, and what was read stays usable', async ({ launch, keyring }) => {
  await keyring.start(true);
  const page = await open(await launch({ env: keyring.env }));
  await importKey(page, jonas());
  await keyring.kill();
  expect(await verify(page)).toMatchObject({ value: { state: 'verified' } });
  const answer = await page.evaluate((key) => catwalk.keys.import(key), jonas({ name: 'other' }));
  expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_UNAVAILABLE' } });
  expect(await status(page)).toMatchObject({ kind: 'session', reason: expect.stringContaining('keychain') });
  expect((await list(page)).map((key) => key.name)).toEqual(['jonas']);
});

test('killed in the middle of imports, no row is without its secret', async ({ launch, keyring }) => {
  test.slow();
  await keyring.start(true);
  for (let round = 0; round < 3; round += 1) {
    const app = await launch({ env: keyring.env });
    const page = await open(app);
    const imports = page
      .evaluate(
        (keys) => Promise.all(keys.map((key) => catwalk.keys.import(key))),
        Array.from({ length: 40 }, (_, index) =>
          jonas({ name: `key-${round}-${index}`, source: { kind: 'text', text: randomBytes(32).toString('hex') } }),
        ),
      )
      .catch(() => undefined);
    await page.waitForTimeout(150 + round * 120);
    app.process().kill('SIGKILL');
    await imports;
    await app.close().catch(() => undefined);
  }
  const rows = await list(await open(await launch({ env: keyring.env })));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThan(120);
  expect(rows.filter((row) => row.secret !== 'ready')).toEqual([]);
  const accounts = keyring.find().accounts;
  for (const row of rows) expect(accounts).toContain(row.item);
});

test('neither the log nor the page knows a secret after it was imported', async ({ launch, profile, keyring }) => {
  await keyring.start(true);
  const app = await launch({ env: keyring.env });
  const said: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const page = await open(app);
  const record = await importKey(page, jonas());
  await page.evaluate((key) => catwalk.keys.import({ ...key, encoding: 'rot13' as 'hex' }), jonas({ name: 'second' }));
  await page.evaluate((key) => catwalk.keys.import(key), jonas({ name: 'third', encoding: 'jwk' }));
  const [answers, content] = [JSON.stringify([record, await list(page), await verify(page)]), await page.content()];
  await app.close();
  const log = fs.readFileSync(path.join(profile, 'logs/catwalk.log'), 'utf8');
  expect(log).toContain('encoding invalid_value');
  for (const [where, text] of Object.entries({ answers, content, log, said: said.join('') }))
    for (let start = 0; start + 12 <= HEX.length; start += 4)
      expect(text.includes(HEX.slice(start, start + 12)), where).toBe(false);
});
