import { describe, expect, it } from 'vitest';
import { judgeRows } from '../../../renderer/features/inspect/judged-rows.ts';
import type { IntegrityState } from '../../../renderer/features/inspect/model.ts';
import { SAMPLE } from '../../../renderer/features/inspect/sample.ts';
import { describeToken } from '../../../renderer/features/inspect/sentence.ts';
import { answerIntegrity, answerRequest, answerTime } from '../../../renderer/features/inspect/words.ts';
import { describeStore } from '../../../renderer/shell/describe-store.ts';
import { readTokenView } from '../../../renderer/workers/token-view/read-token-view.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import type { KeyVerification } from '../../../shared/contract/keys.ts';
import { judgeClaims } from '../../../shared/evaluate/judge-claims.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { keyId, seconds } from '../../../shared/units.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';

const NBF = seconds(1_795_507_440);
const EXP = seconds(1_795_514_640);

function look(text: string, request: RequestFacts, at = NBF) {
  const token = findTokens(text).tokens.find((candidate) => candidate.kind !== 'not-a-cat');
  if (token === undefined) throw new Error('no token');
  const inspection = inspectToken(token, { now: at });
  const view = readTokenView(inspection);
  const verdicts =
    inspection.claims === undefined
      ? []
      : judgeClaims(inspection.claims, request, { now: at, skew: seconds(0) }, cta5007);
  return { view, rows: judgeRows(view, verdicts) };
}

const REQUEST: RequestFacts = {
  url: 'https://cdn.example.com/hls-hq/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/1080p/seg_0017.ts',
  method: 'GET',
};
const answered = (verification: KeyVerification): IntegrityState => ({ kind: 'answered', verification });
const VERIFIED = answered({
  state: 'verified',
  key: { id: keyId('7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517'), name: 'prod-2', environment: 'prod' },
  encoding: 'hex',
  withNewline: false,
  context: 'MAC0',
  kidMatches: true,
  tried: 1,
});
const NOT_CHECKED = answered({ state: 'not-checked', tried: 0, reason: 'no key' });

describe('integrity', () => {
  const { view } = look(SAMPLE, {});
  it('is neutral when no key is there', () => {
    expect(answerIntegrity(NOT_CHECKED, view)).toMatchObject({ kind: 'not-checked', word: 'Not checked' });
  });
  it('fails only with a key of the token’s own kid', () => {
    const failed = (kidMatches: boolean) => answered({ state: 'failed', kidMatches, tried: 3, reason: 'x' });
    expect(answerIntegrity(failed(true), view)).toMatchObject({ kind: 'fail', word: 'Wrong MAC' });
    expect(answerIntegrity(failed(false), view)).toMatchObject({ kind: 'not-checked', word: 'No key fits' });
  });
  it('is verified with the key, its reading and its kid', () => {
    expect(answerIntegrity(VERIFIED, view)).toEqual({ kind: 'pass', word: 'Verified', detail: 'as hex, kid matches' });
  });
  it('can’t be checked when the MAC is cut off', () => {
    const cut = look(SAMPLE.slice(0, -30), {}).view;
    expect(answerIntegrity(NOT_CHECKED, cut)).toMatchObject({ kind: 'cannot-know', word: 'Can’t check' });
  });
  it('has no answer before there is one', () => {
    expect(answerIntegrity({ kind: 'waiting' }, view)).toBeUndefined();
  });
});

describe('time', () => {
  const { view } = look(SAMPLE, {});
  it.each([
    [NBF - 1, 'fail', 'Not valid yet'],
    [NBF, 'pass', 'Valid for 2 h'],
    [EXP - 1, 'pass', 'Valid for 1 s'],
    [EXP, 'fail', 'Expired 0 s ago'],
    [EXP + 3 * 3600 + 212, 'fail', 'Expired 3 h 3 min ago'],
  ])('at %d is %s: %s', (at, kind, word) => {
    expect(answerTime(view, seconds(at))).toMatchObject({ kind, word });
  });
});

describe('the request', () => {
  it('counts its claims, and the parts add up', () => {
    const { rows } = look(SAMPLE, REQUEST);
    const answer = answerRequest(rows, REQUEST);
    expect(answer).toMatchObject({ kind: 'fail', word: 'Denied by 1 of 7 claims' });
    const parts = [...answer.detail.matchAll(/\d+/g)].map(Number);
    expect(1 + parts.reduce((sum, part) => sum + part, 0)).toBe(7);
  });
  it('is not checked without one', () => {
    const { rows } = look(SAMPLE, {});
    expect(answerRequest(rows, {})).toMatchObject({ kind: 'not-checked', word: 'Not checked' });
  });
  it('never passes while a claim is not known', () => {
    const request = { ...REQUEST, url: REQUEST.url?.replace('hls-hq', 'hls') ?? '' };
    const { rows } = look(SAMPLE, request);
    expect(answerRequest(rows, request).kind).not.toBe('pass');
  });
});

describe('the sentence', () => {
  const say = (integrity: IntegrityState, request: RequestFacts, at = NBF, text = SAMPLE) => {
    const { view, rows } = look(text, request, at);
    return toPlainText(describeToken({ view, integrity, rows, at }), UTC_STYLE);
  };
  it('says “genuine” only after a MAC verified', () => {
    expect(say(VERIFIED, {})).toMatch(/^The token is genuine\. It lets /);
    expect(say(NOT_CHECKED, {})).toMatch(/^Nobody can tell yet whether it is genuine: /);
    expect(say(NOT_CHECKED, {})).toContain('no key for kid “4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab-3fa81”');
    expect(say({ kind: 'waiting' }, {})).toMatch(/^Nobody can tell yet/);
  });
  it('names the cause, token side first, and time last', () => {
    expect(say(VERIFIED, REQUEST, seconds(EXP + 1))).toBe(
      'The token is genuine, but this request would be denied. It covers paths that start with “/hls/…” and the ' +
        'request asks for “/hls-hq/…”. It also expired at 2026-11-24 10:04:00 UTC.',
    );
  });
  it('says where a damaged token stops', () => {
    expect(say(NOT_CHECKED, REQUEST, NBF, SAMPLE.slice(0, 300))).toMatch(/^The token stops at byte \d+\./);
  });
});

describe('where secrets are kept', () => {
  it('is called a keychain only when it is the system’s', () => {
    const session = describeStore({
      kind: 'session',
      name: 'memory',
      state: 'unlocked',
      count: 1,
      reason: 'D-Bus is missing.',
    });
    expect(session.title).toBe('This session only');
    expect(session.meaning).toContain('D-Bus is missing.');
    expect(session.meaning).toContain('forgotten when you quit');
    expect(session.isOdd).toBe(true);
    const vault = describeStore({ kind: 'vault', name: 'vault', state: 'locked', count: 0 });
    expect(`${vault.short} ${vault.title} ${vault.meaning}`).not.toMatch(/keychain/i);
    expect(describeStore({ kind: 'keychain', name: 'KWallet', state: 'unlocked', count: 2 }).title).toBe(
      'OS keychain: KWallet, unlocked',
    );
  });
});
