import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { array, bytes, int, map, text } from '../../shared/cbor/build.ts';
import { encode } from '../../shared/cbor/encode.ts';
import type { CborValue } from '../../shared/cbor/node.ts';
import { expect, test } from './fixtures.ts';
import { answerTo, claimRow, expectAccessible, goTo, importKey, paste } from './inspect-page.ts';

const SECRET = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const ASSET = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const HOUR = 3600;

/** A COSE_Mac0 with these claims, signed with `SECRET`. */
function sign(...claims: readonly (readonly [CborValue, CborValue])[]): string {
  const header = encode(map([int(1), int(5)]));
  const payload = encode(map(...claims));
  const authenticated = encode(array(text('MAC0'), bytes(header), bytes(new Uint8Array()), bytes(payload)));
  const mac = createHmac('sha256', Buffer.from(SECRET, 'hex')).update(authenticated).digest();
  const kid = map([int(4), bytes(Buffer.from('cms-1'))]);
  const mac0 = array(bytes(header), kid, bytes(payload), bytes(new Uint8Array(mac)));
  return Buffer.from(encode({ kind: 'tag', tag: 17, value: mac0 })).toString('base64url');
}

/** Expired an hour ago, and for another path: what somebody with a 403 pastes. */
function makeCurl(): string {
  const now = Math.floor(Date.now() / 1000);
  const token = sign(
    [int(4), int(now - HOUR)],
    [int(5), int(now - 3 * HOUR)],
    [int(312), map([int(1), map([int(0), text('cdn.example.com')])], [int(3), map([int(1), text(`/hls/${ASSET}/`)])])],
    [int(313), array(text('GET'), text('HEAD'))],
  );
  return `curl -i -X PUT 'https://cdn.example.com/hls-hq/${ASSET}/seg_0017.ts' -H 'CTA-Common-Access-Token: ${token}'`;
}

const diagnosis = (page: Page) => page.getByRole('region', { name: 'Diagnosis' });
const GOOD = `https://cdn.example.com/hls/${ASSET}/seg_0017.ts`;

test('explains a 403: both failing claims, then time alone, then the request', async ({ app, page }) => {
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Import a key…' }).click();
  await importKey(page, { name: 'cms', secret: SECRET, readAs: 'hex', kid: 'cms-1' });
  await goTo(page, 'Inspect');
  await paste(app, page, makeCurl());

  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(answerTo(page, 'Time')).toHaveText(/^Expired 1 h/);
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 2 of 2 claims');
  await expect(diagnosis(page)).toContainText('The token is genuine, but this request would be denied.');
  await expect(diagnosis(page)).toContainText(
    /covers paths that start with \/hls\/… and the request asks for \/hls-hq\//,
  );
  await expect(diagnosis(page)).toContainText(/PUT/);
  await expect(diagnosis(page)).toContainText('It also expired at');
  await expect(claimRow(page, 'path')).toContainText('first difference at character 5');

  // time alone: dragging the marker into the valid window changes no other answer
  const slider = page.getByRole('slider', { name: 'Judge as of' });
  const track = await slider.locator('..').boundingBox();
  const marker = await slider.boundingBox();
  if (track === null || marker === null) throw new Error('the time line is not drawn');
  await page.mouse.move(marker.x + marker.width / 2, marker.y + marker.height / 2);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width * 0.4, track.y + track.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(answerTo(page, 'Time')).toHaveText(/^Valid for/);
  await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 2 of 2 claims');

  // then the request
  await page.getByRole('textbox', { name: 'URL' }).fill(GOOD);
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 1 of 2 claims');
  await page.getByRole('button', { name: /Method/ }).click();
  await page.getByRole('option', { name: 'GET', exact: true }).click();
  await expect(answerTo(page, 'Request')).toHaveText('Allowed by all 2 claims');
  await expect(answerTo(page, 'Time')).toHaveText(/^Valid for/);
});

