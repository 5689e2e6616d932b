import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type LocalOvp, type LocalOvpOptions, startLocalOvp } from '../ovp/local-ovp.ts';
import { sampleWorkspaces } from '../ovp/sample-workspaces.ts';
import { expect } from './fixtures.ts';
import { goTo } from './inspect-page.ts';
import { test as base } from './keyring.ts';

const [NORDLYS] = sampleWorkspaces();
export const API_KEY = NORDLYS?.apiKey ?? '';

export const PASSPHRASE = 'correct horse battery';

interface OvpFixtures {
  /** how the local OVP is, before it starts */
  ovpOptions: Partial<LocalOvpOptions>;
  ovp: LocalOvp;
}

/** Tests with an OVP of their own on this machine, and a keyring of their own. */
export const test = base.extend<OvpFixtures>({
  ovpOptions: [{}, { option: true }],
  ovp: async ({ ovpOptions }, use) => {
    const ovp = await startLocalOvp({ workspaces: sampleWorkspaces(), perSecond: 0, ...ovpOptions });
    await use(ovp);
    await ovp.stop();
  },
});

const field = (page: Page, name: string) => page.getByRole('textbox', { name });
export const sidePanel = (page: Page, name: string) => page.getByRole('dialog', { name });
export const setUp = (page: Page) => page.getByRole('region', { name: 'Set up' });
export const inOvp = (page: Page) => page.getByRole('region', { name: 'In the OVP' });
export const showPage = (page: Page, title: 'Keys' | 'OVP workspaces') =>
  page.getByRole('radiogroup', { name: 'What is shown' }).getByText(title, { exact: true }).click();

/** Answers the question where secrets live with what is proposed: the keychain. */
export async function useKeychain(page: Page): Promise<void> {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Use this' }).click();
  await expect(page.getByRole('region', { name: 'Choose where secrets live' })).toBeHidden();
}

/** Adds the workspace of the local OVP by hand, its API key typed into the form; three requests a second. */
export async function addWorkspace(page: Page, ovp: LocalOvp): Promise<void> {
  await goTo(page, 'Keys');
  await showPage(page, 'OVP workspaces');
  await page.getByRole('button', { name: 'Add a workspace…' }).click();
  const form = sidePanel(page, 'OVP workspace');
  await field(page, 'Workspace name').fill('Nordlys');
  await field(page, 'Address').fill(ovp.url);
  await form.getByRole('button', { name: 'Pace' }).click();
  await page.getByRole('option', { name: '3 requests a second' }).click();
  await field(page, 'API key').fill(API_KEY);
  await form.getByRole('button', { name: /^Save(?! and)/ }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('region', { name: 'Workspaces' })).toContainText('API key stored');
}

/** Fills the form that makes a key in the OVP, which opens. */
export async function fillCreation(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create in OVP…' }).first().click();
  await sidePanel(page, 'Create key in OVP').getByRole('textbox', { name: 'Name' }).fill(name);
}

/** Fills the form that makes a vault, which must be open. */
export async function makeVault(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Make a passphrase vault' });
  await form.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await form.getByLabel('The same again').fill(PASSPHRASE);
  await form.getByRole('button', { name: 'Make the vault' }).click();
  await expect(form).toBeHidden();
}

/** Every file under a folder that holds one of the texts. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = fs.readFileSync(file);
      return texts.some((text) => content.includes(text));
    });
}

/** Everything that the page's engine holds, as the JSON of a heap snapshot: all strings of its scripts are in it. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

/** A secret in every form it could have been written in. */
export const formsOf = (text: string): string[] => {
  const bytes = [Buffer.from(text), ...(/^(?:[0-9a-f]{2})+$/.test(text) ? [Buffer.from(text, 'hex')] : [])];
  return [text, ...bytes.flatMap((one) => [one.toString('base64'), one.toString('base64url')])];
};
