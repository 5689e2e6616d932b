import { createSample } from '../../main/app/sample.ts';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import { expect, test } from './fixtures.ts';
import { answerTo, expectAccessible, paste, vector } from './inspect-page.ts';

declare const catwalk: CatwalkApi;

/** Signed as the application signs its sample, with a key that is gone. */
function sampleOfBefore(): string {
  const made = createSample(nodeCrypto).make({ changes: [] });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.text;
}

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

test.describe('a first start', () => {
  test.use({ isFirstRun: true });

  test('shows a refused sample with the reason, mends it, and is over with the first token of one’s own', async ({
    app,
    page,
  }) => {
    const sample = page.getByRole('region', { name: 'Sample diagnosis' });
    const answer = (question: string) => sample.getByTestId(question).getByTestId('word');
    const headline = (name: string) => page.getByRole('heading', { name });
    await expect(headline('This token gets a 403. Here is why.')).toBeVisible();
    await expect(answer('Integrity')).toHaveText('Verified');
    await expect(sample.getByTestId('Integrity')).toContainText('built in');
    await expect(answer('Time')).toHaveText(/^Valid for/);
    await expect(answer('Request')).toHaveText('Denied by 1 of 4 claims');
    await expect(sample).toContainText('first difference at character 18');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }

    await sample.getByRole('button', { name: 'Fix and re-sign' }).click();
    await expect(headline('The fixed token gets in.')).toBeVisible();
    await expect(answer('Integrity')).toHaveText('Verified');
    await expect(answer('Request')).toHaveText('Allowed by all 4 claims');

    // the sample is looked at like any token, and counts as none of one's own
    await page.evaluate(() => catwalk.settings.set({ keepHistory: true }));
    await sample.getByRole('button', { name: 'Open in Inspect' }).click();
    await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
    expect(await page.evaluate(() => catwalk.keys.list())).toEqual({ ok: true, value: [] });
    // one that was kept from an earlier start says why it cannot be checked any more, and what can be done
    await paste(app, page, sampleOfBefore());
    await expect(answerTo(page, 'Integrity')).toHaveText('Not checked');
    await expect(page.getByTestId('Integrity')).toContainText('an earlier sample');
    await page.getByRole('button', { name: 'Sign a new one' }).click();
    await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
    await page.getByRole('button', { name: 'New tab' }).click();
    await expect(headline('This token gets a 403. Here is why.')).toBeVisible();

    await paste(app, page, vector('nodecat-akamai-iss-jonas').token);
    await expect
      .poll(() => page.evaluate(() => catwalk.history.list()))
      .toMatchObject({
        value: { entries: [{ title: expect.stringContaining('jonas') }] },
      });
    await page.getByRole('button', { name: 'New tab' }).click();
    await expect(headline('What does this token say?')).toBeVisible();
  });
});
