import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { SAMPLE } from '../../renderer/features/inspect/sample.ts';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import { expect, resize, test } from './fixtures.ts';
import { answerTo, claimRow, expectAccessible, goTo, paste, vector } from './inspect-page.ts';

const JONAS = vector('nodecat-akamai-iss-jonas');

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

/** Not a quit: nothing is told, nothing can be finished. */
async function kill(app: ElectronApplication): Promise<void> {
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await ended;
}

/** The files of a folder and below that hold a text, as they lie on the disk. */
const filesWith = (folder: string, text: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file, 'latin1').includes(text));

/** Waits until what is open is on the disk: its file was written, and then stood still. */
async function expectKept(profile: string, name: string): Promise<void> {
  const file = path.join(profile, 'kept', `${name}.sealed`);
  const stamp = () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
  let before = '';
  await expect(async () => {
    const now = stamp();
    const isStill = now !== '' && now === before;
    before = now;
    expect(isStill).toBe(true);
  }).toPass({ intervals: [1500] });
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
  // the button had the focus and has nothing to do any more: the sheet has it then, and its keys
  await expect(sheet(page).getByRole('button', { name: 'Reset all' })).toBeDisabled();
  const hasFocus = () => sheet(page).evaluate((box) => box.contains(document.activeElement));
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();
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
  // nothing shows when the window has read the settings
  await expect(async () => {
    await page.keyboard.press('Alt+S');
    await expect(title(page, 'Settings')).toBeVisible({ timeout: 1000 });
  }).toPass();
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

  test(`is accessible where something is listed or compared, in the ${colorScheme} theme`, async ({ app, page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await page.evaluate(async () => {
      const { catwalk } = window as unknown as { catwalk: CatwalkApi };
      await catwalk.settings.set({ keepHistory: true });
    });
    await paste(app, page, SAMPLE);
    await expect.poll(() => countHistory(page)).toBe(1);
    await page.getByRole('button', { name: 'Compare…' }).click();
    await page.getByRole('textbox', { name: 'Text of token B' }).fill(JONAS.token);
    await expect(page.getByRole('region', { name: 'Comparison' })).toContainText('come out otherwise');
    await expectAccessible(page);
    for (const tab of ['Claims', 'Envelope', 'Bytes']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel')).toBeVisible();
      await expectAccessible(page);
    }
    await goTo(page, 'History');
    await expect(page.getByRole('grid', { name: 'History' })).toContainText('seg_0017.ts');
    await expectAccessible(page);
    await goTo(page, 'Activity');
    await expect(title(page, 'Nothing was sent')).toBeVisible();
    await expectAccessible(page);
  });
}

test('tells verdicts, focus and chosen things apart in forced colours, and moves nothing where motion is unwanted', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await paste(app, page, SAMPLE);
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied/);
  // the word and the icon say it, whatever colours there are
  for (const question of ['Integrity', 'Time', 'Request'])
    await expect(
      page.getByRole('region', { name: 'Diagnosis' }).getByTestId(question).locator('svg').first(),
    ).toBeVisible();
  await claimRow(page, 'iss').focus();
  await page.keyboard.press('ArrowDown');
  const ring = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
    return { outlineStyle, outlineWidth };
  });
  expect(ring).toEqual({ outlineStyle: 'solid', outlineWidth: '2px' });
  const current = page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Inspect' });
  const other = page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Issue' });
  const look = (element: typeof current) =>
    element.evaluate((node) => {
      const { outlineStyle, backgroundColor, borderStyle, color } = getComputedStyle(node);
      return { outlineStyle, backgroundColor, borderStyle, color };
    });
  expect(await look(current)).not.toEqual(await look(other));
  await expect
    .poll(() =>
      page.evaluate(() =>
        Math.max(0, ...document.getAnimations().map((one) => Number(one.effect?.getComputedTiming().duration ?? 0))),
      ),
    )
    .toBeLessThan(1);
});

