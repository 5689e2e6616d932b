import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { answerTo, claimRow, goTo, importKey, paste, vector } from './inspect-page.ts';

/** iss eyevinn; https, paths that start with /content, extension .m3u8 */
const TOKEN = vector('nodecat-textkid-tag259').token;
const SAFE = TOKEN.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const SECRET = vector('nodecat-textkid-tag259').key?.value ?? '';
const JONAS = vector('nodecat-akamai-iss-jonas').token;
const HEADER = `CTA-Common-Access-Token: ${TOKEN}`;
const GOOD = 'https://example.com/content/path/file.m3u8';
const BAD = 'https://example.com/other/file.m3u8';

const found = (page: Page) => page.getByRole('region', { name: 'Pasted input' });
const request = (page: Page) => page.getByRole('region', { name: 'Request to judge' });

interface Kind {
  readonly name: string;
  readonly text: string;
  /** said in the line of chips, in the order taken */
  readonly chips: readonly string[];
  readonly verdict: RegExp;
  readonly url?: string;
  readonly method?: string;
}

const har = JSON.stringify({
  log: {
    entries: [
      { status: 200, url: GOOD },
      { status: 403, url: BAD },
    ].map(({ status, url }) => ({
      startedDateTime: '2026-03-11T13:07:30.000Z',
      time: 400,
      request: { method: 'GET', url, headers: [{ name: 'CTA-Common-Access-Token', value: TOKEN }] },
      response: { status, headers: [{ name: 'Date', value: 'Wed, 11 Mar 2026 13:07:32 GMT' }] },
    })),
  },
});

const KINDS: readonly Kind[] = [
  { name: 'a token', text: TOKEN, chips: ['CAT', 'standard base64 → base64url'], verdict: /^Not checked$/ },
  {
    name: 'hex with blanks',
    text: Buffer.from(SAFE, 'base64url').toString('hex').replace(/../g, '$& '),
    chips: ['CAT', 'hex → base64url'],
    verdict: /^Not checked$/,
  },
  {
    name: 'an address with a parameter',
    text: `${GOOD}?CAT=${encodeURIComponent(TOKEN)}`,
    chips: ['a URL', 'query parameter CAT', 'percent-encoding undone', 'standard base64 → base64url'],
    verdict: /^Not fully checked$/,
    url: `${GOOD}?CAT=`,
  },
  {
    name: 'the player’s address',
    text: `https://example.com/pt:${SAFE}/content/path/file.m3u8`,
    chips: ['a URL', 'path /pt:'],
    verdict: /^(?:Not fully checked|Denied by 1)/,
    url: 'https://example.com/pt:',
  },
  {
    name: 'a header',
    text: HEADER,
    chips: ['a header', 'header CTA-Common-Access-Token'],
    verdict: /^Not fully checked$|^Not checked$/,
  },
  {
    name: 'cookies',
    text: `Cookie: a=b; CTA-Common-Access-Token=${SAFE}; c=d`,
    chips: ['a cookie', 'cookie CTA-Common-Access-Token'],
    verdict: /^Not fully checked$|^Not checked$/,
  },
  {
    name: 'curl with flags',
    text: `$ curl -sSL -X POST --compressed -o out.bin '${BAD}' \\\n  -H 'accept: */*' -H '${HEADER}' -b 'a=b' -A 'UA/1' --data @body.json`,
    chips: ['curl', 'header CTA-Common-Access-Token'],
    verdict: /^Denied by 1/,
    url: BAD,
    method: 'POST',
  },
  {
    name: 'curl of the Windows prompt',
    text: `curl ^"${BAD}^" ^\r\n  -H ^"accept: */*^" ^\r\n  -H ^"${HEADER.replaceAll('=', '^=')}^" ^\r\n  -I`,
    chips: ['curl'],
    verdict: /^Denied by 1/,
    url: BAD,
    method: 'HEAD',
  },
  {
    name: 'curl that makes a query of its data',
    text: `curl -G '${GOOD}' --data-urlencode 'CAT=${SAFE}' --url-query a=b`,
    chips: ['curl', 'query parameter CAT'],
    verdict: /^Not fully checked$/,
    url: GOOD,
    method: 'GET',
  },
  {
    name: 'a HAR, the refused request first',
    text: har,
    chips: ['Token 2 of 2', 'HAR'],
    verdict: /^Denied by 1/,
    url: BAD,
  },
  {
    name: 'a line of a log',
    text: `203.0.113.44 - - [24/Nov/2026:13:07:32 +0000] "GET /other/file.m3u8?CAT=${SAFE} HTTP/1.1" 403 12 "-" "UA/1"`,
    chips: ['a log line', 'query parameter CAT'],
    verdict: /^Denied by|^Not fully/,
    method: 'GET',
  },
  {
    name: 'JSON',
    text: JSON.stringify({ playback: { playback_token: SAFE } }),
    chips: ['JSON', 'member playback.playback_token'],
    verdict: /^Not checked$/,
  },
  {
    name: 'an embed snippet',
    text: `<script>\nflowplayer("#player", {\n  src: "https://cdn.example.com/content/a/playlist.m3u8",\n  token: "eyJraWQiOiJ4In0.e30.AA",\n  playback_token: "${SAFE}"\n})\n</script>`,
    chips: ['an embed snippet'],
    verdict: /^Not fully checked$|^Denied by 1/,
    url: 'https://cdn.example.com/pt:',
  },
];

