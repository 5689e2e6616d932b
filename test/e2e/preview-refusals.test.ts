import { expect, test } from './fixtures.ts';
import {
  expectPlaying,
  PLAYER_COMPLAINTS,
  playClip,
  playerPage,
  requests,
  rows,
  tryWith,
  video,
} from './preview-page.ts';

test.use({ expectedErrors: [[...PLAYER_COMPLAINTS, /net::ERR_FAILED/], { scope: 'test' }] });

test('shows what broke: a rule, a key, no token, lost addresses, a hidden answer; and plays when it is right again', async ({
  app,
  page,
}) => {
  test.slow(); // one stream after the other
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 1);
  const denied = rows(page).filter({ hasText: '403' });

  await page.getByRole('button', { name: 'Clear the list' }).click();
  await tryWith(page, 'A rule that misses one rendition');
  await expect(denied.first()).toContainText('catu.path');
  await expect(denied.first()).toContainText('/hls-hq/');
  // the other rendition is let in, and plays
  await expect(page.getByTestId('quality')).toContainText('360p');
  await expectPlaying(player, 1);

  for (const [what, cause] of [
    ['A token of another key', 'wrong key'],
    ['No token at all', 'no token sent'],
    ['Addresses that lose the token', 'token lost'],
  ] as const) {
    await page.getByRole('button', { name: 'Clear the list' }).click();
    await tryWith(page, what);
    await expect(denied.first()).toContainText(cause);
    await expect(page.getByTestId('player-line')).toContainText('Stopped.');
  }
  await expect(requests(page).getByRole('radio', { name: /^Token lost [1-9]/ })).toBeVisible();

  await page.getByRole('button', { name: 'Clear the list' }).click();
  await tryWith(page, 'Answers without the CORS header');
  // the true status stands there, though the page was not told
  await expect(rows(page).first()).toContainText('200');
  await expect(rows(page).first()).toContainText('hidden');

  await page.getByRole('button', { name: 'Clear the list' }).click();
  await tryWith(page, 'The right token');
  await expectPlaying(player, (await video(player)).time + 1);
  await expect(requests(page).getByRole('radio', { name: 'Denied 0' })).toBeVisible();
});
