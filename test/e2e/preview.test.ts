import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { expectAccessible, goTo, paste, vector } from './inspect-page.ts';
import {
  expectAllPassed,
  expectPlaying,
  PLAYER_COMPLAINTS,
  playClip,
  playerPage,
  rows,
  tryWith,
  video,
} from './preview-page.ts';

test.use({ expectedErrors: [PLAYER_COMPLAINTS, { scope: 'test' }] });

test('plays the protected clip two clicks after the first start, in Flowplayer and in hls.js', async ({
  app,
  page,
}) => {
  test.slow(); // it plays for more than ten seconds
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 5);
  expect((await video(player)).isFlowplayer).toBe(true);
  await expect(page.getByTestId('token-A')).toContainText('until expiry');
  await expectAllPassed(page);
  expect(await rows(page).count()).toBeGreaterThan(5);

  await page.getByRole('radio', { name: 'hls.js' }).click();
  await expect.poll(async () => (await video(player)).isFlowplayer).toBe(false);
  await expectPlaying(player, 5);
  await expectAllPassed(page);

  // the key that signed is one of the key ring
  await goTo(page, 'Keys');
  await expect(page.getByRole('main')).toContainText('preview');
});

test('pauses, seeks and swaps its token where it is', async ({ app, page }) => {
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByTestId('player-line')).toContainText('Paused');
  await page.getByRole('slider', { name: 'Position' }).fill('12');
  await expect.poll(async () => Math.round((await video(player)).time)).toBe(12);

  await page.getByRole('button', { name: 'Another token…' }).click();
  await page.getByRole('button', { name: 'Sign and use' }).click();
  await expect(page.getByTestId('token-B')).toContainText('until expiry');
  await expect.poll(async () => Math.round((await video(player)).time)).toBe(12);
  await expect(page.getByTestId('player-line')).toContainText('Paused');
  await expect(rows(page).last()).toContainText('pt:B');
  await page.getByRole('main').focus();
  await page.keyboard.press('a');
  await expect(rows(page).last()).toContainText('pt:A');
  await page.keyboard.press('Space');
  await expectPlaying(player, 12);

  // the edge renews a token that asks for it, and the player is given the fresh one where it is
  await tryWith(page, 'A token that is renewed while it plays');
  await expect(rows(page).last()).toContainText('renewed');
  await page.getByRole('button', { name: 'Use the fresh token' }).click();
  await expect(page.getByTestId('token-A')).toContainText(/4:\d\d/);
  await expect(rows(page).last()).toContainText('Pass');
});

test('hides the picture while a dialog lies over it, and plays on', async ({ app, page }) => {
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 1);
  const stage = page.getByTestId('stage');
  await expect(stage).toHaveText('');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(stage).toContainText('Hidden while something lies over it');
  await page.keyboard.press('Escape');
  await expect(stage).toHaveText('');
  const { time } = await video(player);
  await expectPlaying(player, time);

  // another screen ends the player; the stream is there again when one comes back
  await goTo(page, 'Keys');
  await goTo(page, 'Preview');
  const next = await playerPage(app);
  await expect.poll(() => next.evaluate(() => innerWidth)).toBeGreaterThan(100);
  await expectPlaying(next, 0);
});

test('foresees what loses the token, and saves what was asked for without it', async ({ app, page, profile }) => {
  test.slow(); // axe looks at every element
  await goTo(page, 'Preview');
  await page.getByRole('button', { name: 'Walk its playlists before playing' }).click();
  const walk = page.getByRole('region', { name: 'Walk of the playlists' });
  await expect(walk.getByTestId('walk-summary')).toHaveText('35 of 35 would be denied. Nothing was sent.');
  await expect(page.getByTestId('player-line')).toHaveText('Ready to play');
  await expect(rows(page)).toHaveCount(0);

  await page.getByRole('button', { name: 'Give it a token…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Token A' });
  await expect(dialog).toContainText('There is no key that can sign');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('menuitem', { name: 'The bundled clip' }).click();
  await expectPlaying(await playerPage(app), 1);
  await expect(walk.getByTestId('walk-summary')).toHaveText('The token would be let in everywhere. Nothing was sent.');
  // judged anew with every switch of the edge
  await page.getByRole('button', { name: 'Addresses: relative' }).click();
  await page.getByRole('menuitemradio', { name: 'absolute' }).click();
  await expect(walk.getByTestId('walk-summary')).toContainText('34 because the token is lost on the way');
  await walk.getByRole('row').filter({ hasText: '720p/index.m3u8' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(walk.getByTestId('walk-reason')).toHaveText(/^Denied: the playlist names an absolute address/);
  await expectAccessible(page);

  const har = path.join(profile, 'trace.har');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, har);
  await page.getByRole('button', { name: 'Save HAR, redacted…' }).click();
  await expect(page.getByText('Saved as trace.har')).toBeVisible();
  const saved = fs.readFileSync(har, 'utf8');
  expect(JSON.parse(saved).log.entries.length).toBeGreaterThan(3);
  expect(saved).toContain('/pt:A/hls/');
  expect(saved).not.toMatch(/0YR[\w-]{20}/);
});

test('plays with a token that was looked at, from Inspect', async ({ app, page }) => {
  await paste(app, page, vector('nodecat-akamai-iss-jonas').token);
  await expect(page.getByRole('grid', { name: 'Claims' })).toBeVisible();
  await page.getByRole('main').focus();
  await page.keyboard.press('Control+Enter');
  await expect(rows(page).first()).toContainText('pt:A');
  // nobody here has its key
  await expect(rows(page).first()).toContainText('wrong key');
});

test('asks before it tries a token that its first request uses up', async ({ page }) => {
  // COSE_Mac0 over {308: 1}, by nobody's key
  const once = Buffer.from(`d18443a10105a045a1190134015820${'00'.repeat(32)}`, 'hex').toString('base64url');
  await goTo(page, 'Preview');
  await page.getByRole('button', { name: 'Give it a token…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Token A' });
  await dialog.getByRole('radio', { name: 'Paste' }).click();
  await dialog.getByRole('textbox', { name: 'Token' }).fill(once);
  await dialog.getByRole('button', { name: 'Use this token' }).click();
  await expect(dialog.getByRole('alert')).toContainText('the first request burns it');
  await page.keyboard.press('Escape');
  const card = page.getByRole('radio', { name: /^Token A/ });
  await expect(card).not.toBeChecked();
  await page.getByRole('button', { name: 'Change token A…' }).click();
  await dialog.getByRole('radio', { name: 'Paste' }).click();
  await dialog.getByRole('textbox', { name: 'Token' }).fill(once);
  await dialog.getByRole('button', { name: 'Use this token' }).click();
  await dialog.getByRole('button', { name: 'Use it all the same' }).click();
  await expect(card).toBeChecked();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} theme`, async ({ app, page }) => {
    test.slow(); // axe looks at every element, several times
    await page.emulateMedia({ colorScheme });
    await goTo(page, 'Preview');
    await expect(page.getByRole('button', { name: 'Play the protected clip' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Play the protected clip' }).click();
    await expectPlaying(await playerPage(app), 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Another token…' }).click();
    await expect(page.getByRole('dialog', { name: 'Token B' })).toBeVisible();
    await expectAccessible(page);
  });
}