test('is walked by keyboard alone: views, tabs, a setting, the sheet of keys and the palette', async ({
  app,
  page,
}) => {
  const press = (...keys: string[]) =>
    keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
  await expect(title(page, 'Inspect')).toBeVisible();
  for (const [keys, name] of [
    ['ControlOrMeta+2', 'Issue'],
    ['ControlOrMeta+3', 'Preview'],
    ['ControlOrMeta+4', 'Batch'],
    ['ControlOrMeta+5', 'Keys'],
    ['ControlOrMeta+6', 'Activity'],
    ['ControlOrMeta+Shift+H', 'History'],
    ['ControlOrMeta+,', 'Settings'],
  ] as const) {
    await press(keys);
    await expect(title(page, name)).toBeVisible();
  }
  // from the rail on into the settings: the theme is the first thing there is to choose
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).focus();
  await press('Tab', 'ArrowRight', 'ArrowRight');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeFocused();
  await press('Space');
  await expect.poll(() => theme(page)).toBe('dark');

  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), JONAS.token);
  await press('ControlOrMeta+1');
  await expect(title(page, 'Inspect')).toBeVisible();
  await press('ControlOrMeta+V');
  // until it is read it has no name
  await expect(claimRow(page, 'iss')).toBeVisible();
  await press('ControlOrMeta+T');
  await expect(openTab(page, 'Untitled')).toHaveAttribute('aria-current', 'true');
  await press('ControlOrMeta+W');
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');

  await press('ControlOrMeta+/');
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.type('go to issue');
  await press('Tab');
  const chosen = sheet(page).getByRole('button', { name: /Keys of “Go to Issue”/ });
  for (let step = 0; step < 6 && !(await chosen.evaluate((node) => node === document.activeElement)); step += 1)
    await press('Tab');
  await expect(chosen).toBeFocused();
  await press('Enter', 'Alt+I');
  await expect(sheet(page).getByRole('button', { name: /Keys of “Go to Issue”: Alt I/ })).toBeFocused();
  await press('Escape');
  await expect(sheet(page)).toBeHidden();
  await press('Alt+I');
  await expect(title(page, 'Issue')).toBeVisible();
  await press('ControlOrMeta+K');
  await page.keyboard.type('go insp');
  await press('Enter');
  await expect(claimRow(page, 'iss')).toBeVisible();
});

test('takes the settings to another computer in a file, without what is of this one', async ({ launch, profile }) => {
  const file = path.join(profile, 'settings-elsewhere.json');
  const { app, page } = await open(launch);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await goTo(page, 'Settings');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.getByRole('radio', { name: 'Comfortable' }).click();
  await page.getByRole('button', { name: 'Export…' }).click();
  await expect(page.getByRole('main')).toContainText('Written to settings-elsewhere.json.');
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({
    settings: { theme: 'dark', density: 'comfortable' },
  });

  await page.getByRole('radio', { name: 'Light' }).click();
  await expect.poll(() => theme(page)).toBe('light');
  await page.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByRole('main')).toContainText('The settings of settings-elsewhere.json are in use.');
  await expect.poll(() => theme(page)).toBe('dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  fs.writeFileSync(file, '{"format":"something else"}');
  await page.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
});

/** Entries as main has them. */
const countHistory = (page: Page) =>
  page.evaluate(async () => {
    const { catwalk } = window as unknown as { catwalk: CatwalkApi };
    const answer = await catwalk.history.list();
    return answer.ok ? answer.value.entries.length : -1;
  });

const tabs = (page: Page) => page.getByRole('toolbar', { name: 'Open tokens' });
const openTab = (page: Page, name: string) => tabs(page).getByRole('button', { name: new RegExp(`^${name} `) });

test('opens each paste in a tab of its own, and a closed one again', async ({ app, page }) => {
  await paste(app, page, SAMPLE);
  await expect(openTab(page, 'seg_0017.ts')).toHaveAttribute('aria-current', 'true');
  await page.getByRole('textbox', { name: 'Country' }).fill('dk');
  await paste(app, page, JONAS.token);
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
  await expect(tabs(page).getByRole('button', { name: /^Close/ })).toHaveCount(2);

  await page.keyboard.press('ControlOrMeta+PageUp');
  await expect(page.getByRole('textbox', { name: 'Country' })).toHaveValue('DK');
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied by 2 of 7/);
  await page.keyboard.press('ControlOrMeta+W');
  await expect(openTab(page, 'seg_0017.ts')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+Shift+T');
  await expect(openTab(page, 'seg_0017.ts')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('textbox', { name: 'Country' })).toHaveValue('DK');
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied by 2 of 7/);
  await page.keyboard.press('ControlOrMeta+T');
  await expect(page.getByRole('button', { name: 'use a sample' })).toBeVisible();
  await expect(openTab(page, 'Untitled')).toHaveAttribute('aria-current', 'true');
});

