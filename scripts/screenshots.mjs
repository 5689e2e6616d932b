// Writes the pictures of docs/images from the built application, in both themes, at the size of the design:
//   npm run build && node scripts/headless.mjs node scripts/screenshots.mjs [name...]
// With names only these are written; the way through the screens is the same.
// The token is made here, with a key that goes to the throw-away keyring through the window like any other.
import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron as electron } from '@playwright/test';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const images = path.join(root, 'docs/images');
const wanted = process.argv.slice(2);
const SIZE = { width: 1360, height: 860 };
const HOUR = 3600;
const KID = '4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab-3fa81';
const ASSET = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';

/** The OVP of this machine, which `npm run demo:ovp` starts as well. */
const load = async (file) =>
  (await runnerImport(path.join(root, file), { root, configFile: false, logLevel: 'error' })).module;
const { startLocalOvp } = await load('test/ovp/local-ovp.ts');
const { sampleWorkspaces } = await load('test/ovp/sample-workspaces.ts');
const workspaces = sampleWorkspaces();
const ovp = await startLocalOvp({ workspaces, port: 8787, perSecond: 0 });

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-screenshots-'));
const secret = randomBytes(32);
fs.mkdirSync(images, { recursive: true });
const app = await electron.launch({
  args: ['.', `--user-data-dir=${path.join(scratch, 'profile')}`],
  cwd: root,
  chromiumSandbox: process.getuid?.() !== 0,
  env: { ...process.env, FONTCONFIG_FILE: writeFonts() },
});
try {
  const page = await app.firstWindow();
  const window = await app.browserWindow(page);
  await window.evaluate((browserWindow, { width, height }) => browserWindow.setContentSize(width, height), SIZE);

  await page.getByText('Denied by 1 of 4 claims').waitFor();
  await shoot(page, 'firstrun');

  await goTo(page, 'History');
  await page.getByRole('button', { name: 'Keep a history' }).click();
  await page.getByText('Nothing yet').waitFor();
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Use this' }).click();
  await addKey(page, { name: 'prod-2', environment: 'PROD', kid: KID, readAs: 'hex', secret: secret.toString('hex') });
  await addKey(page, {
    name: 'akamai-live',
    environment: 'PROD',
    kid: 'akamai_key_hs256',
    readAs: 'hex',
    secret: hex(),
  });
  await addKey(page, {
    name: 'stage-1',
    environment: 'STAGE',
    kid: 'nordlys-stage-91d0e',
    readAs: 'utf-8',
    secret: hex(),
  });
  await addKey(page, { name: 'legacy-cms', environment: 'STAGE', kid: 'cms-2024', readAs: 'auto', secret: hex() });
  await addKey(page, { name: 'qa-local', environment: 'DEV', kid: 'qa-local-1', readAs: 'base64url', secret: hex() });

  await goTo(page, 'Inspect');
  await paste(page, makeCurl());
  await page.getByText('Verified').waitFor();
  await page.getByRole('textbox', { name: 'IP address' }).fill('203.0.113.44');
  await page.getByRole('textbox', { name: 'Country' }).fill('DK');
  await page.getByText('catu', { exact: true }).click();
  await page.getByRole('row', { name: /path \(3\)/ }).click();
  await shoot(page, 'inspect');
  for (const [keys, name] of [
    ['Alt+2', 'inspect-edn'],
    ['Alt+4', 'inspect-findings'],
    ['Alt+5', 'inspect-elsewhere'],
  ]) {
    await page.keyboard.press(keys);
    await shoot(page, name);
  }
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('copy');
  await shoot(page, 'palette');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Compare…' }).click();
  await page.getByRole('textbox', { name: 'Text of token B' }).fill(makeCurl({ path: ['contains', ASSET], hours: 2 }));
  await page.getByText(/come out otherwise/).waitFor();
  await shoot(page, 'compare');

  for (const token of [
    makeCurl({ path: ['contains', ASSET], hours: 2 }),
    makeCurl({ path: ['prefix', '/hls/'], hours: 8 }),
  ]) {
    await goTo(page, 'Inspect');
    await paste(page, token);
    await page.getByText('Verified').waitFor();
    await page.waitForTimeout(1500); // what was looked at for a second is listed
  }
  await goTo(page, 'History');
  await page
    .getByRole('grid', { name: 'History' })
    .getByText(/Allowed|checked|known/)
    .first()
    .waitFor();
  await shoot(page, 'history');

  await goTo(page, 'Inspect');
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ2aWV3ZXItMTA0MSJ9.c2lnbmF0dXJl';
  for (const [name, text, shown] of [
    ['state-damaged', makeCurl().slice(0, -90), 'nothing after it can be trusted'],
    ['state-not-a-cat', `Authorization: Bearer ${jwt}`, 'This is not a Common Access Token'],
    ['state-no-token', `curl -i 'https://cdn.example.com/hls/${ASSET}/playlist.m3u8'`, 'This request carries no token'],
  ]) {
    await paste(page, text);
    await page.getByRole('main').getByText(shown).waitFor();
    await shoot(page, name);
  }

  await goTo(page, 'Keys');
  await page.getByText('OVP workspaces', { exact: true }).click();
  await page.getByRole('button', { name: 'Add a workspace…' }).click();
  await page.getByRole('textbox', { name: 'Workspace name' }).fill('Nordlys');
  await page.getByRole('textbox', { name: 'Address' }).fill(ovp.url);
  await page.getByRole('textbox', { name: 'API key' }).fill(workspaces[0].apiKey);
  await page.getByRole('button', { name: /^Save(?! and)/ }).click();
  await page.getByRole('dialog', { name: 'OVP workspace' }).waitFor({ state: 'hidden' });
  await createKey(page, 'nordlys-1');
  await page.getByText('OVP workspaces', { exact: true }).click();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('Fjord ferry, episode 1', { exact: true }).click();
  await page.getByRole('region', { name: 'Set up' }).getByText('is ready.').waitFor();
  await shoot(page, 'ovp');

  await page.getByRole('radiogroup', { name: 'What is shown' }).getByText('Keys', { exact: true }).click();
  await openCreation(page, 'nordlys-2');
  await shoot(page, 'keys');

  await goTo(page, 'Preview');
  await page.getByRole('button', { name: 'Play the protected clip' }).click();
  await page
    .getByTestId('time')
    .getByText(/^0:0[2-9]/)
    .waitFor();
  await page.getByRole('button', { name: 'Another token…' }).click();
  await page.getByRole('button', { name: 'Sign and use' }).click();
  await page.getByRole('button', { name: 'Clear the list' }).click();
  await page.getByRole('button', { name: 'Try with…' }).click();
  await page.getByRole('menuitem', { name: 'A rule that misses one rendition' }).click();
  await page.getByRole('region', { name: 'Why it was denied' }).waitFor();
  await page
    .getByTestId('time')
    .getByText(/^0:(?:0[6-9]|[1-9])/)
    .waitFor();
  await shoot(page, 'preview', takeScreen);

  const viewers = writeTable(); // its template is there when Batch looks for templates
  await goTo(page, 'Batch');
  await app.evaluate(({ dialog }, table) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [table] });
  }, viewers);
  await page.getByRole('button', { name: 'Open a file…' }).click();
  await choose(page, 'Key', 'stage-1');
  await page.getByText(/Ready 23\d/).waitFor();
  await shoot(page, 'batch');

  await goTo(page, 'Issue');
  await page.getByRole('navigation', { name: 'Start from' }).getByRole('button', { name: 'One region' }).click();
  const claims = page.getByRole('region', { name: 'Claims' });
  await claims.getByRole('textbox', { name: 'Video' }).fill(ASSET);
  await claims.getByRole('textbox', { name: 'Should play', exact: true }).fill(`/hls/${ASSET}/playlist.m3u8`);
  await claims.getByRole('textbox', { name: 'Should not play' }).fill('/hls/another-video/playlist.m3u8');
  await choose(page, 'Key', 'qa-local');
  await page.getByRole('button', { name: 'Sign token' }).click();
  await page.getByRole('region', { name: 'Output' }).getByText('Signed').first().waitFor();
  await shoot(page, 'issue');

  await goTo(page, 'Inspect');
  await paste(page, makeCurl());
  await page.getByText('Verified').waitFor();
  await page.getByRole('button', { name: 'Clone & edit' }).click();
  await page.getByRole('radio', { name: 'Flowplayer OVP' }).click();
  await claims.getByRole('radio', { name: '2 h', exact: true }).click();
  await choose(page, 'Key', 'prod-2');
  await page.getByRole('textbox', { name: 'Type prod-2 to sign' }).fill('prod-2');
  await shoot(page, 'issue-clone');

  await goTo(page, 'Activity');
  await page.getByRole('main').getByText('127.0.0.1').first().waitFor();
  await shoot(page, 'activity');

  await goTo(page, 'Settings');
  await page.getByRole('main').getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  await shoot(page, 'settings');
} finally {
  await app.close();
  await ovp.stop();
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

async function paste(page, text) {
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await page.getByRole('main').focus();
  await page.keyboard.press('ControlOrMeta+V');
}

async function shoot(page, name, take = takePage) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  for (const theme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: theme });
    await page.mouse.move(SIZE.width - 4, SIZE.height / 2);
    await page.waitForTimeout(400); // colours fade over 80 ms, and the clock has to be painted
    const file = path.join(images, `${name}-${theme}.png`);
    await take(page, file);
    console.log(path.relative(root, file));
  }
}