test('explains the same 403 by keyboard alone', async ({ app, page }) => {
  await expect(page.getByRole('heading', { name: 'Inspect', exact: true })).toBeVisible();
  await app.evaluate(({ clipboard }, curl) => clipboard.writeText(curl), makeCurl());
  await page.keyboard.press('ControlOrMeta+V');
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 2 of 2 claims');

  const tabTo = async (is: (focused: string) => boolean) => {
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        return element === null
          ? ''
          : `${element.getAttribute('role') ?? element.tagName} ${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`;
      });
      if (is(focused)) return;
    }
    throw new Error('Tab never came there');
  };
  // the time line: into the window, and to its last second
  await tabTo((focused) => focused.startsWith('slider'));
  await page.keyboard.press('End');
  await expect(answerTo(page, 'Time')).toHaveText('Valid for 1 s');
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 2 of 2 claims');

  // the claims: down to the rule that fails, and to its bytes
  await tabTo((focused) => focused.startsWith('row'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(claimRow(page, 'path')).toHaveAttribute('data-selected', 'true');
  await expect(page.getByRole('grid', { name: 'Byte map' }).getByRole('row', { selected: true })).toContainText(
    'path (3)',
  );

  // the request
  await tabTo((focused) => focused.startsWith('TEXTAREA URL'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(GOOD);
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 1 of 2 claims');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('GET');
  await page.keyboard.press('Enter');
  await expect(answerTo(page, 'Request')).toHaveText('Allowed by all 2 claims');

  // and what would mend the token itself
  await page.keyboard.press('F6');
  await page.keyboard.press('ControlOrMeta+0');
  await expect(page.getByRole('button', { name: /^Smallest fix: Let it last/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+E');
  await expect(page.getByRole('table', { name: 'Changes' })).toContainText('exp');
});

test('shows a token whose claims are hostile, and nothing of it leaves or runs', async ({ app, page }) => {
  const long = `https://evil.example/${'a'.repeat(60_000)}`;
  const token = sign(
    [int(1), text('<script>document.title = "taken"</script><img src=https://evil.example/x onerror=alert(1)>')],
    [int(2), text('javascript:alert(document.cookie)')],
    [int(3), text('\u202egpj.exe\u2066\u200b\u0000')],
    [int(312), map([int(0), map([int(1), text(long)])], [int(3), map([int(4), array(text('(a+)+$'))])])],
    [int(322), map([int(401), array(int(302), map([text('Location'), text('https://evil.example/?t=')]))])],
    [text('<b>name</b>'), map([text('__proto__'), text('x')], [text('constructor'), text('y')])],
  );
  await paste(app, page, `curl 'https://cdn.example.com/${'a'.repeat(200)}!' -H 'CTA-Common-Access-Token: ${token}'`);
  await expect(claimRow(page, 'iss')).toContainText('<script>document.title = "taken"</script>');
  await expect(claimRow(page, 'aud')).toContainText('\\u{202e}gpj.exe\\u{2066}\\u{200b}\\u{0000}');
  await expect(answerTo(page, 'Request')).toHaveText(/./);
  for (const tab of ['EDN', 'JSON', 'Findings', 'Elsewhere', 'Bytes']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('ControlOrMeta+Shift+C');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Redacted report' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+D');
  await paste(app, page, token);
  await expect(page.getByRole('region', { name: 'Comparison' })).toContainText('They are the same token');
  await expect(page.getByRole('link').filter({ hasNotText: 'Skip to the view' })).toHaveCount(0);
  await expect(page.locator('img, iframe')).toHaveCount(0);
  await expect(page).not.toHaveTitle('taken');
  await expect(page.getByRole('contentinfo')).toContainText('0 requests sent');
  await goTo(page, 'Inspect');
  await page.getByRole('button', { name: '0 requests sent' }).click();
  await expect(page.getByRole('heading', { name: 'Activity', exact: true })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('evil.example');
});

test('stays usable at 200 %', async ({ app, page }) => {
  await paste(app, page, makeCurl());
  await expect(answerTo(page, 'Request')).toHaveText('Denied by 2 of 2 claims');
  const window = await app.browserWindow(page);
  await window.evaluate((browserWindow) => browserWindow.webContents.setZoomFactor(2));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThan(800);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  for (const tab of ['Request', 'Bytes', 'EDN', 'JSON', 'Findings', 'Elsewhere', 'Claims']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
  }
  await claimRow(page, 'path').scrollIntoViewIfNeeded();
  await expect(claimRow(page, 'path')).toBeInViewport();
  await expectAccessible(page);
  const isInside = (name: string) =>
    page
      .getByRole('banner')
      .getByRole('button', { name, exact: true })
      .evaluate((button) => button.getBoundingClientRect().right <= innerWidth);
  expect(await isInside('Close')).toBe(true);
  for (const view of ['Issue', 'Preview', 'Batch', 'Keys', 'Activity', 'History', 'Settings'] as const) {
    await goTo(page, view);
    await expect(page.getByRole('heading', { name: view, exact: true, level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});
