import { expect, test } from './fixtures.ts';

test('opens one window at a quiet start', async ({ app, page }) => {
  await expect(page).toHaveTitle(/Catwalk/);
  expect(app.windows()).toHaveLength(1);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1360, 860]);
});

test('gives the page no Node', async ({ page }) => {
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis)),
  ).toEqual([]);
});
