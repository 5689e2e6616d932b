import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { createIssuer, type Issuer } from '../../../shared/issue/create-issuer.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import { issueToken } from '../../../shared/issue/issue-token.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { draft, KEY, notesOf, target } from './issuing.ts';

const TEMPLATE = draft({ iss: 'x', catu: { path: { contains: 'id' } }, catm: ['GET'] });

function issuer(id: TargetId, from: Draft = TEMPLATE): Issuer {
  const created = createIssuer(from, target(id), KEY.material, nodeCrypto);
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value;
}

function hexOf(made: ReturnType<Issuer['issue']>): string {
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return encodeHex(made.value.bytes);
}

describe('createIssuer', () => {
  it.each<[TargetId, JsonObject]>([
    ['cta-5007-b', {}],
    ['cta-5007-b', { exp: 1_900_000_000, cti: { hex: '0b71' } }],
    ['cta-5007-b', { iss: 'y', catu: { host: { exact: 'a' } }, '400': 1, '"a"': 2, sub: 's' }],
    ['node-cat', { exp: 5, catnip: ['10.0.0.0/8'], cath: { a: { exact: 'b' } } }],
    ['flowplayer-ovp', { exp: 7, catv: 1 }],
  ])('for %s with %j makes what issuing once makes', (id, changes) => {
    const whole = issueToken(
      { ...TEMPLATE, claims: { ...TEMPLATE.claims, ...changes } },
      target(id),
      KEY.material,
      nodeCrypto,
    );
    if (!whole.ok) throw new Error(JSON.stringify(whole.error));
    expect(hexOf(issuer(id).issue(changes))).toBe(encodeHex(whole.value.bytes));
  });

  it('keeps its template from token to token', () => {
    const made = issuer('cta-5007-b');
    const first = hexOf(made.issue({ exp: 1 }));
    made.issue({ exp: 2, sub: 'other' });
    expect(hexOf(made.issue({ exp: 1 }))).toBe(first);
  });

  it('asks each token for what the target wants', () => {
    const made = issuer('flowplayer-ovp');
    expect(notesOf(made.notes)).toEqual(['left-out not-taken']);
    expect(made.issue({})).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    expect(made.issue({ exp: 1 }).ok).toBe(true);
    expect(made.issue({ exp: 1, catv: 2 })).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    expect(made.issue({ exp: 'x', aud: 5 })).toMatchObject({
      ok: false,
      error: { code: 'ERR_ISSUE_CLAIMS', problems: [{ path: ['exp'] }, { path: ['aud'] }] },
    });
  });

  it('makes another plan when other members change', () => {
    const made = issuer('cta-5007-b');
    const once = (changes: JsonObject): string => {
      const whole = { ...TEMPLATE, claims: { ...TEMPLATE.claims, ...changes } };
      const issued = issueToken(whole, target('cta-5007-b'), KEY.material, nodeCrypto);
      return issued.ok ? encodeHex(issued.value.bytes) : 'refused';
    };
    const longer = [
      { exp: 3, sub: 'longer' },
      { exp: 70_000, sub: 'as long' },
    ];
    for (const changes of [
      { exp: 1 },
      { sub: 'a', exp: 2 },
      { exp: 3, sub: 'b' },
      ...longer,
      {},
      { nbf: 4 },
      { exp: 5 },
    ])
      expect(hexOf(made.issue(changes))).toBe(once(changes));
    expect(made.issue({ exp: 1, '4': 2 })).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    expect(hexOf(made.issue({ exp: 1 }))).toBe(once({ exp: 1 }));
  });

  it('starts from no draft that cannot be issued', () => {
    const create = (from: Draft, material = KEY.material) => createIssuer(from, target('akamai'), material, nodeCrypto);
    expect(create(draft({ catreplay: 1 }))).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    expect(create(draft({ exp: [] }))).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_CLAIMS' } });
    expect(create(draft({}), { kind: 'secret', bytes: new Uint8Array(0) })).toMatchObject({
      ok: false,
      error: { code: 'ERR_ISSUE_KEY' },
    });
  });
});
