import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, resize, test } from './fixtures.ts';
import { answerTo, expectAccessible, goTo, importKey, paste } from './inspect-page.ts';

const VIDEO = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const HEAD = 'viewer_id,video,ip,country,hours';

const rowsPanel = (page: Page) => page.getByRole('region', { name: 'Rows', exact: true });
const row = (page: Page, text: string) => rowsPanel(page).getByRole('row').filter({ hasText: text });
const run = (page: Page) => page.getByRole('region', { name: 'Run tokens.csv' });
const sign = (page: Page) => rowsPanel(page).getByRole('button', { name: /^Sign / });

async function addKey(page: Page, environment: 'STAGE' | 'PROD'): Promise<void> {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import a key…' }).click();
  await importKey(page, { name: 'signer', secret: SECRET, readAs: 'hex', kid: 'signer-1', environment });
}

function writeTable(folder: string, lines: readonly string[]): string {
  const file = path.join(folder, 'viewers.csv');
  fs.writeFileSync(file, `${[HEAD, ...lines].join('\n')}\n`);
  return file;
}

const lines = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `v-${index},${VIDEO},198.51.${index % 250}.0/24,SE,${1 + (index % 3)}`);

/** The system's dialogs answer these paths from now on. */
const answerDialogs = (app: ElectronApplication, paths: { readonly open: string; readonly save: string }) =>
  app.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save });
  }, paths);

/** Opens a table in the Batch screen and tells where its tokens will go. */
async function openTable(app: ElectronApplication, page: Page, profile: string, rows: readonly string[]) {
  const out = path.join(profile, 'tokens.csv');
  await answerDialogs(app, { open: writeTable(profile, rows), save: out });
  await goTo(page, 'Batch');
  await page.getByRole('button', { name: 'Open a file…' }).click();
  return out;
}

const readLines = (file: string): string[] => fs.readFileSync(file, 'utf8').trimEnd().split('\n');

test('makes a file of tokens from a table, and says which rows make none', async ({ app, page, profile }) => {
  await addKey(page, 'STAGE');
  const wrong = [`v-bad,${VIDEO},10.0.0.300,SE,2`, `v-blank,${VIDEO},198.51.100.0/24,SE,`];
  const out = await openTable(app, page, profile, [...lines(238), ...wrong]);
  await expect(page.getByRole('main')).toContainText('240 rows, 5 columns, comma');
  await expect(page.getByRole('button', { name: 'What ip fills' })).toContainText('Network');
  await expect(row(page, 'v-bad')).toContainText('Error');
  await expect(row(page, 'v-blank')).toContainText('Blank: the template’s 4h is used.');
  await page.getByRole('radio', { name: 'Errors 1' }).click();
  await expect(row(page, 'v-blank')).toBeHidden();
  await expect(row(page, 'v-bad').getByRole('gridcell').nth(3)).toHaveClass(/is-bad/);

  await sign(page).click();
  await expect(run(page)).toContainText('239 tokens in');
  const [head, first = '', ...rest] = readLines(out);
  expect(head).toBe(`${HEAD},token`);
  expect(rest).toHaveLength(238);
  expect(readLines(`${out}.errors.csv`)).toEqual(['row,column,claim,message', expect.stringMatching(/^239,ip,catnip/)]);

  const shown = app.evaluate(
    ({ shell }) =>
      new Promise<string>((resolve) => {
        shell.showItemInFolder = (place) => resolve(place);
      }),
  );
  await run(page).getByRole('button', { name: 'Show in folder' }).click();
  expect(await shown).toBe(out);

  await goTo(page, 'Inspect');
  await paste(app, page, first.split(',').at(-1) ?? '');
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(page.getByRole('main')).toContainText(`paths that contain ${VIDEO}`);
});

