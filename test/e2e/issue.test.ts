import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { answerTo, claimRow, expectAccessible, goTo, importKey, paste, vector } from './inspect-page.ts';

const VIDEO = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';

/** `{4: 1900000000, 999999: [24, null]}`, authenticated by nobody. */
const UNKNOWN = '0YRDoQEFoFCiBBpxP7MAGgAPQj-CGBj2WCAHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw';

/** Claims whose fields are made of fields. */
const COMPOSITES = {
  exp: '+2h',
  catif: { exp: [302, { Location: ['https://a.example/?r=', { tag: 121, value: 0 }, { iss: null }] }, 'k1'] },
  moqt: [{ actions: ['SUBSCRIBE'], namespace: [{ exact: 'a' }, null], track: { prefix: { hex: 'ff' } } }],
  enc: [{ claims: 'catnip', message: [{ hex: 'a10103' }, {}, { hex: '07' }] }],
  or: [{ iss: 'a' }, { catgeocoord: [[59.3, 18, 1000]] }],
};

const form = (page: Page) => page.getByRole('region', { name: 'Claims' });
const output = (page: Page) => page.getByRole('region', { name: 'Output' });

const draftTab = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Drafts' }).getByRole('button', { name: new RegExp(`^${name}`) });

async function addKey(page: Page, environment: 'DEV' | 'STAGE' | 'PROD'): Promise<void> {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import a key…' }).click();
  await importKey(page, { name: 'signer', secret: SECRET, readAs: 'hex', kid: 'signer-1', environment });
}

async function startOneVideo(page: Page): Promise<void> {
  await goTo(page, 'Issue');
  await page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'One video' }).click();
  await form(page).getByRole('textbox', { name: 'Video' }).fill(VIDEO);
}

const clipboard = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard: system }) => system.readText());

test('makes the token of one video offline, and its embed is read as genuine', async ({ app, page }) => {
  await addKey(page, 'STAGE');
  await startOneVideo(page);
  await expect(page.getByTestId('in-words')).toContainText(VIDEO);
  await expect(output(page)).toContainText('Not signed yet');
  await page.getByRole('button', { name: 'Sign token' }).click();
  await expect(output(page)).toContainText('Signed');

  await output(page).getByRole('tab', { name: 'Embed' }).click();
  await output(page).getByRole('textbox', { name: 'Player id' }).fill('5a0e6c1d-1111-4222-8333-444455556666');
  await expect(output(page).getByRole('textbox', { name: 'Video id' })).toHaveValue(VIDEO);
  await output(page).getByRole('button', { name: 'Copy Embed, ES module' }).click();
  await expect.poll(() => clipboard(app)).toContain('playback_token');

  await output(page).getByRole('tab', { name: 'Code' }).click();
  await expect(output(page)).toContainText('CAT_SECRET takes the secret in hex.');

  await goTo(page, 'Inspect');
  await paste(app, page, await clipboard(app));
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(page.getByRole('main')).toContainText(/paths that contain\s*7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/);
});

test('makes a negative pack with what must happen to each, and logs it without a token', async ({
  app,
  page,
  profile,
}) => {
  await addKey(page, 'STAGE');
  await goTo(page, 'Issue');
  await page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'Negative pack' }).click();
  await form(page).getByRole('textbox', { name: 'Video' }).fill(VIDEO);
  await page.getByRole('button', { name: 'Negative pack…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Negative pack' });
  await expect(dialog.getByRole('row', { name: /Expired an hour ago/ })).toContainText('Must be refused');
  await dialog.getByRole('button', { name: 'Copy all as JSON' }).click();
  await expect.poll(() => clipboard(app)).toContain('"flipped-bit"');
  const pack: { id: string; token: string }[] = JSON.parse(await clipboard(app));
  expect(new Set(pack.map(({ token }) => token)).size).toBe(pack.length);
  expect(pack.length).toBeGreaterThan(10);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Inspect Expired an hour ago' }).click();
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(answerTo(page, 'Time')).toContainText('Expired');

  await goTo(page, 'Issue');
  await page.getByRole('button', { name: 'Issue log…' }).click();
  const log = page.getByRole('dialog', { name: 'Issue log' });
  await expect(log.getByRole('row', { name: /signer/ })).toContainText(String(pack.length));
  expect(await log.textContent()).not.toContain(pack[0]?.token);
  const file = path.join(profile, 'log.json');
  await app.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await log.getByRole('button', { name: 'Export…' }).click();
  await expect(log).toContainText('Saved as log.json');
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject([{ key: 'signer', tokens: pack.length }]);
  await log.getByRole('button', { name: 'Clear log' }).click();
  await expect(log).toContainText('No token was issued yet');
});

