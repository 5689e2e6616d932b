import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { SETTINGS_VERSION } from '../../main/app/settings.ts';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts';
import { issueToken } from '../../shared/issue/issue-token.ts';
import { cta5007B } from '../../shared/issue/targets/cta-5007-b.ts';
import { median } from './measure.ts';

const ROUNDS = 15;
const HAR_ROUNDS = 5;
const HAR_BYTES = 1024 * 1024;
const TYPED = 'https://cdn.example.com/hls/another-video/1080p/seg_0042.ts';
const NOW = Math.floor(Date.now() / 1000);
/** a frame of 30 in a second */
const SLOW_FRAME = 1000 / 30;
/** so long a verdict may take at the most before a round counts as hung */
const PATIENCE_MILLIS = 20_000;

interface Line {
  readonly name: string;
  readonly millis: readonly number[];
  readonly aim: string;
}

/** What a person waits for, in the built window: from the paste to the frame that shows the verdicts, and frames while typing. */
export async function windowSection(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-bench-'));
  const data = { ...DEFAULT_SETTINGS, offline: false, firstRunDone: true };
  fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ version: SETTINGS_VERSION, data }));
  const app = await electron.launch({
    args: ['.', `--user-data-dir=${folder}`],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading', { name: 'Inspect', exact: true }).waitFor({ state: 'attached' });
    await page.evaluate(instrument);
    const small = await pasteMany(app, page, ROUNDS, () => makeToken(1024));
    const har = await pasteMany(app, page, HAR_ROUNDS, makeHar);
    return format(
      [
        { name: 'a token of 1 KB, pasted, until its verdicts are painted', millis: small, aim: '50 ms' },
        {
          name: 'a HAR of 1 MB, pasted, until the verdicts of its first refused request are painted',
          millis: har,
          aim: '1 s',
        },
      ],
      await typeWithToken(app, page, 4096),
    );
  } finally {
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A first round warms the window up and is not counted; each begins with an empty window. */
async function pasteMany(
  app: ElectronApplication,
  page: Page,
  rounds: number,
  make: () => Pasted,
): Promise<readonly number[]> {
  const millis: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const took = await paste(app, page, make());
    if (round > 0) millis.push(took);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
  }
  return millis;
}

async function paste(app: ElectronApplication, page: Page, { text, token }: Pasted): Promise<number> {
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await page.getByRole('main').focus();
  const painted = page.evaluate(([end, patience]) => window.benchPaint(end, patience), [
    token.slice(-24),
    PATIENCE_MILLIS,
  ] as const);
  await page.keyboard.press('ControlOrMeta+V');
  return painted;
}

/** Types an address into the request beside a token, key by key, as fast as a person does. */
async function typeWithToken(app: ElectronApplication, page: Page, bytes: number): Promise<readonly number[]> {
  const { text, token } = makeToken(bytes);
  await paste(app, page, { text: `curl 'https://cdn.example.com/hls/a.m3u8?CAT=${text}'`, token });
  const field = page.getByRole('textbox', { name: 'URL' });
  await field.fill('');
  const frames = page.evaluate(() => window.benchFrames());
  await field.pressSequentially(TYPED, { delay: 40 });
  await page.evaluate(() => window.benchStop());
  return frames;
}

declare global {
  interface Window {
    /** milliseconds from the next paste to the frame that shows three answers about the token that ends like this */
    benchPaint(end: string, patience: number): Promise<number>;
    /** how long each frame took until `benchStop` */
    benchFrames(): Promise<number[]>;
    benchStop(): void;
  }
}

/** Runs in the page, so it may use nothing of this file. */
function instrument(): void {
  let pasted = 0;
  document.addEventListener('paste', (event) => (pasted = event.timeStamp), { capture: true });
  const isShown = (end: string) =>
    document.querySelectorAll('[data-testid="word"]').length === 3 &&
    document.querySelector('.paste-b')?.textContent?.includes(end) === true;
  window.benchPaint = (end, patience) => {
    pasted = 0;
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        if (performance.now() - began > patience) return reject(new Error('no verdict was painted'));
        if (pasted === 0 || !isShown(end)) return requestAnimationFrame(look);
        // what this frame draws stands on the screen when its tasks are over
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - pasted);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
  };
  let isOver = false;
  window.benchStop = () => {
    isOver = true;
  };
  window.benchFrames = () =>
    new Promise((resolve) => {
      isOver = false;
      const frames: number[] = [];
      let last = performance.now();
      const tick = (now: number) => {
        frames.push(now - last);
        last = now;
        if (isOver) resolve(frames.slice(1));
        else requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
}

interface Pasted {
  readonly text: string;
  readonly token: string;
}

/** A token of a producer with many rules, filled up to `bytes`; no two are alike. */
function makeToken(bytes: number): Pasted {
  const claims = {
    iss: 'nordlys-media',
    exp: NOW + 7200,
    nbf: NOW - 60,
    cti: { hex: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex') },
    catv: 1,
    catu: { host: { exact: 'cdn.example.com' }, path: { prefix: '/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/' } },
    catm: ['GET', 'HEAD'],
    catgeoiso3166: ['SE', 'NO', 'DK', 'FI'],
  };
  const sign = (sub: string) => {
    const issued = issueToken(
      { claims: { ...claims, sub }, kept: [], envelope: { kid: 'bench' } },
      cta5007B,
      SECRET,
      nodeCrypto,
    );
    if (!issued.ok) throw new Error(issued.error.code);
    return issued.value.text;
  };
  const missing = Math.max(0, Math.floor(((bytes - sign('').length) * 3) / 4));
  const token = sign('x'.repeat(missing));
  return { text: token, token };
}

/** What a browser saved of a playback: requests with a token each, the last of them refused. */
function makeHar(): Pasted {
  const entry = (token: string, status: number) => ({
    startedDateTime: new Date(NOW * 1000).toISOString(),
    request: {
      method: 'GET',
      url: `https://cdn.example.com/hls/7c9e2b41/seg.ts?CAT=${token}`,
      headers: [{ name: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64) '.repeat(20) }],
    },
    response: { status, headers: [], content: { mimeType: 'video/mp2t', text: '' } },
  });
  const { token } = makeToken(300);
  const refused = makeToken(300).token;
  const one = JSON.stringify(entry(token, 200)).length + 1;
  const entries = Array.from({ length: Math.floor(HAR_BYTES / one) }, () => entry(token, 200));
  return {
    text: JSON.stringify({ log: { version: '1.2', entries: [...entries, entry(refused, 403)] } }),
    token: refused,
  };
}

const SECRET = { kind: 'secret', bytes: new Uint8Array(32).fill(7) } as const;

function format(lines: readonly Line[], frames: readonly number[]): string {
  const highest = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
  const rows = lines.map(
    ({ name, millis, aim }) =>
      `| ${name} | ${median(millis).toFixed(0)} | ${highest(millis, 0.9).toFixed(0)} | ${aim} |`,
  );
  const slow = frames.filter((frame) => frame > SLOW_FRAME).length;
  return [
    '## In the window',
    '',
    '| what | ms, median | ms, nine of ten | aim |',
    '|---|---:|---:|---:|',
    ...rows,
    `| a frame while an address is typed beside a token of 4 KB | ${median(frames).toFixed(1)} | ${highest(frames, 0.9).toFixed(1)} | 33.3 ms |`,
    '',
    `Measured in the built application by its own clock, from the event to the frame. ${frames.length} frames were drawn while typing, ${slow} of them slower than 30 in a second; the slowest took ${Math.max(...frames).toFixed(0)} ms.`,
    '',
  ].join('\n');
}