for (const kind of KINDS) {
  test(`reads ${kind.name}, from the clipboard to the verdict`, async ({ app, page }) => {
    await goTo(page, 'Keys');
    await page.getByRole('button', { name: 'Import a key…' }).click();
    await importKey(page, { name: 'node-cat', secret: SECRET, readAs: 'hex', kid: 'Symmetric256' });
    await goTo(page, 'Inspect');
    await paste(app, page, kind.text);
    await expect(answerTo(page, 'Integrity')).toHaveText('Verified');
    await expect(claimRow(page, 'iss')).toContainText('eyevinn');
    const chips = (await found(page).locator('.chip').allTextContents()).join(' | ');
    let at = 0;
    for (const chip of kind.chips) {
      expect(chips.slice(at)).toContain(chip);
      at = chips.indexOf(chip, at) + chip.length;
    }
    await expect(answerTo(page, 'Request')).toHaveText(kind.verdict);
    if (kind.url !== undefined)
      await expect(request(page).getByRole('textbox', { name: 'URL' })).toHaveValue(
        new RegExp(`^${kind.url.replace(/[.?]/g, '\\$&')}`),
      );
    if (kind.method !== undefined)
      await expect(request(page).getByRole('button', { name: /Method/ })).toContainText(kind.method);
    await expect(page.getByRole('contentinfo')).toContainText('0 requests sent');
  });
}

test('judges an old answer by its own time, and measures the clocks of a HAR', async ({ app, page }) => {
  await paste(app, page, har);
  await expect(page.getByRole('contentinfo')).toContainText('Clock skew +2.3 s, from Date');
  await expect(page.getByRole('contentinfo')).toContainText('as of');
  await page.getByRole('button', { name: 'Token 2 of 2, choose another' }).click();
  const list = page.getByRole('listbox', { name: 'Tokens' });
  await expect(list.getByRole('option').first()).toContainText('403');
  await list.getByRole('option').nth(1).click();
  await expect(request(page).getByRole('textbox', { name: 'URL' })).toHaveValue(GOOD);
  await expect(answerTo(page, 'Request')).toHaveText('Not fully checked');
  // what the paste brought along goes with it
  await paste(app, page, JONAS);
  await expect(claimRow(page, 'iss')).toContainText('jonas');
  await expect(page.getByRole('contentinfo')).not.toContainText('as of');
});

test('says which copy of several the verifier takes, and goes to it', async ({ app, page }) => {
  await paste(app, page, `curl '${GOOD}?CAT=${SAFE}' -b 'Common-Access-Token=${JONAS}'`);
  await expect(claimRow(page, 'iss')).toContainText('eyevinn');
  await page.getByRole('button', { name: /^Judged as/ }).click();
  await page.getByRole('menuitemradio', { name: /Akamai/ }).click();
  await expect(request(page)).toContainText('That is another token than the one shown here.');
  await request(page).getByRole('button', { name: 'Look at that one' }).click();
  await expect(claimRow(page, 'iss')).toContainText('jonas');
});