test('signs with a production key only once its name is typed', async ({ page }) => {
  await addKey(page, 'PROD');
  await startOneVideo(page);
  const sign = page.getByRole('button', { name: 'Sign token' });
  await expect(sign).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  await expect(output(page)).toContainText('Not signed yet');
  await page.getByRole('textbox', { name: 'Type signer to sign' }).fill('signer');
  await sign.click();
  await expect(output(page)).toContainText('Signed');
  // the whole window says so, as long as such a key would sign
  const mark = page.getByText('Production key in use');
  await expect(mark).toBeVisible();
  await goTo(page, 'Inspect');
  await expect(mark).toBeHidden();
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import…' }).click();
  await importKey(page, { name: 'other', secret: SECRET, readAs: 'hex', kid: 'other-1', environment: 'DEV' });
  await goTo(page, 'Issue');
  await page.keyboard.press('ControlOrMeta+T');
  await page.getByRole('button', { name: /Key$/ }).click();
  await page.getByRole('option', { name: 'other' }).click();
  await expect(mark).toBeHidden();
  await page.keyboard.press('ControlOrMeta+PageUp');
  await expect(mark).toBeVisible();
  // a token answers for the draft it was made of, and for no other
  await form(page).getByRole('textbox', { name: 'Until' }).fill('+3h');
  await expect(output(page)).toContainText('Not signed yet');
});