test('has tabs and drafts again after it was killed', async ({ launch, profile }) => {
  const first = await open(launch);
  await paste(first.app, first.page, SAMPLE);
  await first.page.getByRole('textbox', { name: 'Country' }).fill('dk');
  await paste(first.app, first.page, JONAS.token);
  await expect(claimRow(first.page, 'iss')).toContainText('coap://jonas.example.com');
  await first.page.getByRole('button', { name: 'Clone & edit' }).click();
  await expect(first.page.getByRole('heading', { name: 'Issue', exact: true })).toBeVisible();
  await expect
    .poll(() => fs.readdirSync(path.join(profile, 'kept')).sort())
    .toEqual(['inspect.sealed', 'issue.sealed']);
  await goTo(first.page, 'Inspect');
  await first.page.keyboard.press('ControlOrMeta+PageUp');
  await expectKept(profile, 'inspect');
  await kill(first.app);

  const { app, page } = await open(launch);
  await expect(openTab(page, 'seg_0017.ts')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('textbox', { name: 'Country' })).toHaveValue('DK');
  await page.keyboard.press('ControlOrMeta+PageDown');
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
  await goTo(page, 'Issue');
  await expect(page.getByRole('main')).toContainText('coap://jonas.example.com');
  // not the sample: it is in the application's own script, of which Chromium caches the code
  expect(filesWith(profile, JONAS.token.slice(0, 40))).toEqual([]);
  await app.close();
});

test('starts clean where that was chosen', async ({ launch, profile }) => {
  const first = await open(launch);
  await paste(first.app, first.page, SAMPLE);
  await expect(openTab(first.page, 'seg_0017.ts')).toBeVisible();
  await expectKept(profile, 'inspect');
  await goTo(first.page, 'Settings');
  await first.page.getByRole('switch', { name: 'Open what was open last time' }).press('Space');
  await expect.poll(() => fs.existsSync(path.join(profile, 'kept'))).toBe(false);
  await first.app.close();
  const { page } = await open(launch);
  await expect(page.getByRole('button', { name: 'use a sample' })).toBeVisible();
  expect(fs.existsSync(path.join(profile, 'kept'))).toBe(false);
});