const jwt = (header: object, payload: object) =>
  [header, payload, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
const FOREIGN = [
  ['JSON Web Token', jwt({ alg: 'HS256', typ: 'JWT' }, { sub: 'someone' })],
  ['Flowplayer player licence', jwt({ alg: 'ES256' }, { iss: 'Flowplayer', c: '{"acl":6}' })],
  ['Akamai EdgeAuth', `https://example.com/a.m3u8?hdnts=exp=1764000000~acl=/*~hmac=${'0f'.repeat(32)}`],
  [
    'CloudFront',
    `Cookie: CloudFront-Policy=${Buffer.from('{"Statement":[{"Resource":"https://example.com/*"}]}').toString('base64')}`,
  ],
  ['PASETO', `v4.public.${'aB3_'.repeat(30)}`],
] as const;

test('names what is not a CAT', async ({ app, page }) => {
  for (const [name, text] of FOREIGN) {
    await paste(app, page, text);
    await expect(page.getByRole('main')).toContainText(new RegExp(`This is an? ${name}`));
    await expect(page.getByRole('heading', { name: 'This is not a Common Access Token' })).toBeVisible();
  }
});

test('says of a request without a token that it carries none', async ({ app, page }) => {
  await paste(app, page, `${GOOD}\n`);
  await expect(page.getByRole('heading', { name: 'This request carries no token' })).toBeVisible();
});

test('opens a refused request of a HAR that carried no token, and says where one would have been looked for', async ({
  app,
  page,
}) => {
  const { log } = JSON.parse(har) as {
    log: { entries: { request: { url: string; headers: unknown[] }; response: object }[] };
  };
  const [first] = log.entries;
  if (first === undefined) throw new Error('the HAR has no entry');
  const bare = {
    ...first,
    request: { ...first.request, url: BAD, headers: [] },
    response: { status: 403, headers: [] },
  };
  await paste(app, page, JSON.stringify({ log: { entries: [first, bare] } }));
  await page.getByRole('button', { name: 'Token 1 of 1, choose another' }).click();
  await page.getByRole('option', { name: /403.*no token was sent/ }).click();
  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { name: 'This request carries no token' })).toBeVisible();
  await expect(main).toContainText(`GET ${BAD}`);
  await expect(main).toContainText('It was answered 403.');
  await expect(main).toContainText('CTA-5007-B would look for one in header CTA-Common-Access-Token');
  await page.getByRole('button', { name: 'A request without a token, choose another' }).click();
  await page.getByRole('option', { name: /200/ }).click();
  await expect(claimRow(page, 'iss')).toBeVisible();
});

test('opens a file of raw token bytes and a link, which only fill the paste', async ({ launch, profile }) => {
  const file = path.join(profile, 'token.cbor');
  fs.writeFileSync(file, Buffer.from(SAFE, 'base64url'));
  const app = await launch({ args: [file] });
  const page = await app.firstWindow();
  await expect(claimRow(page, 'iss')).toContainText('eyevinn');
  await app.close();
  const second = await launch({ args: [`catwalk://inspect?text=${encodeURIComponent(HEADER)}`] });
  const other = await second.firstWindow();
  await expect(claimRow(other, 'iss')).toContainText('eyevinn');
  await expect(other.getByRole('contentinfo')).toContainText('0 requests sent');
});

test('takes a dropped file, and says of one that is no text what it is', async ({ page }) => {
  const drop = (bytes: readonly number[], name: string) =>
    page.evaluate(
      ([content, fileName]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(content)], fileName));
        document
          .querySelector('.view-inspect')
          ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
      },
      [bytes, name] as const,
    );
  await expect(page.getByRole('heading', { name: 'Inspect', exact: true })).toBeVisible();
  await drop([...Buffer.from(SAFE, 'base64url')], 'token.cbor');
  await expect(claimRow(page, 'iss')).toContainText('eyevinn');
  await drop([0xff, 0xd8, 0xff, 0xe0, 0x00], 'photo.jpg');
  await expect(page.getByRole('alert')).toContainText('The file is not text.');
  await expect(claimRow(page, 'iss')).toContainText('eyevinn');
});

test('reads ten megabytes beside the window, which can cancel it and go on', async ({ app, page }) => {
  test.slow(); // ten megabytes go through the clipboard
  const fill = (line: string) => line.repeat(Math.ceil(10_000_000 / line.length));
  // pressed by the page itself, in the moment it is offered
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const cancel = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Cancel');
      if (cancel === undefined) return;
      observer.disconnect();
      cancel.click();
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  await paste(app, page, fill('a: b\n'));
  await expect(found(page)).toContainText('Reading was cancelled. The text is kept.');
  await expect(page.getByRole('button', { name: 'Read it after all' })).toBeVisible();
  // nothing holds up what is pasted after it
  await paste(app, page, JONAS);
  await expect(claimRow(page, 'iss')).toContainText('jonas');
  await paste(app, page, `${fill('A line of prose about a player and its host.\n')}\n${SAFE}`);
  await expect(claimRow(page, 'iss')).toContainText('eyevinn', { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Token text' })).toContainText('characters not shown');
});