test('is cancelled, and keeps nothing', async ({ app, page, profile }) => {
  await addKey(page, 'STAGE');
  const out = await openTable(app, page, profile, lines(100_000));
  await sign(page).click();
  await run(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(run(page)).toContainText('cancelled: nothing of it was kept');
  expect(fs.readdirSync(profile).filter((name) => name.startsWith('tokens.csv'))).toEqual([]);
  expect(fs.existsSync(out)).toBe(false);
});

test('goes on after the application was killed', async ({ launch, app, page, profile }) => {
  test.slow(); // two starts
  await addKey(page, 'STAGE');
  const out = await openTable(app, page, profile, lines(200_000));
  await sign(page).click();
  await expect(run(page)).toContainText(/\d tokens written/);
  await expect
    .poll(() => fs.readdirSync(profile).some((name) => name.startsWith('tokens.csv') && name !== 'tokens.csv'))
    .toBe(true);
  const exited = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await exited;
  expect(fs.existsSync(out)).toBe(false);

  const again = await launch();
  const second = await again.firstWindow();
  await resize(again, second);
  await goTo(second, 'Batch');
  await expect(run(second)).toContainText('interrupted after');
  await run(second).getByRole('button', { name: 'Resume' }).click();
  await expect(run(second)).toContainText('200,000 tokens in');
  const viewers = readLines(out).map((line) => line.split(',')[0]);
  expect(viewers).toHaveLength(200_001);
  expect(new Set(viewers).size).toBe(200_001);
});

test('takes pasted cells, a matrix, and a production key once its name is typed', async ({ app, page, profile }) => {
  await addKey(page, 'PROD');
  const out = path.join(profile, 'tokens.csv');
  await answerDialogs(app, { open: '', save: out });
  await goTo(page, 'Batch');
  await paste(app, page, `video\thours\n${VIDEO}\t2\nother-video\t3`);
  await expect(page.getByRole('main')).toContainText('pasted rows2 rows, 2 columns, tab');
  await expect(row(page, 'other-video')).toContainText('Ready');

  await page.locator('.view-batch').evaluate((view) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['video;hours\nabc;2,5\n'], 'dropped.csv'));
    view.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
  await expect(page.getByRole('main')).toContainText('dropped.csv');
  await rowsPanel(page).getByRole('button', { name: 'Use 2.5 in 1 row' }).click();
  await expect(rowsPanel(page)).toContainText('1 token will be signed offline. Every row makes one.');
  await expect(rowsPanel(page)).toContainText('this run cannot be resumed after a crash');

  await page.getByRole('button', { name: 'Make a matrix' }).click();
  const matrix = page.getByRole('complementary', { name: 'Matrix' });
  await expect(rowsPanel(page)).toContainText('Video needs at least one value.');
  await matrix.getByRole('textbox', { name: 'Video' }).fill('video-1\nvideo-2\n');
  await matrix.getByRole('textbox', { name: 'Countries' }).fill('SE\nDE, AT\nUK');
  await expect(matrix).toContainText('2 × 3 = 6 rows');
  // offered once for both rows that have it, taken over, given back, and taken over from one row's page
  const offer = rowsPanel(page).getByRole('button', { name: 'Use GB in 2 rows' });
  await expect(rowsPanel(page)).toContainText('UK is not an ISO 3166 code');
  await offer.click();
  await expect(matrix).toContainText('UK → GB in 2 rows');
  await expect(rowsPanel(page).getByRole('radio', { name: 'Ready 6' })).toBeVisible();
  await expect(row(page, 'UK → GB')).toHaveCount(2);
  // the place in the list is kept, by whatever row stands there now
  await expect(rowsPanel(page).getByRole('row').nth(1)).toBeFocused();
  await matrix.getByRole('button', { name: 'Undo: read UK as it is' }).click();
  await row(page, 'is not an ISO 3166 code').last().focus();
  await page.keyboard.press('Space');
  await page.getByRole('dialog').getByRole('button', { name: 'Use GB in 2 rows' }).click();
  await expect(rowsPanel(page).getByRole('radio', { name: 'Ready 6' })).toBeVisible();

  await expect(sign(page)).toBeDisabled();
  await rowsPanel(page).getByRole('textbox', { name: 'Type signer to sign' }).fill('signer');
  await sign(page).click();
  await expect(run(page)).toContainText('6 tokens in');
  expect(readLines(out)[0]).toBe('video,countries,token');
  const tokens = readLines(out);
  expect(tokens).toHaveLength(7);
  await goTo(page, 'Inspect');
  const [, , token = ''] = tokens.find((line) => line.includes(',UK,'))?.split(',') ?? [];
  await paste(app, page, token);
  await expect(page.getByRole('main')).toContainText('United Kingdom');
});

test('is worked with the keyboard alone', async ({ app, page, profile }) => {
  await addKey(page, 'STAGE');
  const out = path.join(profile, 'tokens.csv');
  await answerDialogs(app, { open: writeTable(profile, lines(40)), save: out });
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'Open a file…' }).focus();
  await page.keyboard.press('Enter');
  await expect(rowsPanel(page).getByRole('radio', { name: 'Ready 40' })).toBeVisible();
  await rowsPanel(page).getByRole('row', { name: 'v-0' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  const peek = page.getByRole('dialog', { name: 'Row 2' });
  await expect(peek).toContainText(`"contains": "${VIDEO}"`);
  await page.keyboard.press('Space');
  await expect(peek).toBeHidden();
  await expect(row(page, 'v-1').first()).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(run(page)).toContainText('40 tokens in');
  await rowsPanel(page).getByRole('row', { name: 'v-0' }).focus();
  await page.keyboard.press('Enter');
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await page.keyboard.press('Control+4');
  await expect(row(page, 'v-0').first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} theme`, async ({ app, page, profile }) => {
    test.slow(); // axe looks at every element, several times
    await page.emulateMedia({ colorScheme });
    await addKey(page, 'PROD');
    await goTo(page, 'Batch');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Try a sample' }).click();
    await expect(rowsPanel(page)).toContainText('Errors 2');
    await expectAccessible(page);
    await answerDialogs(app, { open: '', save: path.join(profile, 'tokens.csv') });
    await rowsPanel(page).getByRole('textbox', { name: 'Type signer to sign' }).fill('signer');
    await sign(page).click();
    await expect(run(page)).toContainText('6 tokens in');
    await expectAccessible(page);
    await row(page, 'v-1041').focus();
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
  });
}