test('keeps form, JSON and EDN in step, and says where each is wrong', async ({ page }) => {
  await goTo(page, 'Issue');
  const until = form(page).getByRole('textbox', { name: 'Until' });
  await until.fill('+2 parsecs');
  await expect(form(page)).toContainText('There is no time zone “parsecs”');
  await until.fill('1800000000');
  await form(page).getByRole('button', { name: 'Add rule' }).click();
  await form(page).getByRole('textbox', { name: 'Text of rule 1' }).fill('abc');
  await page.getByRole('radio', { name: 'EDN' }).click();
  const edn = page.getByRole('textbox', { name: 'Claims in EDN' });
  await expect(edn).toContainText('312: {3: {3: "abc"}}');
  await edn.fill('{4: 1800000001, 312: {3: {3: "abc"}}, 999: h\'0\'}');
  await expect(form(page)).toContainText('Not EDN at line 1, column 47');
  await expect(form(page).locator('.cm-lintRange-error')).toHaveCount(1);
  await edn.fill('{4: 1800000001, 312: {3: {3: "abc"}}, 999: h\'01\'}');
  await expect(form(page).locator('.cm-lintRange-error')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('{4: 1800000003, 312: {3: {3: "abc"}}, 999: h\'01\'}\n');
  await page.keyboard.press('ControlOrMeta+Z');
  await edn.fill('{4: 1800000001, 312: {3: {3: "abc"}}, 999: h\'01\'}');
  await page.getByRole('radio', { name: 'JSON' }).click();
  const json = page.getByRole('textbox', { name: 'Claims as JSON' });
  await expect(json).toContainText('1800000001');
  await json.fill('{ "exp": 1800000002, "catu": { "path": { "contains": 7 } } }');
  await expect(form(page).locator('.cm-lintRange-error')).toHaveText('7');
  await json.fill('{ "exp": 1800000002, "exp": 1 }');
  await expect(form(page)).toContainText('"exp" stands twice');
  await json.fill('{ "exp": 1800000002, }');
  await expect(form(page)).toContainText('Not JSON at line 1');
  await json.fill('{ "exp": 1800000002, "catm": ["GET"] }');
  await expect(form(page).locator('.cm-lintRange-warning')).toHaveText('["GET"]');
  await page.getByRole('radio', { name: 'Form' }).click();
  await expect(until).toHaveValue('1800000002');
  await expect(form(page)).toContainText('Kept byte for byte: label 1903e7');
  await expect(form(page)).toContainText('catm, 999 stay out');
  await form(page).getByRole('button', { name: 'Keep with CTA-5007-B' }).click();
  await expect(form(page).getByRole('radio', { name: 'CTA-5007-B' })).toBeChecked();
  await expect(form(page)).not.toContainText('stay out');
});

test('clones pasted tokens, each in a tab of its own, and shows what was changed', async ({ app, page }) => {
  await paste(app, page, vector('nodecat-akamai-iss-jonas').token);
  await expect(claimRow(page, 'iss')).toBeVisible();
  await page.keyboard.press('Control+e');
  const issuer = form(page).getByRole('textbox', { name: 'Issuer' });
  await expect(issuer).toHaveValue('coap://jonas.example.com');
  await issuer.fill('coap://other.example.com');
  await expect(page.getByRole('table', { name: 'Changes' })).toContainText('coap://jonas.example.com');
  await expect(page.getByRole('main')).toContainText('1 change from the pasted token');

  // and one that is pasted here, with claims nobody knows
  await page.getByRole('button', { name: 'A pasted token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start from a token' });
  await dialog.getByRole('textbox', { name: 'Token' }).fill('no token at all');
  await dialog.getByRole('button', { name: 'Clone token' }).click();
  await expect(dialog).toContainText('There is no token in this text');
  await dialog.getByRole('textbox', { name: 'Token' }).fill(`https://cdn.example.com/pt:${UNKNOWN}/a.m3u8`);
  await dialog.getByRole('button', { name: 'Clone token' }).click();
  await expect(dialog).toBeHidden();
  await expect(form(page)).toContainText('Kept byte for byte: label 1a000f423f');
  await expect(output(page)).toContainText('Nothing is changed yet');
  await expect(draftTab(page, 'Clone of a.m3u8')).toHaveAttribute('aria-current', 'true');

  // each is as it was left, down to a text that cannot be read
  await page.getByRole('radio', { name: 'JSON' }).click();
  const json = page.getByRole('textbox', { name: 'Claims as JSON' });
  await json.fill('{ "sub": ');
  await expect(draftTab(page, 'Clone of a.m3u8')).toHaveAccessibleName(/not signed yet$/);
  await page.keyboard.press('ControlOrMeta+PageUp');
  await expect(issuer).toHaveValue('coap://other.example.com');
  await page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'One video' }).click();
  await expect(draftTab(page, 'One video')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('ControlOrMeta+W');
  await expect(json).toHaveText('{ "sub": ');
  await expect(form(page)).toContainText('Not JSON');
  await json.press('ControlOrMeta+Z');
  await expect(json).toContainText('1900000000');
  await json.fill('{ "sub": ');
  const tabs = page.getByRole('toolbar', { name: 'Drafts' });
  await tabs.getByRole('button', { name: 'Close Clone of a.m3u8' }).click();
  await expect(draftTab(page, 'Clone of')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(draftTab(page, 'New token')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+Shift+T');
  await expect(issuer).toHaveValue('coap://other.example.com');
  await page.keyboard.press('ControlOrMeta+Shift+T');
  await expect(json).toHaveText('{ "sub": ');
  await draftTab(page, 'Clone of a.m3u8').click({ button: 'middle' });
  await expect(issuer).toHaveValue('coap://other.example.com');
});

test('saves a template that asks again, as a file, and takes it away', async ({ page, profile }) => {
  await startOneVideo(page);
  await form(page).getByRole('textbox', { name: 'Issuer' }).fill('nordlys');
  await page.getByRole('button', { name: 'Save as template…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as template' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Our videos');
  await expect(dialog.getByRole('switch', { name: /^Video/ })).toBeChecked();
  await dialog.getByText('Issuer', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Save template' }).click();
  await expect(dialog).toBeHidden();
  const file = path.join(profile, 'templates/our-videos.json');
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({
    draft: { claims: { iss: '{{issuer}}', cti: { hex: '{{random}}' }, catu: { path: { contains: '{{video}}' } } } },
  });

  const own = page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'Our videos' });
  await own.click();
  await form(page).getByRole('textbox', { name: 'Video', exact: true }).fill('another');
  await expect(form(page).getByTestId('in-words')).toContainText('another');
  await expect(form(page).getByTestId('in-words')).toContainText('nordlys');
  await form(page).getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete template' }).click();
  await expect(own).toBeHidden();
  expect(fs.existsSync(file)).toBe(false);
  await expect(form(page).getByTestId('in-words')).toContainText('another');
});

test('is worked with the keyboard alone', async ({ app, page }) => {
  await addKey(page, 'PROD');
  await page.keyboard.press('Control+2');
  const isFocused = (one: Locator) => one.evaluate((element) => element === document.activeElement);
  const tabTo = async (one: Locator) => {
    for (let press = 0; press < 80 && !(await isFocused(one)); press++) await page.keyboard.press('Tab');
    await expect(one).toBeFocused();
  };
  await tabTo(page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'One video' }));
  await page.keyboard.press('Enter');
  await tabTo(form(page).getByRole('textbox', { name: 'Video', exact: true }));
  await page.keyboard.type(VIDEO);
  await expect(page.getByTestId('in-words')).toContainText(VIDEO);
  // not by its role: a list that opens on the way hides all else from assistive technology until it closes
  await tabTo(page.getByLabel('Type signer to sign'));
  await page.keyboard.type('signer');
  await page.keyboard.press('Control+Enter');
  await expect(output(page).getByRole('button', { name: 'Copy Token' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboard(app)).toMatch(/^[\w-]{100,}$/);
});

test('tells which addresses the rules let in', async ({ page }) => {
  await startOneVideo(page);
  await form(page).getByRole('textbox', { name: 'Should play', exact: true }).fill(`/hls/${VIDEO}/playlist.m3u8`);
  await form(page).getByRole('textbox', { name: 'Should not play' }).fill('/hls/other/playlist.m3u8');
  await expect(form(page)).toContainText('2 of 2 as expected');
  await form(page).getByRole('textbox', { name: 'Should not play' }).fill(`/vod/${VIDEO}/a.ts`);
  await expect(form(page)).toContainText('1 of 2 as expected');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} theme`, async ({ app, page }) => {
    test.slow(); // axe looks at every element, several times
    await page.emulateMedia({ colorScheme });
    await addKey(page, 'PROD');
    await startOneVideo(page);
    await expectAccessible(page);
    await output(page).getByRole('tab', { name: 'Embed' }).click();
    await page.getByRole('radio', { name: 'JSON' }).click();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Claims as JSON' }).fill(JSON.stringify(COMPOSITES));
    await page.getByRole('radio', { name: 'Form' }).click();
    await expect(form(page).getByRole('group', { name: 'Response 1' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save as template…' }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await goTo(page, 'Inspect');
    await paste(app, page, vector('nodecat-akamai-iss-jonas').token);
    await expect(claimRow(page, 'iss')).toBeVisible();
    await page.keyboard.press('Control+e');
    await page.getByRole('radio', { name: 'Form' }).click();
    await expect(form(page).getByRole('textbox', { name: 'Issuer' })).toBeVisible();
    await expectAccessible(page);
  });
}
