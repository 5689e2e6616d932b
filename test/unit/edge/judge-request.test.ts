import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { behindEdge } from '../../../shared/edge/find-copies.ts';
import { type EdgeFacts, judgeRequest, refusingClaim } from '../../../shared/edge/judge-request.ts';
import { keepOpened } from '../../../shared/edge/open-token.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { VERIFIERS, verifierById } from '../../../shared/verifiers/registry.ts';
import { issue, KEY } from '../issue/issuing.ts';

const NOW = 1_795_525_652;
const made = (claims: JsonObject = {}, target: TargetId = 'cta-5007-b') =>
  Buffer.from(issue(target, { iss: 'test', catv: 1, exp: NOW + 600, ...claims }).bytes).toString('base64url');

function judge(token: string, id = 'cta-5007', more: Partial<EdgeFacts> = {}) {
  const verifier = verifierById(id);
  if (verifier === undefined) throw new Error(`no verifier ${id}`);
  return judgeRequest(
    { url: `https://h.example/pt:${token}/a/b.m3u8`, method: 'GET', headers: [] },
    {
      ...{ verifier: behindEdge(verifier), tokens: keepOpened([KEY], nodeCrypto), now: NOW, ip: '192.0.2.7' },
      ...{ country: 'SE', seen: () => 0, expireAll: false },
      ...more,
    },
  );
}

describe('a request at an edge', () => {
  it.each(VERIFIERS.map(({ id }) => id))('has one answer by the rules of %s, whatever comes', (id) => {
    for (const token of [made(), made({ exp: 1 }), made({ catu: { path: { exact: '/x' } } }), '', 'x', '2D0', 'a.b.c'])
      expect(['accept', 'reject', 'cannot-tell']).toContain(judge(token, id).decision);
    expect(judge('x', id)).toMatchObject({ decision: 'reject' });
  });

  it('is refused for its time only when nothing else refuses', () => {
    expect(judge(made({ exp: NOW - 1 }))).toMatchObject({ decision: 'reject', cause: 'time' });
    expect(judge(made({ exp: NOW - 1, catm: ['POST'] }))).toMatchObject({ decision: 'reject', cause: 'claims' });
  });

  it('is refused when the token is nobody’s that the edge knows', () => {
    const unknown = judge(made(), 'cta-5007', { tokens: keepOpened([], nodeCrypto) });
    expect(unknown).toMatchObject({ decision: 'reject', cause: 'integrity' });
    // the claims are judged all the same: the panel shows both
    expect(unknown.judged?.claims.length).toBeGreaterThan(0);
  });

  it('is refused when every token counts as expired, also one that never expires', () => {
    expect(judge(made(), 'cta-5007', { expireAll: true })).toMatchObject({ cause: 'time' });
    const forever = Buffer.from(issue('cta-5007-b', { iss: 'test', catv: 1 }).bytes).toString('base64url');
    expect(judge(forever)).toMatchObject({ decision: 'accept' });
    const { judged, cause } = judge(forever, 'cta-5007', { expireAll: true });
    expect(cause).toBe('time');
    expect(toPlainText(judged?.reason ?? [], UTC_STYLE)).toBe('The edge was told to take every token for expired');
  });

  it('counts how often a token was let in before', () => {
    const once = made({ catreplay: 1, cti: { hex: '0b71' } });
    expect(judge(once, 'cta-5007', { seen: (id) => (id === '0b71' ? 1 : 0) })).toMatchObject({ cause: 'claims' });
    expect(judge(once, 'cta-5007', { seen: (id) => (id === 'ff' ? 1 : 0) })).toMatchObject({ decision: 'accept' });
  });

  it('names the place in the claim that refused', () => {
    const { judged } = judge(made({ catu: { path: { prefix: '/x' } } }));
    expect(refusingClaim(judged?.claims ?? [])).toBe('catu.path');
  });

  it('needs one copy that passes, and is judged by it', () => {
    const verifier = behindEdge(cta5007);
    const good = made();
    const judged = judgeRequest(
      { url: `https://h.example/pt:${made({ exp: 1 })}/a?CAT=${good}`, method: 'GET', headers: [] },
      {
        ...{ verifier, tokens: keepOpened([KEY], nodeCrypto), now: NOW, ip: '', country: '' },
        ...{ seen: () => 0, expireAll: false },
      },
    );
    expect(judged).toMatchObject({ decision: 'accept', judged: { copy: { channel: 'query', text: good } } });
  });
});

it('opens a token once as long as it is kept, and not for ever', () => {
  const tokens = keepOpened([KEY], nodeCrypto);
  const token = made();
  const opened = tokens.open(token);
  expect(tokens.open(token)).toBe(opened);
  for (let number = 0; number < 64; number++) tokens.open(made({ exp: NOW + 1000 + number }));
  expect(tokens.open(token)).not.toBe(opened);
});
