import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import type { EdgeStage } from '../../../../main/edge/edge.ts';
import { refOf } from '../../../../main/keys/key-ring.ts';
import type { EdgeSettings } from '../../../../shared/contract/preview.ts';
import { refusal } from '../../../../shared/contract/preview-why.ts';
import { keepOpened } from '../../../../shared/edge/open-token.ts';
import { toPlainText } from '../../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../../shared/explain/time-style.ts';
import { err } from '../../../../shared/result.ts';
import { KEY } from '../../issue/issuing.ts';
import { BASE, NOW, stageWith, tokenised, tokenWith } from '../edge/stages.ts';
import { keysWith } from '../issue/keys.ts';
import { startRequests } from './requests.ts';

const { dev } = keysWith();
const CANDIDATE = { ...KEY, ref: refOf(dev) };
const tokens = keepOpened([CANDIDATE], nodeCrypto);

/** What is told of the last of these requests; the token is of the development key. */
async function why(
  token: string,
  settings: Partial<EdgeSettings> = {},
  more: Partial<EdgeStage> & { readonly names?: readonly string[]; readonly bare?: boolean } = {},
) {
  const { names = ['playlist.m3u8'], bare = false, ...stage } = more;
  const played = startRequests(() => stageWith(settings, { tokens, ...stage }), { token });
  for (const name of names.slice(0, -1)) await played.ask(tokenised(token, name));
  const last = names.at(-1) ?? '';
  await played.ask(bare ? BASE + last : tokenised(token, last));
  const row = played.ended.at(-1);
  if (row === undefined) throw new Error('no row');
  const told = refusal.parse(played.explain(row, { keys: [dev], candidates: [CANDIDATE] }));
  return { ...told, says: toPlainText(told.sentence, UTC_STYLE), fixes: toPlainText(told.fix.sentence, UTC_STYLE) };
}

const PREFIX = { catu: { path: { prefix: '/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/360p/' } } };

describe('why a request was refused', () => {
  it('is told by the rule that refused, with what parts, what passed before, and the mend', async () => {
    const told = await why(tokenWith(PREFIX), {}, { names: ['360p/index.m3u8', '360p/init.mp4', '720p/index.m3u8'] });
    expect(told).toMatchObject({
      cause: 'claims',
      integrity: { state: 'verified', key: { id: dev.id, name: dev.name } },
      time: { state: 'valid', expires: NOW / 1000 + 600 },
      diff: { claim: 'catu.path.prefix', expected: PREFIX.catu.path.prefix },
      before: { passed: 2, last: 2 },
      fix: { kind: 'reissue', keyId: dev.id },
      mend: { sufficient: true, changes: [{ claim: 'catu' }] },
      copies: [{ channel: 'path', slot: 'A', judged: true }],
    });
    expect(told.says).toMatch(/^path does not start with/);
    expect(told.diff?.at).toBe(PREFIX.catu.path.prefix.indexOf('360p') + 1);
    expect(told.claims.filter(({ verdict }) => verdict === 'fail').map(({ claim }) => claim)).toEqual(['catu.path']);
  });

  it('of an expiry has both clocks, and a rule that refuses as well comes first', async () => {
    const told = await why(tokenWith({ exp: NOW / 1000 + 60 }), { clockOffset: 90_000 });
    expect(told).toMatchObject({
      ...{ cause: 'time', time: { state: 'expired' }, fix: { kind: 'reissue', keyId: dev.id } },
      clocks: { here: NOW, edge: NOW + 90_000 },
    });
    const both = await why(tokenWith({ exp: NOW / 1000 + 60, ...PREFIX }), { clockOffset: 90_000 });
    expect(both).toMatchObject({ cause: 'claims', diff: { claim: 'catu.path.prefix' } });
    expect(both.mend?.changes.map(({ claim }) => claim).sort()).toEqual(['catu', 'exp']);
  });

  it('of a key that the edge does not know names the key that made it', async () => {
    const other = { keyId: 'other' as EdgeSettings['keyId'] };
    const told = await why(tokenWith(), other, { tokens: keepOpened([], nodeCrypto) });
    expect(told).toMatchObject({ cause: 'integrity', fix: { kind: 'change-key', keyId: dev.id } });
    expect(told.says).toContain(dev.name);
  });

  it('of a token that was left behind says how it was named', async () => {
    const addresses = 'absolute' as const;
    const told = await why(tokenWith(), { addresses }, { names: ['playlist.m3u8', '360p/index.m3u8'], bare: true });
    expect(told).toMatchObject({
      cause: 'lost-token',
      fix: { kind: 'addresses' },
      copies: [],
      integrity: { state: 'no-token' },
    });
    expect(told.says).toContain('by its whole address');
  });

  it.each<[string, Partial<EdgeSettings>, string]>([
    ['a fault', { fault: { kind: 'status', status: 503 } }, 'fault'],
    ['a missing CORS header', { fault: { kind: 'no-cors' } }, 'cors'],
    ['an expiry on purpose', { fault: { kind: 'expire' } }, 'time'],
  ])('of %s blames the edge', async (_what, settings, cause) => {
    const told = await why(tokenWith(), settings);
    expect(told).toMatchObject({ cause, fix: { kind: 'clear-fault' } });
    expect(told.fixes).toBe('Switch the fault off');
  });

  it('of a mend that would widen rights leaves it to a person', async () => {
    const told = await why(tokenWith({ catgeoiso3166: ['NO'] }));
    expect(told).toMatchObject({ cause: 'claims', fix: { kind: 'decide' } });
    expect(told.mend?.decisions.map(({ claim }) => claim)).toEqual(['catgeoiso3166']);
  });

  it('of a file that is not there does not blame the token', async () => {
    const told = await why(tokenWith(), {}, { names: ['360p/none.m4s'] });
    expect(told).toMatchObject({ cause: 'missing', said: { status: 404 }, fix: { kind: 'none' } });
  });

  it('of an origin that gives no answer does not say that it refused', async () => {
    const token = tokenWith({});
    const stage = () => stageWith({ passOn: true }, { tokens, mount: undefined });
    const message = 'The origin did not answer. There is no way to cdn.example.com from this network.';
    const played = startRequests(stage, { token, askOrigin: async () => err({ message, sent: true }) });
    await played.ask(tokenised(token));
    const [row] = played.ended;
    if (row === undefined) throw new Error('no row');
    const told = refusal.parse(played.explain(row));
    expect(told).toMatchObject({ cause: 'no-answer', said: { status: 502 }, fix: { kind: 'none' } });
    expect(toPlainText(told.sentence, UTC_STYLE)).toBe(message);
  });

  it('of one that passed says so, with every claim', async () => {
    const told = await why(tokenWith());
    expect(told).toMatchObject({ cause: null, says: 'It was let through.', fix: { kind: 'none' } });
    expect(told.claims.every(({ verdict }) => verdict !== 'fail')).toBe(true);
  });
});
