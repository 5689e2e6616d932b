import type { ElectronApplication, Page } from '@playwright/test';
import type { Platform } from '../../renderer/platform/platform.ts';
import { type LocalOvp, startLocalOvp } from '../ovp/local-ovp.ts';
import { sampleWorkspaces } from '../ovp/sample-workspaces.ts';
import { expect, test } from './fixtures.ts';
import { answerTo, expectAccessible, goTo, paste } from './inspect-page.ts';

const NORDLYS = sampleWorkspaces()[0];
const PLAYER = '5a0e6c1d-1111-4222-8333-444455556666';

const form = (page: Page) => page.getByRole('region', { name: 'Claims' });
const output = (page: Page) => page.getByRole('region', { name: 'Output' });
const key = (page: Page) => page.getByRole('region', { name: 'Key' });

let ovp: LocalOvp;
test.beforeEach(async () => {
  ovp = await startLocalOvp({ workspaces: sampleWorkspaces(), perSecond: 0 });
});
test.afterEach(() => ovp.stop());

/** A workspace with its API key, and a playback token key that the OVP made, whose secret is in the keychain here. */
async function connect(page: Page): Promise<void> {
  const failed = await page.evaluate(
    async ({ address, apiKey }) => {
      const api = (window as Window & { readonly catwalk?: Platform }).catwalk?.ovp;
      if (api === undefined) return 'no contract';
      const saved = await api.saveWorkspace({ name: 'Nordlys', address, tier: 'standard' });
      if (!saved.ok) return saved.error.message;
      const { id: workspace } = saved.value;
      const entered = await api.setApiKey({ workspace, apiKey, store: 'keychain' });
      if (!entered.ok) return entered.error.message;
      const made = await api.createKey({ workspace, name: 'ovp-1', environment: 'stage', store: 'keychain' });
      return made.ok ? made.value.kind : made.error.message;
    },
    { address: ovp.url, apiKey: NORDLYS?.apiKey ?? '' },
  );
  expect(failed).toBe('stored');
}

async function startOneVideo(page: Page): Promise<void> {
  await goTo(page, 'Issue');
  await page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'One video' }).click();
}

async function choose(page: Page, kind: 'Videos' | 'Livestreams', name: string): Promise<void> {
  await form(page).getByRole('button', { name: 'Choose from the OVP’s list…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a video' });
  await dialog.getByRole('radio', { name: kind }).click();
  await dialog.getByRole('button', { name: 'Refresh' }).click();
  await dialog.getByRole('gridcell', { name, exact: true }).click();
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await expect(dialog).toBeHidden();
}

const clipboard = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ clipboard: system }) => system.readText());

async function copyEmbedAndInspect(app: ElectronApplication, page: Page, id: string): Promise<void> {
  await output(page).getByRole('tab', { name: 'Embed' }).click();
  await output(page).getByRole('textbox', { name: 'Player id' }).fill(PLAYER);
  await output(page).getByRole('button', { name: 'Copy Embed, ES module' }).click();
  await expect.poll(() => clipboard(app)).toContain(`/${id}.js`);
  await goTo(page, 'Inspect');
  await paste(app, page, await clipboard(app));
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(page.getByRole('main')).toContainText(new RegExp(`paths that contain\\s*${id}`));
}

test('asks the OVP for the token of a video chosen by its name, and reads it as genuine', async ({ app, page }) => {
  await connect(page);
  await startOneVideo(page);
  const video = NORDLYS?.videos[0];
  if (video === undefined) throw new Error('the sample has no video');
  await choose(page, 'Videos', video.name);
  await expect(form(page).getByRole('textbox', { name: 'Video', exact: true })).toHaveValue(video.id);

  await key(page).getByText('Request from OVP').click();
  await expect(key(page)).toContainText(`1 request to ${new URL(ovp.url).host}`);
  const before = ovp.calls.length;
  await page.getByRole('button', { name: 'Request token' }).click();
  await expect(output(page)).toContainText('Received');
  await expect(output(page)).toContainText('by the OVP with ovp-1');
  expect(ovp.calls.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /platform/v3/playback_tokens',
  ]);
  await copyEmbedAndInspect(app, page, video.id);

  // and the same with the key that the OVP made, signed here
  await goTo(page, 'Issue');
  await key(page).getByText('Sign offline').click();
  await page.getByRole('button', { name: 'Sign token' }).click();
  await expect(output(page)).toContainText('Signed');
  expect(ovp.calls).toHaveLength(before + 1);
  await copyEmbedAndInspect(app, page, video.id);

  await goTo(page, 'Issue');
  await page.getByRole('button', { name: 'Issue log…' }).click();
  const log = page.getByRole('dialog', { name: 'Issue log' });
  await expect(log.getByRole('row', { name: /OVP, Nordlys/ })).toContainText('ovp-1');
  await expect(log.getByRole('row', { name: /Here/ })).toContainText('ovp-1');
});

test('checks a livestream’s id against its real address before a token is made', async ({ page }) => {
  await connect(page);
  await startOneVideo(page);
  await choose(page, 'Livestreams', 'Harbour camera');
  const sign = page.getByRole('button', { name: 'Sign token' });
  await expect(sign).toBeDisabled();
  const address = form(page).getByRole('textbox', { name: 'Real address of the stream' });
  const link = '0d4f8a16-5c2e-4b7a-8e3d-6a1b9c0df506';
  await address.fill(`https://lw-amedia-cf.lwcdn.com/hls/${link}/playlist.m3u8`);
  await expect(form(page)).toContainText('The path has another id');
  await expect(sign).toBeDisabled();
  await form(page)
    .getByRole('button', { name: `Use ${link}` })
    .click();
  await expect(form(page)).toContainText('The path contains the rule’s id');
  await expect(page.getByTestId('in-words')).toContainText(link);
  await expect(sign).toBeEnabled();
  // the embed still names the livestream as the OVP does
  await output(page).getByRole('tab', { name: 'Embed' }).click();
  await expect(output(page).getByRole('textbox', { name: 'Video id' })).not.toHaveValue(link);
});

test('shows the queue while the OVP has not answered, and cancels', async ({ page }) => {
  await connect(page);
  await startOneVideo(page);
  await form(page)
    .getByRole('textbox', { name: 'Video', exact: true })
    .fill(`${PLAYER}/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517`);
  await expect(form(page).getByRole('textbox', { name: 'Video', exact: true })).toHaveValue(
    '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517',
  );
  await key(page).getByText('Request from OVP').click();
  ovp.fail({ kind: 'time-out', on: 'POST /playback_tokens' });
  await page.getByRole('button', { name: 'Request token' }).click();
  const sending = page.getByRole('region', { name: 'Sign' });
  await expect(sending).toContainText('sending');
  await sending.getByRole('button', { name: 'Cancel' }).click();
  await expect(sending.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await expect(output(page)).toContainText('Not signed yet');
  await expect(sending.getByRole('alert')).toHaveCount(0);

  await page.getByRole('switch', { name: 'Offline' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Request token' })).toBeDisabled();
});

test('says what the OVP refused, with its own words', async ({ page }) => {
  await connect(page);
  await startOneVideo(page);
  await form(page).getByRole('textbox', { name: 'Video', exact: true }).fill('7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517');
  await key(page).getByText('Request from OVP').click();
  ovp.fail({ kind: '422', on: 'POST /playback_tokens' });
  await page.getByRole('button', { name: 'Request token' }).click();
  await expect(page.getByRole('region', { name: 'Sign' }).getByRole('alert')).toContainText('raw answer');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
});
