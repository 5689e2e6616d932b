import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, resize, test } from './fixtures.ts';
import { answerTo, claimRow, expectAccessible, goTo, importKey, paste, vector } from './inspect-page.ts';

const JONAS = vector('nodecat-akamai-iss-jonas');
const SECRET = JONAS.key?.value ?? '';
const KID = 'akamai_key_hs256';

/** What the keyring holds for Catwalk, as its owner would find it. */
const inKeyring = (): string => {
  try {
    return execFileSync('secret-tool', ['search', '--all', 'service', 'Catwalk'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return ''; // it exits 1 when nothing is found
  }
};

/** Every file under a folder that holds the text, or its bytes. */
function filesWith(folder: string, secret: string): string[] {
  const raw = Buffer.from(secret, 'hex');
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = fs.readFileSync(file);
      return content.includes(secret) || content.includes(raw);
    });
}

test('keeps a key in the keychain from its import to its deletion', async ({ launch, profile }) => {
  expect(SECRET).toMatch(/^[0-9a-f]{64}$/);
  const app = await launch();
  const page = await app.firstWindow();
  await resize(app, page);
  await paste(app, page, JONAS.token);
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
  await expect(answerTo(page, 'Integrity')).toHaveText('Not checked');

  await page.getByRole('button', { name: 'Add a key' }).click();
  await expect(page.getByRole('textbox', { name: 'Key id' })).toHaveValue(KID);
  await importKey(page, { name: 'jonas', secret: SECRET, readAs: 'hex', environment: 'STAGE' });
  const row = page.getByRole('row', { name: /jonas/ }).first();
  await expect(row).toContainText('STAGE');
  await expect(row).toContainText('hex');
  await expect(page.getByRole('main')).toContainText('OS keychain: gnome-keyring, unlocked');
  expect(inKeyring()).toContain('jonas');

  await goTo(page, 'Inspect');
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(page.getByRole('main')).toContainText('as hex, kid matches');
  await expect(page.getByRole('main')).toContainText('The token is genuine.');
  expect(await page.content()).not.toContain(SECRET);
  await app.close();
  expect(filesWith(profile, SECRET)).toEqual([]);

  const again = await launch();
  const second = await again.firstWindow();
  await resize(again, second);
  await paste(again, second, JONAS.token);
  await expect(answerTo(second, 'Integrity')).toHaveText('Verified');

  await goTo(second, 'Keys');
  await second.getByRole('row', { name: /jonas/ }).first().focus();
  await second.keyboard.press('Delete');
  await second.getByRole('alertdialog').getByRole('button', { name: 'Delete key' }).click();
  await expect(second.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
  expect(inKeyring()).not.toContain('jonas');
  await goTo(second, 'Inspect');
  await expect(answerTo(second, 'Integrity')).toHaveText('Not checked');
});

test('asks for the name of a production key before it is deleted', async ({ page }) => {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import a key…' }).click();
  await importKey(page, { name: 'live', secret: 'only a test', readAs: 'utf-8', environment: 'PROD' });
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete live?' });
  await expect(dialog.getByRole('button', { name: 'Delete key' })).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('textbox').fill('live');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
});

test('changes how a key is called and read, and guards it', async ({ page }) => {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import a key…' }).click();
  await importKey(page, { name: 'edge', secret: SECRET, readAs: 'hex' });
  await page.getByRole('row', { name: /edge/ }).first().focus();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Rename edge' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('edge-eu');
  await dialog.getByRole('textbox', { name: 'Notes' }).fill('handed over by the edge team');
  await dialog.getByRole('button', { name: 'Read as' }).click();
  await page.getByRole('option', { name: 'utf-8', exact: true }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /edge-eu/ }).first()).toContainText('utf-8');
  await expect(page.getByRole('main')).toContainText('handed over by the edge team');
  expect(inKeyring()).toContain('dev/edge-eu');

  await page.getByText('Ask to type the name before signing').getByRole('switch').focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('switch', { name: 'Ask before signing' })).toBeChecked();
  await goTo(page, 'Issue');
  await expect(page.getByRole('textbox', { name: 'Type edge-eu to sign' })).toBeVisible();
  await goTo(page, 'Keys');
  await page
    .getByRole('row', { name: /edge-eu/ })
    .first()
    .focus();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete key' }).click();
  await expect(page.getByRole('row', { name: /edge-eu/ })).toHaveCount(0);
});

test('says what is wrong with a secret and keeps the form', async ({ page }) => {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import…' }).click();
  const form = page.getByRole('dialog', { name: 'Import a key' });
  await expect(form.getByRole('button', { name: 'Import key' })).toBeDisabled();
  await form.getByRole('textbox', { name: 'Secret' }).fill('not hex at all');
  await page.getByRole('button', { name: 'Read as' }).click();
  await page.getByRole('option', { name: 'hex', exact: true }).click();
  await expect(form).toContainText('The text is not pairs of hex digits.');
  await form.getByRole('textbox', { name: 'Name' }).fill('broken');
  await form.getByRole('button', { name: 'Import key' }).click();
  await expect(form.getByRole('alert')).toContainText('does not read as hex');
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
  await expect(page.getByRole('button', { name: 'Import…' })).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} theme`, async ({ page }) => {
    test.slow(); // axe looks at every element, several times
    await page.emulateMedia({ colorScheme });
    await goTo(page, 'Keys');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Import…' }).click();
    await expectAccessible(page);
    const name = `axe-${colorScheme}`;
    await importKey(page, { name, secret: 'only a test', kid: 'some-kid', environment: 'PROD' });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('textbox').fill(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name })).toHaveCount(0);
  });
}
