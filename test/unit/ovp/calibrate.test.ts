import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { issueToken } from '../../../shared/issue/issue-token.ts';
import { flowplayerOvp } from '../../../shared/issue/targets/flowplayer-ovp.ts';
import type { LocalOvp } from '../../ovp/local-ovp.ts';
import type { TokenHabits } from '../../ovp/token-maker.ts';
import {
  type App,
  connect,
  createQuickClock,
  createScene,
  failure,
  type Scene,
  startOvp,
  stored,
  value,
} from './harness.ts';

let scene: Scene;
let ovp: LocalOvp;
let app: App;
let workspace: string;

beforeEach(async () => {
  const clock = createQuickClock();
  scene = await createScene(clock);
  ovp = await startOvp(clock);
  app = await scene.start();
  workspace = (await connect(app, ovp)).id;
});
afterEach(async () => {
  await scene.end();
  await ovp.stop();
});

async function create(name = 'k', environment: KeyRecord['environment'] = 'prod'): Promise<KeyRecord> {
  const outcome = value(await app.ask('ovp.createKey', { workspace, name, environment, store: 'keychain' }));
  if (outcome.kind !== 'stored') throw new Error(outcome.unfinished.reason);
  return outcome.key;
}

async function calibrated(key: KeyRecord, token?: string): Promise<KeyRecord> {
  const found = value(await app.ask('ovp.calibrate', { key: key.id, ...(token === undefined ? {} : { token }) }));
  if (found.state !== 'matched') throw new Error(`${found.state}: ${found.reason}`);
  return found.key;
}

const HABITS: readonly (readonly [title: string, habits: Partial<TokenHabits>, envelope: object])[] = [
  ['hex', { readAs: 'hex' }, { alg: 'HS256', cwtTag: false, coseTag: true, kidIn: 'unprotected' }],
  ['text', { readAs: 'utf8' }, { alg: 'HS256' }],
  ['base64', { readAs: 'base64' }, { alg: 'HS256' }],
  ['base64url', { readAs: 'base64url' }, { alg: 'HS256' }],
  ['hex, and alg 4', { readAs: 'hex', alg: 4 }, { alg: 'HS256/64' }],
  ['hex, and tags 61 and 17', { tags: [61, 17] }, { cwtTag: true, coseTag: true }],
  ['hex, and no tag', { tags: [] }, { cwtTag: false, coseTag: false }],
  ['hex, and the kid in the protected header', { kidIn: 'protected' }, { kidIn: 'protected' }],
  ['hex, and the payload as hex text', { payloadForm: 'hex-text' }, { payloadForm: 'hex-text' }],
];

describe('a key whose value is read as', () => {
  it.each(HABITS)(
    '%s: is found out, remembered, and signs tokens of the same form',
    async (_title, habits, envelope) => {
      ovp.setHabits(habits);
      const key = await create();
      expect(key.calibration).toBeUndefined();
      const record = await calibrated(key);
      const readAs = habits.readAs ?? 'hex';
      // a value without the characters in which the two differ is the same secret under both
      const both = readAs === 'base64url' ? [readAs, 'base64'] : [readAs];
      expect(both).toContain(record.calibration?.encoding);
      expect(record.encoding).toBe(record.calibration?.encoding);
      expect(record.calibration?.ruledOut).not.toContain(readAs);
      expect(record.calibration).toMatchObject({ envelope, differences: [], source: 'ovp' });

      // after a restart as well
      app = await scene.start();
      expect(await app.keys.list()).toEqual([record]);

      // the same claims, by the OVP and signed here: one key verifies both, and they are the same bytes
      const claims = { catu: { path: { contains: 'abc' } }, exp: 2_000_000_000 };
      const theirs = value(await app.ask('ovp.requestToken', { workspace, kid: record.kid ?? '', claims })).token;
      const bytes = Buffer.from((await stored(scene, record.item)) ?? '', record.encoding as BufferEncoding);
      const draft = { claims, kept: [], envelope: record.calibration?.envelope ?? {} };
      // alg 4 and hex text are no habits of the target, so they are shown by verification alone
      const ours = issueToken(draft, flowplayerOvp, { kind: 'secret', bytes: new Uint8Array(bytes) }, nodeCrypto);
      if (habits.alg === 4 || habits.payloadForm === 'hex-text') expect(ours.ok).toBe(false);
      else expect(ours.ok && ours.value.text).toBe(theirs);
      expect(value(await app.keys.verify(theirs))).toMatchObject({
        state: 'verified',
        key: { id: record.id },
        encoding: record.encoding,
        kidMatches: true,
        tried: 1,
      });
    },
  );
});