function takePage(page, file) {
  return page.screenshot({ path: file });
}

/** The pixels of the display: the player's view lies on the page and is no part of it. */
async function takeScreen(_page, file) {
  const png = await app.evaluate(async ({ BrowserWindow, desktopCapturer, screen }) => {
    const { size } = screen.getPrimaryDisplay();
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: size });
    const [window] = BrowserWindow.getAllWindows();
    return source.thumbnail.crop(window.getContentBounds()).toPNG().toString('base64');
  });
  fs.writeFileSync(file, Buffer.from(png, 'base64'));
}

async function goTo(page, view) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: view }).click();
}

async function addKey(page, key) {
  await page.getByRole('button', { name: 'Import…', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Import a key' });
  await form.getByRole('textbox', { name: 'Secret' }).fill(key.secret);
  await choose(page, 'Read as', key.readAs);
  await form.getByRole('textbox', { name: 'Name' }).fill(key.name);
  await choose(page, 'Environment', key.environment);
  await form.getByRole('textbox', { name: 'Key id' }).fill(key.kid);
  await form.getByRole('button', { name: 'Import key' }).click();
  await form.waitFor({ state: 'hidden' });
}

async function openCreation(page, name) {
  await page.getByRole('button', { name: 'Create in OVP…' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await choose(page, 'Environment', 'PROD');
}

async function createKey(page, name) {
  await openCreation(page, name);
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('button', { name: 'Show the key' }).click();
}

async function choose(page, label, option) {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page
    .getByRole('option', { name: option, exact: !['auto', 'stage-1', 'qa-local', 'prod-2'].includes(option) })
    .click();
}

function hex() {
  return randomBytes(32).toString('hex');
}

/** A table of viewers, three of them with a mistake, and the template in the profile that takes its columns. */
function writeTable() {
  const variables = [
    { name: 'viewer', label: 'Viewer', type: 'text', hint: 'Readable by anyone who holds the token.' },
    { name: 'video', label: 'Path contains', type: 'id' },
    { name: 'network', label: 'Network', type: 'network', hint: 'A full address names a person; use /24 or wider.' },
    { name: 'country', label: 'Country', type: 'country' },
    { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: '2h' },
  ];
  const claims = {
    iss: 'nordlys-media',
    sub: '{{viewer}}',
    exp: '+{{length}}',
    iat: 'now',
    cti: { hex: '{{random}}' },
    catv: 1,
    catu: { host: { exact: 'cdn.example.com' }, path: { contains: '{{video}}' } },
    catgeoiso3166: ['{{country}}'],
    catnip: ['{{network}}'],
  };
  const template = {
    title: 'Viewer at home',
    summary: 'One video for one viewer, from one network and country.',
    makes: 'token',
    variables,
    draft: { claims, kept: [], envelope: {} },
  };
  const folder = path.join(scratch, 'profile/templates');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'viewer-at-home.json'), JSON.stringify(template));
  const videos = [ASSET, '0d4f8a16-77b2-4c39-8e0a-51d2c6f9b310'];
  const rows = Array.from({ length: 240 }, (_, index) => {
    const number = index + 1;
    const ip = number === 17 ? '10.0.0.300' : `198.51.${100 + (index % 7)}.0/24`;
    const country = number === 42 || number === 131 ? 'UK' : ['SE', 'SE', 'DK', 'NO', 'FI'][index % 5];
    const hours = number === 88 ? '' : [2, 2, 4][index % 3];
    return `v-${1040 + number},${videos[index % 3 === 2 ? 1 : 0]},${ip},${country},${hours},v${number}@example.com`;
  });
  const file = path.join(scratch, 'viewers.csv');
  fs.writeFileSync(file, ['viewer_id,video,ip,country,hours,email', ...rows].join('\n'));
  return file;
}

/**
 * A curl command whose token expired three hours ago and covers another path: what a person with a 403 would paste. `path`
 * and `hours` make one that covers what is asked, and lasts.
 */
function makeCurl({ path: [match, covered] = ['prefix', `/hls/${ASSET}/`], hours = -3 } = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = map([
    [1, text('nordlys-media')],
    [4, uint(now + hours * HOUR)],
    [5, uint(now - 5 * HOUR)],
    [6, uint(now - 5 * HOUR - 48)],
    [7, bytes(randomBytes(16))],
    [308, uint(1)],
    [310, uint(1)],
    [311, array([Buffer.concat([Buffer.from([0xd8, 52]), array([uint(24), bytes(Buffer.from('cb0071', 'hex'))])])])],
    [
      312,
      map([
        [1, map([[0, text('cdn.example.com')]])],
        [3, map([[match === 'prefix' ? 1 : 3, text(covered)]])],
      ]),
    ],
    [313, array([text('GET'), text('HEAD')])],
    [316, array([text('SE'), text('NO')])],
  ]);
  const header = bytes(map([[1, uint(5)]]));
  const authenticated = array([text('MAC0'), header, bytes(Buffer.alloc(0)), bytes(claims)]);
  const mac = createHmac('sha256', secret).update(authenticated).digest();
  const token = Buffer.concat([
    Buffer.from([0xd1]),
    array([header, map([[4, bytes(Buffer.from(KID))]]), bytes(claims), bytes(mac)]),
  ]);
  return `curl -i 'https://cdn.example.com/hls-hq/${ASSET}/1080p/seg_0017.ts' -H 'CTA-Common-Access-Token: ${token.toString('base64')}'`;
}

function head(major, value) {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 0x100) return Buffer.from([(major << 5) | 24, value]);
  if (value < 0x10000) return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
  const long = Buffer.from([(major << 5) | 26, 0, 0, 0, 0]);
  long.writeUInt32BE(value, 1);
  return long;
}
function uint(value) {
  return head(0, value);
}
function bytes(value) {
  return Buffer.concat([head(2, value.length), value]);
}
function text(value) {
  return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
}
function array(items) {
  return Buffer.concat([head(4, items.length), ...items]);
}
function map(entries) {
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, value]) => [uint(key), value])]);
}

/** Fonts of the pictures: those of the design where they are installed, so that a picture does not depend on the desktop. */
function writeFonts() {
  const use = (asked, font) =>
    `<match target="pattern"><test name="family"><string>${asked}</string></test>` +
    `<edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`;
  const file = path.join(scratch, 'fonts.conf');
  fs.writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>${[
      use('system-ui', 'Inter'),
      use('Sans', 'Inter'),
      use('ui-monospace', 'JetBrains Mono'),
    ].join('')}<cachedir>${path.join(scratch, 'fonts')}</cachedir></fontconfig>`,
  );
  return file;
}
