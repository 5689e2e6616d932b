import type { ElectronApplication, Page } from '@playwright/test';
import { expect, resize } from './fixtures.ts';
import { expectAccessible, goTo, importKey, paste, vector } from './inspect-page.ts';
import { type Keyring, test } from './keyring.ts';
import { filesWith, formsOf, makeVault, PASSPHRASE, useKeychain } from './ovp-page.ts';

const JONAS = vector('nodecat-akamai-iss-jonas');
const SECRET = JONAS.key?.value ?? '';

const line = (page: Page) => page.getByRole('region', { name: 'Where secrets are kept' });
const question = (page: Page) => page.getByRole('region', { name: 'Choose where secrets live' });
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) }).first();
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

interface Start {
  readonly app: ElectronApplication;
  readonly page: Page;
}
type Launch = (options: { readonly env: Readonly<Record<string, string>> }) => Promise<ElectronApplication>;

async function open(launch: Launch, env: Readonly<Record<string, string>>): Promise<Start> {
  const app = await launch({ env });
  const page = await app.firstWindow();
  await resize(app, page);
  await goTo(page, 'Keys');
  await expect(line(page)).toBeVisible();
  return { app, page };
}

/** The system's dialogs are not the window's: they are answered for the person. */
const answerDialogs = (app: ElectronApplication, file = '') =>
  app.evaluate(({ dialog: system }, chosen) => {
    system.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    system.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    system.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);

async function addJonas(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import…' }).click();
  await importKey(page, { name: 'jonas', secret: SECRET, readAs: 'hex' });
}

async function without(keyring: Keyring): Promise<Readonly<Record<string, string>>> {
  await keyring.kill();
  return { ...keyring.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
}

test('without a keychain asks once where secrets live, and keeps them in a vault that locks', async ({
  launch,
  profile,
  keyring,
}) => {
  test.slow(); // a passphrase is made to be slow
  const env = await without(keyring);
  const { app, page } = await open(launch, env);
  await expect(question(page)).toContainText('No OS keychain was found');
  await expect(question(page).getByRole('button', { name: /Passphrase vault/, pressed: true })).toBeVisible();
  await expectAccessible(page);
  await question(page).getByRole('button', { name: 'Use the vault…' }).click();
  await expectAccessible(page);
  await makeVault(page);
  await expect(question(page)).toBeHidden();
  await addJonas(page);
  await expect(line(page)).toContainText('1 secret in one encrypted file');

  await line(page).getByRole('button', { name: 'Lock now' }).click();
  await expect(row(page, 'jonas')).toContainText('Vault is locked');
  await app.close();
  expect(filesWith(profile, [...formsOf(SECRET), PASSPHRASE])).toEqual([]);

  const again = await open(launch, env);
  await expect(question(again.page)).toBeHidden();
  await expect(line(again.page)).toContainText('Passphrase vault, locked');
  await paste(again.app, again.page, JONAS.token);
  await expect(again.page.getByTestId('Integrity').getByTestId('word')).toHaveText('Not checked');
  await goTo(again.page, 'Keys');
  await line(again.page).getByRole('button', { name: 'Unlock the vault…' }).click();
  const unlock = dialog(again.page, 'Unlock the passphrase vault');
  await unlock.getByLabel('Passphrase').fill('not this one');
  await unlock.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(unlock.getByRole('alert')).toContainText(/passphrase/i);
  await expect(unlock.getByLabel('Passphrase')).toHaveValue('');
  await expectAccessible(again.page);
  await unlock.getByLabel('Passphrase').fill(PASSPHRASE);
  await unlock.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(unlock).toBeHidden();
  await expect(row(again.page, 'jonas')).toContainText('hex');
  await goTo(again.page, 'Inspect');
  await expect(again.page.getByTestId('Integrity').getByTestId('word')).toHaveText('Verified');
});

test('moves every secret into the vault and back, and the keychain has none or all', async ({ launch, keyring }) => {
  test.slow();
  await keyring.start(true);
  const { page } = await open(launch, keyring.env);
  await useKeychain(page);
  await addJonas(page);
  expect(keyring.find().accounts).toEqual(['dev/jonas']);
  await line(page).getByRole('button', { name: 'Stores…' }).click();
  const stores = dialog(page, 'Secret stores');
  await expectAccessible(page);
  const moveTo = (title: string) =>
    stores.getByRole('listitem').filter({ hasText: title }).getByRole('button', { name: 'Move all here…' });
  await expect(moveTo('OS keychain')).toBeDisabled();
  await moveTo('Passphrase vault').click();
  await makeVault(page);
  expect(keyring.find().accounts).toEqual([]);
  await expect(page.getByRole('main')).toContainText('Vault entry');

  await line(page).getByRole('button', { name: 'Stores…' }).click();
  await moveTo('OS keychain').click();
  await dialog(page, 'Move all secrets').getByRole('button', { name: 'Move all secrets' }).click();
  await expect(page.getByRole('main')).toContainText('Keychain item');
  expect(keyring.secret('dev/jonas')).toBe(SECRET);
});

test('says that a keyring is locked, and takes the secret of an item that is lost once more', async ({
  launch,
  keyring,
}) => {
  await keyring.start(true);
  const first = await open(launch, keyring.env);
  await useKeychain(first.page);
  await addJonas(first.page);
  await first.app.close();

  await keyring.start(false);
  const locked = await open(launch, keyring.env);
  await expect(line(locked.page)).toContainText('OS keychain: gnome-keyring, locked');
  await expect(row(locked.page, 'jonas')).toContainText('Keychain is locked');
  await expectAccessible(locked.page);
  await locked.page.getByRole('button', { name: 'Generate…' }).click();
  await expect(dialog(locked.page, 'Generate a key')).toContainText('Unlock gnome-keyring first');
  await locked.app.close();

  await keyring.start(true);
  keyring.clear('dev/jonas');
  const { page } = await open(launch, keyring.env);
  await row(page, 'jonas').getByRole('button', { name: 'Enter again' }).click();
  const form = page.getByRole('dialog', { name: 'Import a key' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('jonas');
  await form.getByRole('textbox', { name: 'Secret' }).fill(SECRET);
  await form.getByRole('button', { name: 'Import key' }).click();
  await expect(form).toBeHidden();
  await expect(row(page, 'jonas')).toContainText('hex');
  expect(keyring.secret('dev/jonas')).toBe(SECRET);
});

test('shows a secret in a window of its own that closes itself, past the page', async ({ launch, keyring }) => {
  test.slow(); // it is shown for twenty seconds
  await keyring.start(true);
  const { app, page } = await open(launch, keyring.env);
  await useKeychain(page);
  await addJonas(page);
  await answerDialogs(app);
  await page.getByRole('button', { name: 'Reveal…' }).click();
  const ask = dialog(page, /^Reveal the secret/);
  const opened = app.waitForEvent('window');
  await ask.getByRole('button', { name: 'Reveal…' }).click();
  const reveal = await opened;
  await expect(reveal).toHaveTitle('Secret of jonas');
  const session = await app.context().newCDPSession(reveal);
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const { outerHTML } = await session.send('DOM.getOuterHTML', { nodeId: root.nodeId });
  expect(outerHTML).toContain(SECRET);
  expect(await page.content()).not.toContain(SECRET);
  await expect(ask).toContainText('for 20 s');
  await reveal.waitForEvent('close', { timeout: 40_000 });
  expect(app.windows()).toHaveLength(1);

  await ask.getByRole('button', { name: 'Copy…' }).click();
  await expect(ask).toContainText('taken off the clipboard');
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(SECRET);
});

test('makes, rotates, exports, deletes and imports keys', async ({ launch, profile, keyring }) => {
  test.slow();
  await keyring.start(true);
  const { app, page } = await open(launch, keyring.env);
  await useKeychain(page);
  await page.getByRole('button', { name: 'Generate…' }).click();
  const generate = dialog(page, 'Generate a key');
  await generate.getByRole('textbox', { name: 'Name' }).fill('edge-1');
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await expect(row(page, 'edge-1')).toContainText('made here');

  await page.getByRole('button', { name: 'Rotate…' }).click();
  const rotate = dialog(page, 'Rotate edge-1');
  await expect(rotate.getByRole('textbox', { name: 'Name of the new key' })).toHaveValue('edge-2');
  await expectAccessible(page);
  await rotate.getByRole('button', { name: 'Rotate key' }).click();
  await expect(page.getByRole('main')).toContainText('signs in place of “edge-1”');
  await expect(row(page, 'edge-1')).toBeVisible();

  const file = `${profile}/exported.json`;
  await answerDialogs(app, file);
  await page.getByRole('button', { name: 'Export…' }).click();
  const exported = dialog(page, 'Export edge-2');
  await exported.getByLabel('Passphrase of the file').fill(PASSPHRASE);
  await exported.getByLabel('The same again').fill(PASSPHRASE);
  await expectAccessible(page);
  await exported.getByRole('button', { name: 'Export…' }).click();
  await expect(exported).toContainText('Written to “exported.json”');
  await exported.getByRole('button', { name: 'Close' }).last().click();
  expect(filesWith(profile, formsOf(keyring.secret('dev/edge-2')))).toEqual([]);

  await page.getByRole('button', { name: 'Delete…' }).click();
  const gone = page.getByRole('alertdialog', { name: 'Delete edge-2?' });
  await expect(gone).toContainText('takes the place of: edge-1');
  await expectAccessible(page);
  await gone.getByRole('button', { name: 'Delete key' }).click();
  await expect(row(page, 'edge-2')).toBeHidden();

  await page.getByRole('button', { name: 'Import…' }).click();
  const form = page.getByRole('dialog', { name: 'Import a key' });
  await form.getByText('File', { exact: true }).first().click();
  await form.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(form).toContainText('keys exported from Catwalk');
  await form.getByLabel('Passphrase of the file').fill(PASSPHRASE);
  await form.getByRole('button', { name: 'Import keys' }).click();
  await expect(row(page, 'edge-2')).toContainText('Imported');
  expect(keyring.find().accounts).toEqual(expect.arrayContaining(['dev/edge-1', 'dev/edge-2']));
});