describe('calibrating', () => {
  it('asks for a token of 60 seconds that opens nothing', async () => {
    const key = await create();
    await calibrated(key);
    const asked = ovp.calls.at(-1);
    const body = JSON.parse(asked?.body ?? '');
    expect(body).toMatchObject({ key_id: key.kid, catu: { '3': [3, expect.stringMatching(/^catwalk-calibration-/)] } });
    expect(body.exp - Math.floor((asked?.at ?? 0) / 1000)).toBe(60);
    expect(Object.keys(body).sort()).toEqual(['catu', 'exp', 'key_id']);
  });

  it('takes a pasted token, in an address as well, and sends nothing', async () => {
    const key = await create();
    const claims = { exp: 1 };
    const { token } = value(await app.ask('ovp.requestToken', { workspace, kid: key.kid ?? '', claims }));
    const before = ovp.calls.length;
    const record = await calibrated(key, `see https://cdn.example.test/pt:${token}/a/playlist.m3u8`);
    expect(record.calibration?.source).toBe('pasted');
    expect(ovp.calls).toHaveLength(before);
  });

  it('a token of another key is said to be one, and changes nothing', async () => {
    const [key, other] = [await create('a'), await create('b')];
    const { token } = value(await app.ask('ovp.requestToken', { workspace, kid: other.kid ?? '', claims: { exp: 1 } }));
    expect(value(await app.ask('ovp.calibrate', { key: key.id, token }))).toEqual({
      state: 'no-match',
      kidMatches: false,
      reason: 'The token names another key than this one.',
    });
    expect(await app.keys.list()).toEqual([key, other]);
  });

  it('a changed token matches no reading', async () => {
    const key = await create();
    const { token } = value(await app.ask('ovp.requestToken', { workspace, kid: key.kid ?? '', claims: { exp: 1 } }));
    const changed = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    expect(value(await app.ask('ovp.calibrate', { key: key.id, token: changed }))).toMatchObject({
      state: 'no-match',
      kidMatches: true,
    });
  });

  it('text without a token is said to have none', async () => {
    const key = await create();
    expect(value(await app.ask('ovp.calibrate', { key: key.id, token: 'hello' }))).toMatchObject({
      state: 'cannot-tell',
    });
  });

  it('without the secret asks for nothing', async () => {
    const key = await create();
    scene.broken.get = async () => ({ ok: true, value: undefined });
    const before = ovp.calls.length;
    expect(failure(await app.ask('ovp.calibrate', { key: key.id })).code).toBe('ERR_SECRETS_MISSING');
    expect(ovp.calls).toHaveLength(before);
  });

  it('of a key that belongs to no workspace needs a pasted token', async () => {
    const key = await create();
    value(await app.ask('ovp.deleteWorkspace', { id: workspace }));
    expect(failure(await app.ask('ovp.calibrate', { key: key.id })).code).toBe('ERR_OVP_WORKSPACE_GONE');
  });

  it('is forgotten when the secret is read otherwise by hand', async () => {
    const record = await calibrated(await create());
    const changed = value(await app.keys.update({ id: record.id, encoding: 'utf8' }));
    expect(changed.calibration).toBeUndefined();
    const renamed = value(await app.keys.update({ id: record.id, name: 'other' }));
    expect(renamed.workspace).toBe(workspace);
  });
});
