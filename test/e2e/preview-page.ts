import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { goTo } from './inspect-page.ts';

/** What the player's page says on its console when it is refused something, which is what these tests do to it. */
export const PLAYER_COMPLAINTS = [
  /Failed to load resource/,
  /A network error \(status \d+\) occurred/,
  /flowplayer encountered an/,
];

/** The page in the preview's own view. */
export async function playerPage(app: ElectronApplication): Promise<Page> {
  const find = () => app.windows().find((window) => window.url().startsWith('https://localhost/'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const page = find();
  if (page === undefined) throw new Error('the player’s page is gone');
  return page;
}

/** What the video element itself says, past everything that reports about it. */
export const video = (player: Page) =>
  player.evaluate(() => {
    const element = document.querySelector('video');
    return {
      time: element?.currentTime ?? 0,
      frames: element?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      isFlowplayer: document.querySelector('.flowplayer') !== null,
    };
  });

/** Waits until the stream has played beyond a second, and pictures are decoded from one look to the next. */
export async function expectPlaying(player: Page, beyond: number): Promise<void> {
  // another video begins to count at nothing
  let before = Number.POSITIVE_INFINITY;
  const look = async () => {
    const { time, frames } = await video(player);
    const isGrowing = frames > before;
    before = frames;
    return time > beyond && isGrowing;
  };
  await expect.poll(look, { timeout: 30_000 }).toBe(true);
}

export const requests = (page: Page): Locator => page.getByRole('region', { name: 'Requests' });
export const rows = (page: Page): Locator => requests(page).getByRole('grid').locator('[data-row]');

/** The two clicks of a newcomer. */
export async function playClip(page: Page): Promise<void> {
  await goTo(page, 'Preview');
  await page.getByRole('button', { name: 'Play the protected clip' }).click();
}

export async function tryWith(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'Try with…' }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

/** Every request came through: 200 and Pass, and none left this computer. */
export async function expectAllPassed(page: Page): Promise<void> {
  await expect(requests(page).getByRole('radio', { name: 'Denied 0' })).toBeVisible();
  for (const row of await rows(page).all()) {
    await expect(row).toContainText('200');
    await expect(row).toContainText('Pass');
  }
  await expect(requests(page).getByTestId('counts')).toContainText(', 0 sent');
  await expect(page.getByRole('button', { name: '0 requests sent' })).toBeVisible();
}

/** The panel that says why a request was refused. */
export const why = (page: Page): Locator => page.getByRole('region', { name: 'Why it was denied' });
