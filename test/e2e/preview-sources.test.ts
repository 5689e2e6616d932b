import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Platform } from '../../renderer/platform/platform.ts';
import { startLocalOvp } from '../ovp/local-ovp.ts';
import { sampleWorkspaces } from '../ovp/sample-workspaces.ts';
import { expect, test } from './fixtures.ts';
import { goTo } from './inspect-page.ts';
import {
  expectAllPassed,
  expectPlaying,
  PLAYER_COMPLAINTS,
  playClip,
  playerPage,
  rows,
  video,
  why,
} from './preview-page.ts';

test.use({ expectedErrors: [PLAYER_COMPLAINTS, { scope: 'test' }] });

const root = path.resolve(import.meta.dirname, '../..');
const source = (page: Page) => page.getByRole('textbox', { name: 'Source' });

async function openFrom(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'Open…' }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

test('plays a folder of this computer under a token that it gets at once', async ({ app, page }) => {
  await goTo(page, 'Preview');
  await app.evaluate(
    ({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
    },
    path.join(root, 'assets/clip'),
  );
  await openFrom(page, 'A folder of this computer…');
  await expectPlaying(await playerPage(app), 1);
  await expect(page.getByRole('button', { name: 'Media: playlist.m3u8' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(rows(page).first()).toContainText('pt:A');
  await expectAllPassed(page);

  await app.evaluate(
    ({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
    },
    path.join(root, 'docs'),
  );
  await openFrom(page, 'A folder of this computer…');
  await expect(page.getByRole('alert')).toContainText('There is no HLS playlist in what was chosen');
});

test('finds a stream by its id in the OVP or by its name, and signs a token for it', async ({ app, page }) => {
  const workspaces = sampleWorkspaces();
  const ovp = await startLocalOvp({ workspaces, perSecond: 0 });
  const live = workspaces[0]?.livestreams[0];
  if (live?.streamUrl === undefined) throw new Error('the sample has no stream');
  try {
    await goTo(page, 'Preview');
    await source(page).fill(live.id);
    await expect(page.getByText('A media id. It is looked up in the OVP, and no workspace')).toBeVisible();
    await source(page).press('Enter');
    await expect(page.getByRole('alert')).toContainText('no workspace here has an API key');

    await page.evaluate(
      async ({ address, apiKey }) => {
        const api = (window as Window & { readonly catwalk?: Platform }).catwalk?.ovp;
        const saved = await api?.saveWorkspace({ name: 'Nordlys', address, tier: 'standard' });
        if (saved?.ok) await api?.setApiKey({ workspace: saved.value.id, apiKey, store: 'session' });
      },
      { address: ovp.url, apiKey: workspaces[0]?.apiKey ?? '' },
    );
    await expect(page.getByText(`${new URL(ovp.url).host} is asked, 2 requests at most`)).toBeVisible();
    await source(page).press('Enter');
    await expect(source(page)).toHaveValue(live.streamUrl);
    await expect(page.getByRole('alert')).toBeHidden();
    // the clip answers under the stream's address, and asks for a token
    await why(page).getByRole('button', { name: 'Sign a token & retry' }).click();
    await expectPlaying(await playerPage(app), 1);

    await openFrom(page, 'From the OVP’s list…');
    const picker = page.getByRole('dialog', { name: 'Choose a video' });
    await picker.getByRole('radio', { name: 'Livestreams' }).click();
    await picker.getByRole('gridcell', { name: live.name, exact: true }).click();
    const before = ovp.calls.length;
    await picker.getByRole('button', { name: 'Use it' }).click();
    await expect(picker).toBeHidden();
    await expect(rows(page).last()).toContainText('Pass');
    // its address is known by now
    expect(ovp.calls).toHaveLength(before);
  } finally {
    await ovp.stop();
  }
});

test.describe('a copy without Flowplayer', () => {
  test.use({ expectedErrors: [[...PLAYER_COMPLAINTS, /^Unable to preload CSS/], { scope: 'test' }] });
  test('plays with hls.js, and says so', async ({ launch }) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-copy-'));
    try {
      for (const part of ['dist', 'package.json'])
        fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
      for (const part of ['node_modules', 'assets']) fs.symlinkSync(path.join(root, part), path.join(folder, part));
      execFileSync(process.execPath, [path.join(root, 'scripts/remove-flowplayer.mjs'), path.join(folder, 'dist')]);
      const app = await launch({ folder });
      const page = await app.firstWindow();
      await playClip(page);
      const player = await playerPage(app);
      await expectPlaying(player, 1);
      expect((await video(player)).isFlowplayer).toBe(false);
      await expect(page.getByText('This copy of Catwalk is without Flowplayer')).toBeVisible();
      await expect(page.getByRole('radio', { name: 'Flowplayer' })).toHaveCount(0);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
