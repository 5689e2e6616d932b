import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { answerTo, claimRow, expectAccessible, goTo, importKey, paste, vector } from './inspect-page.ts';

const JONAS = vector('nodecat-akamai-iss-jonas');
const copied = (app: ElectronApplication): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());

async function importSecret(page: Page, readAs?: 'utf-8'): Promise<void> {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import a key…' }).click();
  await importKey(page, {
    name: 'akamai-live',
    secret: JONAS.key?.value ?? '',
    kid: 'akamai_key_hs256',
    ...(readAs && { readAs }),
  });
  await goTo(page, 'Inspect');
}

test('says which key would verify under another reading, and remembers it by one click', async ({ app, page }) => {
  await importSecret(page, 'utf-8');
  await paste(app, page, JONAS.token);
  await expect(answerTo(page, 'Integrity')).toHaveText('Would verify');
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText('with akamai-live if read as hex');
  await page.getByRole('button', { name: 'Read akamai-live as hex from now on' }).click();
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(page.getByRole('button', { name: /from now on/ })).toHaveCount(0);
});

test('remembers which of all readings it was', async ({ app, page }) => {
  await importSecret(page);
  await paste(app, page, JONAS.token);
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await page.getByRole('button', { name: 'Read akamai-live as hex from now on' }).click();
  await expect(page.getByRole('button', { name: /from now on/ })).toHaveCount(0);
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
});

test('copies a redacted report, and shows what is masked in it', async ({ app, page }) => {
  await page.getByRole('button', { name: 'use a sample' }).click();
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied by 1/);
  await page.keyboard.press('ControlOrMeta+Shift+C');
  await expect(page.getByRole('status').filter({ hasText: 'Redacted report copied' })).toBeVisible();
  const report = await copied(app);
  expect(report).toContain('| Request | Denied by 1 of 7 claims |');
  expect(report).toContain('‹id ');
  expect(report).not.toContain('7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517');
  expect(report).not.toContain('0YRDoQEFoQRYKjRi');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Redacted report' });
  await dialog.getByRole('radio', { name: 'JSON' }).click();
  await dialog.getByRole('switch', { name: 'Asset ids' }).press('Space');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Copy report' }).click();
  await expect.poll(() => copied(app)).toContain('"judgedAs": "CTA-5007-B"');
  expect(await copied(app)).toContain('7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('compares two tokens: what each lets through, claims, envelope and bytes', async ({ app, page }) => {
  await paste(app, page, vector('nodecat-not-expired-2032').token);
  await expect(claimRow(page, 'exp')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+D');
  await expect(page.getByRole('heading', { name: 'Compare', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Token B is still missing' })).toBeVisible();
  await paste(app, page, `CTA-Common-Access-Token: ${vector('nodecat-expired').token}`);
  const result = page.getByRole('region', { name: 'Comparison' });
  await expect(result).toContainText(/They have \d+ differences? in their claims/);
  await expect(result.getByRole('table', { name: 'Effect' }).getByRole('row').nth(1)).toContainText('Denied');
  await result.getByRole('textbox', { name: 'Addresses to try, one a line' }).fill('https://cdn.example.com/mine/a.ts');
  await expect(result.getByRole('table', { name: 'Effect' })).toContainText('https://cdn.example.com/mine/a.ts');
  await expectAccessible(page);
  await result.getByRole('tab', { name: /Claims/ }).click();
  await expect(result.getByRole('table', { name: 'Differences' })).toContainText('exp');
  await result.getByRole('tab', { name: /Bytes/ }).click();
  await expect(result.getByRole('table', { name: 'Bytes that differ' })).toBeVisible();
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of token A' })).toHaveValue(/^CTA-Common-Access-Token/);
});

test('takes a smallest fix to Issue, where before and after stand side by side', async ({ page }) => {
  await page.getByRole('button', { name: 'use a sample' }).click();
  await page.getByRole('radio', { name: 'exp', exact: true }).click();
  await page.getByRole('button', { name: /^Smallest fix: Let the path contain/ }).click();
  await expect(page.getByRole('heading', { name: 'Issue', exact: true })).toBeVisible();
  const changes = page.getByRole('table', { name: 'Changes' });
  await expect(changes.getByRole('row', { name: /catu/ })).toContainText('paths that contain');
  await expect(changes).not.toContainText('exp');
  await goTo(page, 'Inspect');
  await page.keyboard.press('ControlOrMeta+Shift+E');
  await expect(changes.getByRole('row', { name: /^exp/ })).toBeVisible();
  await expect(changes.getByRole('row', { name: /catu/ })).toBeVisible();
});
