import { decodeBase64url } from '../../shared/bytes/base64.ts';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import type { FaultKind } from '../ovp/faults.ts';
import { expect, resize } from './fixtures.ts';
import { expectAccessible, goTo } from './inspect-page.ts';
import {
  API_KEY,
  addWorkspace,
  filesWith,
  fillCreation,
  formsOf,
  heapOf,
  inOvp,
  makeVault,
  setUp,
  showPage,
  sidePanel,
  test,
  useKeychain,
} from './ovp-page.ts';

declare const catwalk: CatwalkApi;

const VIDEO = 'Fjord ferry, episode 1';

test('goes from an API key to tokens signed offline under the key of the OVP, and only the keychain knows either secret', async ({
  launch,
  profile,
  keyring,
  ovp,
}) => {
  test.slow();
  await keyring.start(true);
  const app = await launch({ env: keyring.env });
  const page = await app.firstWindow();
  await resize(app, page);
  await useKeychain(page);
  await addWorkspace(page, ovp);
  expect(ovp.calls).toEqual([]); // saving sends nothing

  await inOvp(page).getByRole('button', { name: 'Refresh' }).click();
  await inOvp(page).getByText(VIDEO, { exact: true }).click();
  await expect(setUp(page)).toContainText('The asset is set to Advanced');

  await fillCreation(page, 'prod-3');
  const panel = sidePanel(page, 'Create key in OVP');
  await expect(panel).toContainText('The secret goes straight to gnome-keyring');
  await panel.getByRole('button', { name: 'Create key' }).click();
  await expect(panel).toContainText('hex matches');
  await panel.getByRole('button', { name: 'Show the key' }).click();
  await expect(page.getByRole('row', { name: /prod-3/ }).first()).toContainText('calibrated');
  await expect(page.getByRole('main')).toContainText('2 secrets, one keychain item each');

  const secret = keyring.secret('dev/prod-3');
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(keyring.secret('ovp/Nordlys')).toBe(API_KEY);

  await showPage(page, 'OVP workspaces');
  await setUp(page).getByRole('button', { name: 'Ask for a token…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Ask the OVP/ });
  await dialog.getByRole('button', { name: 'Ask for a token' }).click();
  const online = (await dialog.getByTestId('token').innerText()).trim();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const { exp, catu } = JSON.parse(ovp.calls.at(-1)?.body ?? '{}') as { exp: number; catu: { 3: [number, string] } };
  const [offline, sent] = await page.evaluate(
    async ({ claims }) => {
      const keys = await catwalk.keys.list();
      const keyId = keys.ok ? (keys.value[0]?.id ?? '') : '';
      await catwalk.egress.setOffline({ offline: true });
      const draft = { claims, kept: [], envelope: {} };
      const signed = await catwalk.issue.sign({ draft, target: 'flowplayer-ovp', keyId, zone: 'UTC' });
      return [signed.ok ? signed.value.token : signed.error.message, (await catwalk.egress.list()).ok] as const;
    },
    { claims: { exp, catu: { path: { contains: catu[3][1] } } } },
  );
  expect(sent).toBe(true);
  const [ours, theirs] = [offline, online].map((token) => {
    const bytes = decodeBase64url(token);
    if (!bytes.ok) throw new Error(`no token: ${token}`);
    return openEnvelope(bytes.value);
  });
  expect(ours?.payload?.claims).toEqual(theirs?.payload?.claims);
  for (const token of [offline, online])
    expect(await page.evaluate((text) => catwalk.keys.verify({ token: text }), token)).toMatchObject({
      value: { state: 'verified', key: { name: 'prod-3' }, encoding: 'hex', kidMatches: true },
    });

  const secrets = [secret, API_KEY].flatMap(formsOf);
  const heap = await heapOf(page);
  expect(heap).toContain(VIDEO); // what the page does know is in it
  expect(secrets.filter((text) => heap.includes(text))).toEqual([]);
  await app.close();
  expect(filesWith(profile, secrets)).toEqual([]);
});

/** What the window says of each, in words that no other has. */
const FAULTS: readonly (readonly [kind: FaultKind, says: RegExp, raw: RegExp | undefined])[] = [
  ['401', /answered 401, and this API key may not even list videos/, /status 401.*no access to the record/],
  ['403', /answered 403: it does not accept this API key/, /status 403.*Forbidden/],
  ['404', /answered 404: it has not found the list of videos/, /status 404/],
  ['410', /answered 410: the list of videos was deleted/, /status 410/],
  ['422', /answered 422: it did not accept what was sent/, /status 422/],
  ['502-html', /server in front of the OVP answered 502 with a web page/, /502 Bad Gateway/],
  ['truncated-json', /answered 200, but the answer is no whole JSON/, /status 200/],
  ['wrong-content-type', /answer was 200 with a web page titled “Sign in to the guest network”/, /doctype html/],
  ['redirect', /a redirect, which was not followed/, undefined],
  ['reset', /broke off before an answer came/, undefined],
];

test('says of each fault what it is, keeps the raw answer a click away, and works on', async ({
  launch,
  keyring,
  ovp,
}) => {
  test.slow(); // what may be repeated is, with waits in between
  await keyring.start(true);
  const app = await launch({ env: keyring.env });
  const page = await app.firstWindow();
  await resize(app, page);
  await useKeychain(page);
  await addWorkspace(page, ovp);
  const list = inOvp(page);
  for (const [kind, says, raw] of FAULTS) {
    ovp.fail({ kind, times: 20 });
    await list.getByRole('button', { name: 'Refresh' }).click();
    const alert = list.getByRole('alert');
    await expect(alert, kind).toContainText(says, { timeout: 20_000 });
    if (raw !== undefined) {
      await alert.getByRole('button', { name: 'Show the raw answer' }).click();
      await expect(alert, kind).toContainText(raw);
    }
    ovp.clearFaults();
    await list.getByRole('button', { name: 'Refresh' }).click();
    await expect(alert, kind).toBeHidden();
    await expect(list.getByText(VIDEO, { exact: true })).toBeVisible();
  }
});

test('shows the queue of twenty tokens, lets them all arrive in order, and stops it at a word', async ({
  launch,
  keyring,
  ovp,
}) => {
  test.slow();
  await keyring.start(true);
  ovp.setRate(3);
  const app = await launch({ env: keyring.env });
  const page = await app.firstWindow();
  await resize(app, page);
  await useKeychain(page);
  await addWorkspace(page, ovp);
  await fillCreation(page, 'queued');
  const panel = sidePanel(page, 'Create key in OVP');
  await panel.getByRole('button', { name: 'Create key' }).click();
  await panel.getByRole('button', { name: 'Show the key' }).click();
  const before = ovp.calls.length;

  /** asks for twenty at once, each known by its moment of expiry, and gives what became of each */
  const askForTwenty = (from: number) =>
    page.evaluate(async (first) => {
      const keys = await catwalk.keys.list();
      const key = keys.ok ? keys.value[0] : undefined;
      const asked = Array.from({ length: 20 }, (_, index) =>
        catwalk.ovp.requestToken({
          workspace: key?.workspace ?? '',
          kid: key?.kid ?? '',
          claims: { exp: first + index },
        }),
      );
      return (await Promise.all(asked)).map((answer) => (answer.ok ? 'arrived' : answer.error.code));
    }, from);
  const line = page.getByRole('region', { name: 'Requests to the OVP' });

  const all = askForTwenty(2_000_000_000);
  await expect(line).toContainText(/1\d waiting, next/);
  await expectAccessible(page);
  expect(await all).toEqual(Array.from({ length: 20 }, () => 'arrived'));
  await expect(line).toBeHidden();
  // where the machine is slow the OVP may have refused one as too early: it was asked for again, and nobody overtook it
  const arrived = () =>
    ovp.calls
      .slice(before)
      .filter(({ status }) => status === 201)
      .map(({ body }) => (JSON.parse(body) as { readonly exp: number }).exp);
  expect(arrived()).toEqual(Array.from({ length: 20 }, (_, index) => 2_000_000_000 + index));

  const some = askForTwenty(2_100_000_000);
  await expect(line).toContainText(/waiting/);
  await line.getByRole('button', { name: 'Cancel all' }).click();
  const fates = await some;
  expect(new Set(fates)).toContain('ERR_OVP_CANCELLED');
  await expect(line).toBeHidden();
  // one may have been on its way when it was cancelled
  const made = fates.filter((fate) => fate === 'arrived').length;
  expect([made, made + 1]).toContain(arrived().length - 20);
  await showPage(page, 'OVP workspaces');
  await inOvp(page).getByRole('button', { name: 'Refresh' }).click();
  await expect(inOvp(page).getByText(VIDEO, { exact: true })).toBeVisible();
});

test.describe('a keyring that dies between the OVP’s answer and the storing', () => {
  let kill: () => Promise<void>;
  test.use({
    ovpOptions: {
      beforeAnswer: async ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/keys')) await kill();
      },
    },
  });

  test('loses nothing: the secret is held, said to be, and goes into a vault instead', async ({
    launch,
    keyring,
    ovp,
  }) => {
    kill = () => keyring.kill();
    await keyring.start(true);
    const app = await launch({ env: keyring.env });
    const page = await app.firstWindow();
    await resize(app, page);
    await useKeychain(page);
    await addWorkspace(page, ovp);
    await fillCreation(page, 'prod-4');
    const panel = sidePanel(page, 'Create key in OVP');
    await panel.getByRole('button', { name: 'Create key' }).click();
    const note = panel.getByRole('alert').filter({ hasText: 'its secret is not stored yet' });
    await expect(note).toContainText('in memory and is not lost');
    for (const name of ['Store it again', 'Store it in the passphrase vault…', 'Reveal once…'])
      await expect(note.getByRole('button', { name })).toBeVisible();
    await expectAccessible(page);
    expect(keyring.find().accounts).toEqual([]);

    // the keyring is still dead
    await note.getByRole('button', { name: 'Store it again' }).click();
    await expect(panel.getByRole('alert').filter({ hasText: 'keychain' }).first()).toBeVisible();
    await note.getByRole('button', { name: 'Store it in the passphrase vault…' }).click();
    await makeVault(page);
    await expect(panel).toContainText('The secret goes straight to the passphrase vault done');
    // its API key was read before the keyring died
    await expect(panel).toContainText('hex matches');
    await panel.getByRole('button', { name: 'Show the key' }).click();
    await expect(page.getByRole('row', { name: /prod-4/ }).first()).toContainText('calibrated');
    await expect(page.getByRole('main')).toContainText('Vault entry');
    expect(ovp.platform.keyNames()).toEqual(['prod-4']);
  });
});

test('refuses to send while offline, and shows what was kept', async ({ launch, keyring, ovp }) => {
  await keyring.start(true);
  const app = await launch({ env: keyring.env });
  const page = await app.firstWindow();
  await resize(app, page);
  await useKeychain(page);
  await addWorkspace(page, ovp);
  await inOvp(page).getByRole('button', { name: 'Refresh' }).click();
  await expect(inOvp(page).getByText(VIDEO, { exact: true })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('1 request sent');
  await page.getByRole('contentinfo').getByText('Offline').click();
  await expect(inOvp(page).getByRole('button', { name: 'Refresh' })).toBeDisabled();
  await goTo(page, 'Inspect');
  await goTo(page, 'Keys');
  await showPage(page, 'OVP workspaces');
  await inOvp(page).getByRole('searchbox', { name: 'Search videos' }).fill('harbour concert, part 7');
  await expect(inOvp(page).getByRole('row')).toHaveCount(2);
  expect(ovp.calls).toHaveLength(1);
  expect(await page.evaluate(() => catwalk.ovp.keys({ workspace: 'x', refresh: true }))).toMatchObject({ ok: false });
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the OVP’s screens are accessible in the ${colorScheme} theme`, async ({ launch, keyring, ovp }) => {
    test.slow();
    await keyring.start(true);
    const app = await launch({ env: keyring.env });
    const page = await app.firstWindow();
    await resize(app, page);
    await page.emulateMedia({ colorScheme });
    await goTo(page, 'Keys');
    await expectAccessible(page);
    await useKeychain(page);
    await addWorkspace(page, ovp);
    await inOvp(page).getByRole('button', { name: 'Refresh' }).click();
    await inOvp(page).getByText(VIDEO, { exact: true }).click();
    await expectAccessible(page);
    await fillCreation(page, `axe-${colorScheme}`);
    await expectAccessible(page);
    const panel = sidePanel(page, 'Create key in OVP');
    await panel.getByRole('button', { name: 'Create key' }).click();
    await panel.getByRole('button', { name: 'Show the key' }).click();
    await expectAccessible(page);
    await showPage(page, 'OVP workspaces');
    await setUp(page).getByRole('button', { name: 'Ask for a token…' }).click();
    await expectAccessible(page);
  });
