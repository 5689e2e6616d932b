import { expect, test } from './fixtures.ts';
import { answerTo, expectAccessible } from './inspect-page.ts';
import {
  expectPlaying,
  PLAYER_COMPLAINTS,
  playClip,
  playerPage,
  requests,
  rows,
  tryWith,
  video,
  why,
} from './preview-page.ts';

test.use({ expectedErrors: [[...PLAYER_COMPLAINTS, /net::ERR_FAILED/], { scope: 'test' }] });

/** What is broken, what the trace says of it, what the panel says, and what mends it. */
const CASES = [
  {
    broken: 'A rule that misses one rendition',
    row: 'catu.path',
    says: /^Path does not start with \/hls\/7c9e2b41/,
    mend: 'Re-issue & retry',
  },
  {
    broken: 'A token of another key',
    row: 'wrong key',
    says: /^No key of this edge made the token/,
    mend: 'Re-issue & retry',
  },
  {
    broken: 'Addresses that lose the token',
    row: 'token lost',
    says: /names this file by its whole address, so the token in the path was left behind/,
    mend: 'Use relative addresses & retry',
  },
  {
    broken: 'Answers without the CORS header',
    row: 'hidden',
    says: /^It was answered with 200, but without a CORS header/,
    mend: 'Switch the fault off & retry',
  },
  { broken: 'No token at all', row: 'No token', says: /brought no token/, mend: 'Use the token & retry' },
] as const;

for (const engine of ['Flowplayer', 'hls.js'] as const) {
  test(`says why each request was refused, and plays on once it is mended, in ${engine}`, async ({ app, page }) => {
    test.slow(); // one stream after the other
    await playClip(page);
    const player = await playerPage(app);
    await expectPlaying(player, 1);
    await page.getByRole('radio', { name: engine }).click();
    for (const { broken, row, says, mend } of CASES) {
      await page.getByRole('button', { name: 'Clear the list' }).click();
      await tryWith(page, broken);
      await expect(why(page).getByTestId('why-sentence')).toHaveText(says);
      await expect(rows(page).filter({ hasText: row }).first()).toBeVisible();
      await why(page).getByRole('button', { name: mend }).click();
      await expect(why(page)).toBeHidden();
      await expectPlaying(player, (await video(player)).time + 1);
      await expect(page.getByTestId('player-line')).toContainText('Playing');
    }
    await expect(requests(page).getByTestId('counts')).toContainText(', 0 sent');
  });

  test(`makes a token anew that expired while it played, and goes on where it was, in ${engine}`, async ({
    app,
    page,
  }) => {
    test.slow(); // the token has to expire first
    await playClip(page);
    const player = await playerPage(app);
    await expectPlaying(player, 1);
    await page.getByRole('radio', { name: engine }).click();
    await tryWith(page, 'A token that expires while it plays');
    await expect(page.getByTestId('token-A')).toContainText('Expired', { timeout: 20_000 });
    await expect(why(page).getByTestId('why-sentence')).toHaveText(/^Expired \d\d:\d\d/);
    const { time } = await video(player);
    expect(time).toBeGreaterThan(5);
    await page.getByRole('main').focus();
    await page.keyboard.press('Control+Enter');
    await expect(why(page)).toBeHidden();
    await expectPlaying(player, time + 2);
    await expect(rows(page).last()).toContainText('Pass');
  });
}

test('walks from one refused request to the next, sets it beside one that passed, and is accessible', async ({
  app,
  page,
}) => {
  test.slow(); // axe looks at every element, several times
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 1);
  await page.getByRole('button', { name: 'Expire now' }).click();
  await expect(why(page).getByTestId('why-sentence')).toHaveText(/expired/i);
  await expect(requests(page).getByRole('radio', { name: /^Denied [2-9]/ })).toBeVisible();
  const title = await why(page).getByRole('heading').textContent();
  await page.getByRole('main').focus();
  await page.keyboard.press('j');
  await expect(why(page).getByRole('heading')).not.toHaveText(title ?? '');
  await page.keyboard.press('k');
  await expect(why(page).getByRole('heading')).toHaveText(title ?? '');

  await why(page)
    .getByRole('button', { name: /^Compare with request \d+/ })
    .click();
  await expect(why(page).getByTestId('comparison')).toContainText('later');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.keyboard.press('Escape');
  await expect(why(page)).toBeHidden();

  // by keyboard: what was sent goes to the clipboard without its token, and to Inspect with it
  await rows(page).first().focus();
  await page.keyboard.press('Enter');
  await expect(why(page).getByRole('heading')).toHaveText('Why was request 1 let in?');
  await rows(page).first().focus();
  await page.keyboard.press('Control+c');
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toMatch(/^curl 'https:\/\/cdn\.example\.com\/pt:A\/hls\/.*playlist\.m3u8'$/);
  await why(page).getByRole('button', { name: 'Open in Inspect' }).click();
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(page.getByRole('textbox', { name: 'URL' })).toHaveValue(/\/hls\/7c9e2b41/);
});
