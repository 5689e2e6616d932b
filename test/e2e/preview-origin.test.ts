import type { Page } from '@playwright/test';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import type { EdgeSettings } from '../../shared/contract/preview.ts';
import { expect, test } from './fixtures.ts';
import { type LocalOrigin, makeCertificate, startLocalOrigin } from './local-origin.ts';
import { expectPlaying, PLAYER_COMPLAINTS, playClip, playerPage } from './preview-page.ts';

declare const catwalk: CatwalkApi;

test.use({ expectedErrors: [[...PLAYER_COMPLAINTS, /net::ERR_FAILED/], { scope: 'test' }] });

const TOKEN = /pt:[\w-]{40,}|[\w-]{80,}/;

let origin: LocalOrigin;
test.beforeEach(async () => {
  origin = await startLocalOrigin();
});
test.afterEach(() => origin.close());

/** What the window knows of requests to the origin: the ledger's, and the rows of the trace that it answered. */
const known = (page: Page, host: string) =>
  page.evaluate(async (to) => {
    const [ledger, preview] = [await catwalk.egress.list(), await catwalk.preview.open()];
    if (!ledger.ok || !preview.ok) throw new Error('no answer');
    const entries = ledger.value.entries.filter((entry) => entry.outcome.kind !== 'blocked');
    return {
      elsewhere: entries.filter((entry) => entry.host !== to).length,
      paths: entries.filter((entry) => entry.host === to).map((entry) => entry.path.replace(/^\/pt:[^/]*/, '')),
      rows: preview.value.rows.filter((row) => row.by === 'origin' && row.status !== undefined).map((row) => row.path),
      sent: ledger.value.sent,
      counted: preview.value.state.counts.sent,
    };
  }, host);

const start = (page: Page, url: string, edge: Partial<EdgeSettings>) =>
  page.evaluate(
    async ([source, settings]) => {
      await catwalk.preview.clear();
      await catwalk.preview.configure(settings);
      const loaded = await catwalk.preview.load({ source });
      if (!loaded.ok) throw new Error(loaded.error.message);
    },
    [url, edge] as const,
  );

test('asks a real origin for exactly what its ledger lists, and never with a token that the edge enforces', async ({
  app,
  page,
}) => {
  test.slow(); // three streams, one after the other
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 0.5);
  await page.getByRole('radio', { name: 'hls.js' }).click();
  // under its address, and as long as nothing is passed on, nothing leaves
  await start(page, origin.url, {});
  await expectPlaying(player, 0.5);
  expect(origin.asked).toEqual([]);

  for (const enforce of [true, false]) {
    origin.forget();
    const before = await known(page, origin.host);
    await start(page, origin.url, { passOn: true, enforce });
    await expectPlaying(player, 0.5);
    await page.getByRole('button', { name: 'Pause' }).click();
    // what was under way has come to its end when both sides know the same
    await expect
      .poll(async () => {
        const { paths, rows, elsewhere, sent, counted } = await known(page, origin.host);
        const asked = origin.asked.map((path) => path.replace(/^\/pt:[^/]*/, '')).sort();
        return {
          ledger:
            paths
              .slice(0, paths.length - before.paths.length)
              .sort()
              .join() === asked.join(),
          trace: rows.sort().join() === asked.join(),
          counted: sent - before.sent === asked.length && counted - before.counted === asked.length,
          elsewhere,
        };
      })
      .toEqual({ ledger: true, trace: true, counted: true, elsewhere: 0 });
    expect(origin.asked.length).toBeGreaterThan(4);
    const told = [...origin.asked, ...origin.headers.map((headers) => JSON.stringify(headers))];
    expect(told.some((text) => TOKEN.test(text))).toBe(!enforce);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
  }

  // a walk asks for the playlists, and for nothing else
  await page.evaluate(() => catwalk.preview.close());
  origin.forget();
  const requests = await page.evaluate(async () => {
    const walk = await catwalk.preview.walk();
    return walk.ok ? walk.value.requests : -1;
  });
  expect(requests).toBe(3);
  expect(origin.asked.map((path) => path.split('/').slice(-2).join('/'))).toEqual([
    ...[expect.stringMatching(/playlist\.m3u8$/), '360p/index.m3u8', '720p/index.m3u8'],
  ]);

  // offline: refused before it leaves
  origin.forget();
  await page.evaluate(async () => {
    await catwalk.egress.setOffline({ offline: true });
    await catwalk.preview.open();
  });
  await start(page, origin.url, { passOn: true, enforce: true });
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const preview = await catwalk.preview.open();
        return preview.ok ? preview.value.rows.map(({ status, cause }) => `${status ?? ''} ${cause ?? ''}`)[0] : '';
      }),
    )
    .toBe('502 no-answer');
  expect(origin.asked).toEqual([]);
});

test('plays from an https origin, and says of one that nobody vouches for why it does not', async ({ launch }) => {
  const [known, stranger] = [makeCertificate(), makeCertificate()];
  test.skip(known === undefined, 'there is no OpenSSL to make a certificate with');
  const [trusted, other] = [await startLocalOrigin(known), await startLocalOrigin(stranger)];
  try {
    const app = await launch({ args: [`--ignore-certificate-errors-spki-list=${known?.fingerprint}`] });
    const page = await app.firstWindow();
    await playClip(page);
    const player = await playerPage(app);
    await expectPlaying(player, 0.5);
    await start(page, trusted.url, { passOn: true, enforce: true });
    await expectPlaying(player, 0.5);
    expect(trusted.asked.length).toBeGreaterThan(2);
    expect(trusted.asked.some((path) => TOKEN.test(path))).toBe(false);

    await start(page, other.url, { passOn: true, enforce: true });
    await expect(page.getByText('could not prove who it is (TLS), so nothing was sent to it.').first()).toBeVisible();
    expect(other.asked).toEqual([]);
  } finally {
    await trusted.close();
    await other.close();
  }
});