test('keeps a history where that was chosen, finds in it, and wipes it', async ({ app, page, profile }) => {
  const entries = page
    .getByRole('grid', { name: 'History' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
  await paste(app, page, SAMPLE);
  await expect(answerTo(page, 'Integrity')).toHaveText('Not checked');
  await goTo(page, 'History');
  await expect(title(page, 'The history is off')).toBeVisible();
  await page.getByRole('button', { name: 'Keep a history' }).click();
  await expect(title(page, 'Nothing yet')).toBeVisible();

  await paste(app, page, JONAS.token);
  await expect(answerTo(page, 'Time')).toHaveText('Never expires');
  await goTo(page, 'History');
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText('coap://jonas.example.com');
  await expect(entries).toContainText('Never expires');
  expect(await page.evaluate(() => document.body.innerHTML)).not.toContain(JONAS.token);
  expect(filesWith(profile, JONAS.token.slice(0, 40))).toEqual([]);
  await page.getByRole('searchbox', { name: 'Search the history' }).fill('nobody');
  await expect(page.getByRole('main')).toContainText('No entry matches');
  await page.getByRole('button', { name: 'Clear the search' }).click();

  await entries.press('Enter');
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
  await goTo(page, 'History');
  await page.getByRole('button', { name: 'Wipe…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Wipe the history' }).click();
  await expect(title(page, 'Nothing yet')).toBeVisible();
  expect(fs.existsSync(path.join(profile, 'history.sealed'))).toBe(false);
});

test('lists everything that was looked at, whatever the clock does meanwhile', async ({ app, page }) => {
  await goTo(page, 'History');
  await page.getByRole('button', { name: 'Keep a history' }).click();
  await expect(title(page, 'Nothing yet')).toBeVisible();
  const texts = [SAMPLE, JONAS.token, vector('nodecat-mac64-hexpayload').token];
  for (const [index, text] of texts.entries()) {
    await paste(app, page, text);
    // asked while Inspect is open and its clock ticks
    await expect.poll(() => countHistory(page)).toBe(index + 1);
  }
});

test('has a menu in fields and for what is selected, by mouse and by keyboard, and none elsewhere', async ({
  app,
  page,
}) => {
  // a native menu would stand on the display and wait: it is caught as it opens, and its entries are pressed here
  await app.evaluate(({ Menu }) => {
    const opened: Electron.Menu[] = [];
    Object.assign(globalThis, { opened });
    Menu.prototype.popup = function (this: Electron.Menu) {
      opened.push(this);
    };
  });
  const menus = () =>
    app.evaluate(() =>
      (globalThis as unknown as { opened: Electron.Menu[] }).opened.map(({ items }) =>
        items.filter((item) => item.enabled && item.type !== 'separator').map((item) => item.role?.toLowerCase()),
      ),
    );
  await paste(app, page, SAMPLE);
  await expect(answerTo(page, 'Integrity')).toHaveText('Not checked');
  await page.getByRole('region', { name: 'Diagnosis' }).getByTestId('Time').click({ button: 'right' });
  const country = page.getByRole('textbox', { name: 'Country' });
  await country.fill('DK');
  await country.selectText();
  await page.keyboard.press('Shift+F10');
  await expect.poll(menus).toEqual([['undo', 'cut', 'copy', 'paste', 'delete', 'selectall']]);
  await page.locator('.sentence').selectText();
  await page.locator('.sentence').click({ button: 'right' });
  await expect.poll(async () => (await menus()).at(-1)).toEqual(['copy']);
  await country.click({ button: 'right' });
  await expect.poll(async () => (await menus()).length).toBe(3);
  // what is on the clipboard is the command that was pasted
  await app.evaluate(async ({ BrowserWindow, clipboard }) => {
    await clipboard.writeText('se');
    const [window] = BrowserWindow.getAllWindows();
    const paste = (globalThis as unknown as { opened: Electron.Menu[] }).opened
      .at(-1)
      ?.items.find((item) => item.role === 'paste');
    paste?.click(undefined, window, window?.webContents);
  });
  await expect(country).toHaveValue(/SE/);
});

test('opens where it was, also after it was killed, and on a screen that is there', async ({ launch, profile }) => {
  const file = path.join(profile, 'window.json');
  const place = () =>
    JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly data: { readonly bounds: Electron.Rectangle } };
  const bounds = (app: ElectronApplication) =>
    app.evaluate(({ BrowserWindow, screen }) => ({
      now: BrowserWindow.getAllWindows()[0]?.getBounds(),
      area: screen.getPrimaryDisplay().workArea,
    }));
  let { app } = await open(launch);
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1200, height: 720 }),
  );
  const { now: moved } = await bounds(app);
  await expect.poll(() => fs.existsSync(file) && place().data.bounds).toEqual(moved);
  await kill(app);

  app = await launch();
  await app.firstWindow();
  expect((await bounds(app)).now).toEqual(moved);
  await app.close();

  // written while a second screen stood to the right
  const gone = { ...place(), data: { ...place().data, bounds: { x: 9000, y: 100, width: 1200, height: 720 } } };
  fs.writeFileSync(file, JSON.stringify(gone));
  app = await launch();
  await app.firstWindow();
  const { now, area } = await bounds(app);
  expect(now).toMatchObject({ width: 1200, height: 720 });
  expect(now?.x).toBeGreaterThanOrEqual(area.x);
  expect((now?.x ?? 0) + 1200).toBeLessThanOrEqual(area.x + area.width);
});

test('says that a token was copied where that was chosen, and looks at it only when asked', async ({ app, page }) => {
  const comeBack = (copied: string) =>
    app.evaluate(async ({ BrowserWindow, clipboard }, text) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) return;
      const left = new Promise<void>((resolve) => window.once('blur', () => resolve()));
      if (window.isFocused()) {
        window.blur();
        await left;
      }
      await clipboard.writeText(text);
      window.focus();
    }, copied);
  const offer = page.getByRole('status').filter({ hasText: 'The clipboard holds a token.' });
  await goTo(page, 'Settings');
  await page.getByRole('switch', { name: 'Look at the clipboard' }).press('Space');
  await comeBack(JONAS.token);
  await expect(offer).toBeVisible();
  await expectAccessible(page);
  await expect(title(page, 'Settings')).toBeVisible();
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toBeHidden();

  await comeBack(`curl 'https://cdn.example.com/?CAT=${vector('nodecat-mac64-hexpayload').token}'`);
  await offer.getByRole('button', { name: 'Look at it' }).click();
  await expect(claimRow(page, 'iss')).toBeVisible();
  await expect(offer).toBeHidden();
});
