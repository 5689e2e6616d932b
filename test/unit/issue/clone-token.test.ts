import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { isComplete } from '../../../shared/cbor/is-complete.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import { parseEdn } from '../../../shared/cbor/parse-edn.ts';
import type { ClaimsSet } from '../../../shared/claims/claims-set.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { type EnvelopeForm, signEnvelope } from '../../../shared/cose/sign.ts';
import { cloneToken } from '../../../shared/issue/clone-token.ts';
import { issueToken } from '../../../shared/issue/issue-token.ts';
import { prepareToken } from '../../../shared/issue/prepare-token.ts';
import { VECTORS, vectorBytes } from '../../vectors/load-vectors.ts';
import { KEY, notesOf, readBack, target } from './issuing.ts';

/** A token whose claims stand exactly as the notation says. */
function token(edn: string, form: Partial<EnvelopeForm> = {}): Uint8Array {
  const parsed = parseEdn(edn);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const claims = encode(parsed.value, { form: 'authored' });
  const signed = signEnvelope({ alg: 'HS256', tags: [61, 17], ...form, claims }, KEY.material, nodeCrypto);
  if (!signed.ok) throw new Error(signed.error.message);
  return signed.value;
}

function clone(bytes: Uint8Array) {
  const envelope = openEnvelope(bytes);
  const claims = envelope.payload?.claims;
  return cloneToken(envelope, claims && readClaims(claims));
}

function reissue(bytes: Uint8Array) {
  const issued = issueToken(clone(bytes), target('cta-5007-b'), KEY.material, nodeCrypto);
  if (!issued.ok) throw new Error(JSON.stringify(issued.error));
  return issued.value;
}

describe('cloneToken', () => {
  it('makes the same token again, byte for byte, when it was deterministic', () => {
    const bytes = token(
      '{1: "x", 4: 1900000000, 7: h\'0b71\', 312: {3: {3: "id"}}, 400: [1, "a"], "vendor": {2: null}}',
      {
        kid: new TextEncoder().encode('k1'),
      },
    );
    const draft = clone(bytes);
    expect(draft.claims).toEqual({
      iss: 'x',
      exp: 1_900_000_000,
      cti: { hex: '0b71' },
      catu: { path: { contains: 'id' } },
    });
    expect(draft.kept).toEqual([
      { label: '190190', value: '82016161' },
      { label: '6676656e646f72', value: 'a102f6' },
    ]);
    expect(draft.envelope).toEqual({ alg: 'HS256', cwtTag: true, coseTag: true, kid: 'k1', kidIn: 'unprotected' });
    expect(encodeHex(reissue(bytes).bytes)).toBe(encodeHex(bytes));
  });

  it('keeps unknown claims byte for byte however they were written', () => {
    const bytes = token('{400: [_ 1_1, h\'aa\'_0, 1.5_3], 401_2: (_ "a", "b"), 1: "x"}');
    const again = readBack(reissue(bytes).bytes);
    const payload = encodeHex(again.envelope.payload?.bytes ?? new Uint8Array());
    expect(payload).toContain('1901909f1900015801aafb3ff8000000000000ff');
    expect(payload).toContain('1a000001917f61616162ff');
    expect(again.integrity.state).toBe('verified');
  });

  it('keeps a known claim of a shape that cannot be used, and says so', () => {
    const bytes = token('{1: "x", 4: "soon"}');
    expect(clone(bytes)).toMatchObject({ claims: { iss: 'x' }, kept: [{ label: '04', value: '64736f6f6e' }] });
    const issued = reissue(bytes);
    expect(notesOf(issued.notes, 'exp')).toEqual(['hint odd-shape']);
    expect(readBack(issued.bytes).json).toEqual({ iss: 'x', exp: 'soon' });
  });

  it('turns drafts and habits of others into what is registered today', () => {
    const bytes = token('{4: 1, 270: {3: [3, "id"]}, 279: 1}');
    expect(clone(bytes)).toMatchObject({
      claims: { exp: 1, catu: { path: { contains: 'id' } }, catv: 1 },
      kept: [],
    });
    expect(readBack(reissue(bytes).bytes).set.dialects).toEqual(['cta-5007']);
  });

  it('takes the envelope along: tags, kid and its place, payload form', () => {
    const bytes = token('{4: 1}', {
      tags: [17],
      kid: Uint8Array.of(0, 255),
      kidIn: 'protected',
      payloadForm: 'hex-text',
    });
    expect(clone(bytes).envelope).toEqual({
      alg: 'HS256',
      cwtTag: false,
      coseTag: true,
      kid: { hex: '00ff' },
      kidIn: 'protected',
      payloadForm: 'hex-text',
    });
  });

  it('leaves out what was cut off', () => {
    const bytes = token('{1: "x", 400: "a long text that will be cut"}');
    const { claims, kept } = clone(bytes.subarray(0, bytes.length - 50));
    expect(claims).toEqual({ iss: 'x' });
    expect(kept).toEqual([]);
    expect(clone(new Uint8Array(0))).toEqual({ claims: {}, kept: [], envelope: {} });
  });

  it('refuses kept claims that are no encoded items', () => {
    const wrong = {
      claims: {},
      kept: [
        { label: '04', value: '18' },
        { label: 'x', value: '00' },
      ],
      envelope: {},
    };
    const issued = issueToken(wrong, target('cta-5007-b'), KEY.material, nodeCrypto);
    expect(issued).toMatchObject({
      ok: false,
      error: { code: 'ERR_ISSUE_CLAIMS', problems: [{ path: ['kept', 0] }, { path: ['kept', 1] }] },
    });
  });
});

describe('every public token', () => {
  // the dot form has another envelope, COSE's own examples hold text, and Encrypt0 needs its key first
  const cloneable = VECTORS.filter(({ form }) => form !== 'c4m-dot').flatMap((vector) => {
    const envelope = openEnvelope(vectorBytes(vector));
    const node = envelope.payload?.claims;
    return node?.kind === 'map' ? [{ id: vector.id, envelope, node }] : [];
  });

  it('is here', () => {
    expect(cloneable.length).toBeGreaterThan(50);
  });

  it.each(cloneable)('$id can be cloned, with what nobody knows as it was', ({ envelope, node }) => {
    const before = readClaims(node);
    const prepared = prepareToken(cloneToken(envelope, before), target('cta-5007-b'));
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));

    const { root, issues } = decode(prepared.value.bytes);
    const after = readClaims(root);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    // the same claims under the same names: known ones in today's shape, the others byte for byte
    expect(after.entries.map(({ name }) => name).sort()).toEqual(before.entries.map(({ name }) => name).sort());
    const unknown = (set: ClaimsSet) =>
      set.entries
        .filter(({ definition }) => definition === undefined)
        .map(({ keyNode, node: value }) => [keyNode, value].map(authored).join(' '))
        .sort();
    expect(unknown(after)).toEqual(unknown(before));
  });
});

function authored(node: CborNode): string {
  if (!isComplete(node)) throw new Error('cut off');
  return encodeHex(encode(node, { form: 'authored' }));
}
