import { Buffer } from 'node:buffer';
import { array, bytes, int, map, text } from '../../shared/cbor/build.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { expect, test } from './fixtures.ts';
import { answerTo, claimRow, expectAccessible, paste, vector } from './inspect-page.ts';

/** bidi controls and a zero-width character */
const HOSTILE = /[\u200b\u202a-\u202e\u2066-\u2069]/;
const JONAS = vector('nodecat-akamai-iss-jonas');

test('teaches what can be pasted, and diagnoses the sample', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Paste anything with a token in it' })).toBeVisible();
  await page.getByRole('button', { name: 'use a sample' }).click();
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied by 1 of 7 claims$/);
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText('It covers paths that start with /hls/…');
  await expect(claimRow(page, 'path')).toContainText('first difference at character 5');
});

test('shows the claims of a pasted token, and that nobody checked who made it', async ({ app, page }) => {
  await paste(app, page, JONAS.token);
  await expect(answerTo(page, 'Integrity')).toHaveText('Not checked');
  await expect(answerTo(page, 'Time')).toHaveText('Never expires');
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
  await expect(claimRow(page, 'iat')).toContainText('1741985961');
  await expect(page.getByRole('main')).toContainText('no key for kid akamai_key_hs256');
});

test('lights a claim in the table, the bytes, the string and EDN together', async ({ app, page }) => {
  await paste(app, page, JONAS.token);
  const row = claimRow(page, 'iss');
  await row.hover();
  const line = page.getByRole('grid', { name: 'Byte map' }).getByRole('row', { name: /iss \(1\)/ });
  const characters = page.getByRole('region', { name: 'Token text' }).locator('[data-lit]');
  await expect(line).toHaveAttribute('data-lit', 'true');
  await expect(characters).toHaveCount(1);

  await line.click();
  await expect(row).toHaveAttribute('data-selected', 'true');
  await page.getByRole('tab', { name: 'EDN' }).click();
  await expect(page.getByRole('option', { name: /coap:\/\/jonas/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(row).not.toHaveAttribute('data-selected', 'true');
});

test('moves time alone by keyboard', async ({ page }) => {
  await page.getByRole('button', { name: 'use a sample' }).click();
  const request = await answerTo(page, 'Request').textContent();
  const slider = page.getByRole('slider', { name: 'Judge as of' });
  await slider.focus();
  await page.keyboard.press('End');
  await expect(answerTo(page, 'Time')).toHaveText('Valid for 1 s');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(answerTo(page, 'Time')).toHaveText('Expired 0 s ago');
  await page.keyboard.press('Home');
  await expect(answerTo(page, 'Time')).toHaveText('Valid for 2 h');
  await expect(answerTo(page, 'Request')).toHaveText(request ?? '');
  await expect(page.getByRole('contentinfo')).toContainText('as of');
  await page.keyboard.press('ControlOrMeta+0');
  await expect(page.getByRole('contentinfo')).not.toContainText('as of');
});

test('passes the request once its URL is one the token covers', async ({ page }) => {
  await page.getByRole('button', { name: 'use a sample' }).click();
  const url = page.getByRole('textbox', { name: 'URL' });
  await url.fill('https://cdn.example.com/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/1080p/seg_0017.ts');
  await expect(answerTo(page, 'Request')).toHaveText('Not fully checked');
  await page.getByRole('textbox', { name: 'Country' }).fill('dk');
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied by 1 of 7/);
  await page.getByRole('button', { name: 'Reset to the pasted request' }).click();
  await expect(url).toHaveValue(/hls-hq/);
});

test('shows a damaged token up to the bad byte', async ({ app, page }) => {
  await paste(app, page, JONAS.token.slice(0, 120));
  await expect(page.getByRole('main')).toContainText('The token stops at byte');
  await expect(answerTo(page, 'Integrity')).not.toHaveText('Verified');
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
});

test('names what is not a CAT', async ({ app, page }) => {
  const jwt = ['{"alg":"HS256","typ":"JWT"}', '{"sub":"someone"}', 'not a real signature, only its length 32']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  await paste(app, page, jwt);
  await expect(page.getByRole('heading', { name: 'This is not a Common Access Token' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('This is a JSON Web Token');
  await paste(app, page, 'nothing to see here');
  await expect(page.getByRole('heading', { name: 'No token was found in this text' })).toBeVisible();
});

test('shows hostile claims harmlessly', async ({ app, page }) => {
  const claims = map(
    [int(1), text('\u202emoc.live\u202c<img src=x onerror=alert(1)>')],
    [int(2), text('javascript:alert(1)')],
    [int(3), text('a\u0000b\u200bc\r\n')],
    [text('https://evil.example/\u2066x'), text('z'.repeat(20_000))],
  );
  const protectedHeaders = bytes(encode(map([int(1), int(5)])));
  const token = encode({
    kind: 'tag',
    tag: 17,
    value: array(protectedHeaders, map(), bytes(encode(claims)), bytes(new Uint8Array(32))),
  });
  await paste(app, page, Buffer.from(token).toString('base64url'));
  await expect(claimRow(page, 'iss')).toContainText('\\u{202e}moc.live\\u{202c}<img src=x onerror=alert(1)>');
  await expect(claimRow(page, 'aud')).toContainText('a\\u{0000}b\\u{200b}c\\r\\n');
  await expect(page.getByRole('link').filter({ hasNotText: 'Skip to the view' })).toHaveCount(0);
  await expect(page.locator('img')).toHaveCount(0);
  for (const tab of ['EDN', 'JSON', 'Findings', 'Bytes']) await page.getByRole('tab', { name: tab }).click();
  const shown = await page.evaluate(() => document.body.textContent ?? '');
  expect(shown).not.toMatch(HOSTILE);
  await expect(page.getByRole('contentinfo')).toContainText('0 requests sent');
});

test('picks among several tokens', async ({ app, page }) => {
  await paste(app, page, `first ${JONAS.token}\nsecond ${vector('nodecat-mac64-hexpayload').token}`);
  await expect(claimRow(page, 'iss')).toContainText('coap://jonas.example.com');
  await page.getByRole('button', { name: 'Token 1 of 2, choose another' }).click();
  await page.getByRole('option').nth(1).click();
  await expect(claimRow(page, 'iss')).toContainText('coap://as.example.com');
});

test('is walked by keyboard: skip link, regions, views, palette', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Inspect', exact: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the view' })).toBeFocused();
  const regions = new Set<string>();
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('F6');
    regions.add((await page.evaluate(() => document.activeElement?.closest('[data-region]')?.className)) ?? 'none');
  }
  expect([...regions].sort()).toEqual(['rail', 'statusbar', 'titlebar', 'vh', 'wl']);
  await page.keyboard.press('ControlOrMeta+5');
  await expect(page.getByRole('heading', { name: 'Keys', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('go insp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Inspect', exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} theme`, async ({ page }) => {
    test.slow(); // axe looks at every element, several times
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'use a sample' }).click();
    await expect(answerTo(page, 'Integrity')).toHaveText('Not checked');
    await claimRow(page, 'catnip').click();
    await expectAccessible(page);
    for (const tab of ['EDN', 'JSON', 'Findings', 'Elsewhere']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectAccessible(page);
    }
    await page.keyboard.press('ControlOrMeta+K');
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    await expectAccessible(page);
  });
}

test('stays usable in the smallest window', async ({ app, page }) => {
  const window = await app.browserWindow(page);
  await window.evaluate((browserWindow) => browserWindow.setContentSize(1100, 680));
  await page.getByRole('button', { name: 'use a sample' }).click();
  await expect(claimRow(page, 'catu')).toBeVisible();
  await page.getByRole('tab', { name: 'Request' }).click();
  await expect(page.getByRole('textbox', { name: 'URL' })).toBeVisible();
  await page.getByRole('tab', { name: 'Bytes' }).click();
  await expect(page.getByRole('grid', { name: 'Byte map' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1100);
  await expectAccessible(page);
});

test('says what other verifiers would, and judges as one of them', async ({ page }) => {
  await page.getByRole('button', { name: 'use a sample' }).click();
  await expect(answerTo(page, 'Request')).toHaveText(/^Denied/);
  await page.keyboard.press('Alt+5');
  const elsewhere = page.getByRole('list', { name: 'What other verifiers would say' });
  await expect(elsewhere).toContainText('Flowplayer OVP does not look for a token in header');
  await elsewhere.getByRole('button', { name: 'Judge as Flowplayer OVP' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Judged as Flowplayer OVP');
  await expect(page.getByRole('region', { name: 'Request to judge' })).toContainText(
    'It would find no token in this request.',
  );
});

test('copies any item in every form, by menu and by keyboard', async ({ app, page }) => {
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await page.getByRole('button', { name: 'use a sample' }).click();
  await claimRow(page, 'catm').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy as EDN' }).click();
  await expect.poll(copied).toBe('["GET", "HEAD"]');
  const line = page.getByRole('grid', { name: 'Byte map' }).getByRole('row', { name: /catgeoiso3166/ });
  await line.focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Copy as JSON' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(copied).toBe('82625345624e4f');
  await expect(line).toBeFocused();
  await page.getByRole('region', { name: 'Token text' }).locator('.s-mac').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy as path' }).click();
  await expect.poll(copied).toBe('MAC');
  await claimRow(page, 'iss').click();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('selected item as path');
  await page.keyboard.press('Enter');
  await expect.poll(copied).toBe('iss (1)');
});

test('takes edited notation to Issue', async ({ page }) => {
  await page.getByRole('button', { name: 'use a sample' }).click();
  await page.getByRole('tab', { name: 'EDN' }).click();
  await page.getByRole('button', { name: 'Edit the notation' }).click();
  const editor = page.getByRole('textbox', { name: 'Token in diagnostic notation' });
  await editor.fill("17([h'a10105', {}, h'a201656f746865720a1a6b055d8c', h'");
  await expect(page.getByText(/Not EDN at line 1/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in Issue' })).toBeDisabled();
  await editor.fill('17([<<{1: 5}>>, {}, <<{1: "another", 4: 1795514640}>>, h\'00\'])');
  await page.getByRole('button', { name: 'Sign in Issue' }).click();
  await expect(page.getByRole('textbox', { name: 'Issuer' })).toHaveValue('another');
});
