import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

interface Vector {
  readonly id: string;
  readonly token: string;
  readonly key?: { readonly type: string; readonly enc?: string; readonly value: string } | null;
}

/** A public token of `test/vectors/tokens.json`, where its source is named. */
export function vector(id: string): Vector {
  const file = path.resolve(import.meta.dirname, '../vectors/tokens.json');
  const { vectors } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] };
  const found = vectors.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
}

/** Ctrl V outside a field, with the text on the real clipboard. */
export async function paste(app: ElectronApplication, page: Page, text: string): Promise<void> {
  // by a file: of megabytes in the call itself, the answer may be thrown away with the rest of them
  const file = path.join(os.tmpdir(), `catwalk-paste-${randomUUID()}`);
  fs.writeFileSync(file, text);
  try {
    const copy = () =>
      app.evaluate(
        ({ clipboard }, from) => clipboard.writeText(process.getBuiltinModule('fs').readFileSync(from, 'utf8')),
        file,
      );
    await expect(copy).toPass({ timeout: 20_000 });
  } finally {
    fs.rmSync(file, { force: true });
  }
  await page.getByRole('main').focus();
  await page.keyboard.press('ControlOrMeta+V');
}

/** The answer to one of the three questions: the word that stands below it. */
export const answerTo = (page: Page, question: 'Integrity' | 'Time' | 'Request') =>
  page.getByRole('region', { name: 'Diagnosis' }).getByTestId(question).getByTestId('word');

export const claimRow = (page: Page, name: string) =>
  page
    .getByRole('grid', { name: 'Claims' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });

export const goTo = (
  page: Page,
  view: 'Inspect' | 'Issue' | 'Preview' | 'Batch' | 'Keys' | 'Activity' | 'History' | 'Settings',
) => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: view }).click();

/** WCAG 2.2 AA by axe. Electron has no second page to run it in, hence the legacy mode. */
export async function expectAccessible(page: Page): Promise<void> {
  // what fades in is measured when it has
  await page.evaluate(() => {
    // one that goes round for ever never has
    const ends = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ends.map(({ finished }) => finished));
  });
  // React Aria leaves what it announced in the page for seconds, by the id of an element that may be gone by then
  const axe = new AxeBuilder({ page }).exclude('[data-live-announcer]').setLegacyMode();
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(found).toEqual([]);
}

export interface NewKey {
  readonly name: string;
  readonly secret: string;
  readonly readAs?: 'auto' | 'hex' | 'utf-8' | 'base64' | 'base64url';
  readonly kid?: string;
  readonly environment?: 'DEV' | 'STAGE' | 'PROD';
}

/** Fills the import form of the Keys screen, which must be open, and stores the key. */
export async function importKey(page: Page, key: NewKey): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Import a key' });
  await form.getByRole('textbox', { name: 'Secret' }).fill(key.secret);
  if (key.readAs !== undefined) await choose(page, 'Read as', key.readAs);
  await form.getByRole('textbox', { name: 'Name' }).fill(key.name);
  if (key.environment !== undefined) await choose(page, 'Environment', key.environment);
  if (key.kid !== undefined) await form.getByRole('textbox', { name: 'Key id' }).fill(key.kid);
  await form.getByRole('button', { name: 'Import key' }).click();
  await expect(form).toBeHidden();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
