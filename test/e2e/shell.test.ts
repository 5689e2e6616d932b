import type { ElectronApplication, Page } from '@playwright/test';
import { expect, resize, test } from './fixtures.ts';
import { expectAccessible, goTo } from './inspect-page.ts';

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme']);
const title = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** A start of the application, as far as its keys are listened to. */
async function open(launch: () => Promise<ElectronApplication>): Promise<{ app: ElectronApplication; page: Page }> {
  const app = await launch();
  const page = await app.firstWindow();
  await resize(app, page);
  await expect(title(page, 'Inspect')).toBeVisible();
  return { app, page };
}

test('keeps what was chosen in Settings for the next start', async ({ launch }) => {
  let { app, page } = await open(launch);
  await page.keyboard.press('ControlOrMeta+,');
  await expect(title(page, 'Settings')).toBeVisible();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect.poll(() => theme(page)).toBe('dark');
  await page.getByRole('radio', { name: 'Comfortable' }).click();
  await page
    .getByRole('main')
    .getByRole('button', { name: /Judged as/ })
    .click();
  await page.getByRole('option', { name: /Akamai/ }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page.getByRole('status', { name: 'Zoom' })).toHaveText('110 %');
  await page.getByRole('main').getByRole('switch', { name: 'Offline mode' }).press('Space');
  await expect(page.getByRole('contentinfo')).toContainText('Offline on');
  await app.close();

  ({ app, page } = await open(launch));
  await expect.poll(() => theme(page)).toBe('dark');
  expect(await app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  await expect(page.getByRole('contentinfo')).toContainText('Offline on');
  await expect(page.getByRole('contentinfo')).toContainText('Akamai');
  await goTo(page, 'Settings');
  await expect(page.getByRole('radio', { name: 'Comfortable' })).toBeChecked();
  await expect(page.getByRole('status', { name: 'Zoom' })).toHaveText('110 %');
});

test('zooms by keyboard and by menu, and back', async ({ app, page }) => {
  const factor = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor());
  await expect(title(page, 'Inspect')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+Equal');
  await page.keyboard.press('ControlOrMeta+Equal');
  await expect.poll(factor).toBeCloseTo(1.25);
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('zoom-out')?.click());
  await expect.poll(factor).toBeCloseTo(1.1);
  await page.keyboard.press('ControlOrMeta+0');
  await expect.poll(factor).toBeCloseTo(1);
});

test('gives a command other keys, says who had them, and takes all back', async ({ app, page }) => {
  const inMenu = (id: string) =>
    app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.accelerator, id);
  await expect(title(page, 'Inspect')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+/');
  await expect(sheet(page)).toBeVisible();
  await sheet(page)
    .getByRole('button', { name: /Keys of “Go to Keys”/ })
    .click();
  await page.keyboard.press('ControlOrMeta+C');
  await expect(sheet(page).getByRole('alert')).toContainText('Copies everywhere, so it stays.');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(sheet(page).getByRole('alert')).toContainText('is “Search commands”, which would have none');
  await sheet(page).getByRole('button', { name: 'Use them here' }).click();
  await expect(sheet(page).getByRole('button', { name: /Keys of “Search commands”: none/ })).toBeVisible();
  await expect.poll(() => inMenu('view.keys')).toBe('CmdOrCtrl+K');
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();

  await page.keyboard.press('ControlOrMeta+K');
  await expect(title(page, 'Keys')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+1');
  await page.keyboard.press('ControlOrMeta+5');
  await expect(title(page, 'Inspect')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+/');
  await sheet(page).getByRole('button', { name: 'Reset all' }).click();
  await expect.poll(() => inMenu('view.keys')).toBe('CmdOrCtrl+5');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
});

test('keeps other keys for the next start', async ({ launch }) => {
  const { app: first, page: before } = await open(launch);
  await before.keyboard.press('ControlOrMeta+/');
  await sheet(before).getByRole('searchbox').fill('settings');
  await sheet(before)
    .getByRole('button', { name: /Keys of “Go to Settings”/ })
    .click();
  await before.keyboard.press('Alt+S');
  await expect(sheet(before).getByRole('button', { name: /Keys of “Go to Settings”: Alt S/ })).toBeFocused();
  await first.close();

  const { page } = await open(launch);
  await page.keyboard.press('Alt+S');
  await expect(title(page, 'Settings')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('1 is not as they came.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} theme`, async ({ page }) => {
    test.slow(); // axe looks at every element, several times
    await page.emulateMedia({ colorScheme });
    await goTo(page, 'Settings');
    await expect(title(page, 'Settings')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('ControlOrMeta+/');
    await expect(sheet(page)).toBeVisible();
    await expectAccessible(page);
    await sheet(page)
      .getByRole('button', { name: /Keys of “Go to Keys”/ })
      .click();
    await page.keyboard.press('ControlOrMeta+K');
    await expectAccessible(page);
  });
}
