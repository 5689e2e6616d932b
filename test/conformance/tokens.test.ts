import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { parseKey } from '../../main/keys/parse-key.ts';
import { encodeHex } from '../../shared/bytes/hex.ts';
import type { CborNode } from '../../shared/cbor/node.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { decryptEnvelope } from '../../shared/cose/decrypt.ts';
import type { Envelope } from '../../shared/cose/envelope.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { openDotEnvelope } from '../../shared/cose/open-dot.ts';
import { verify } from '../../shared/cose/verify.ts';
import type { Json } from '../../shared/json.ts';
import { hexBytes, VECTORS, type Vector, vectorBytes, vectorJwk, vectorSecret } from '../vectors/load-vectors.ts';

/** Every token of public projects: what its envelope holds and whether its key made it, by the vector's own words. */
describe('the envelope of', () => {
  it.each(VECTORS)('$id', (vector) => {
    const envelope = open(vector);
    expect(envelope.kind).toBe(kindOf(vector));
    expect(envelope.tags).toEqual(vector.tags);
    expect(envelope.alg && String(envelope.alg.id)).toBe(vector.alg?.split(' ')[0]);
    expect(envelope.kid && { bytes: encodeHex(envelope.kid.bytes), utf8: envelope.kid.text ?? null }).toEqual(
      vector.kid ?? undefined,
    );
    expect(envelope.payload?.form).toBe(payloadForm(vector));
    for (const node of [envelope.root, envelope.protected.map, envelope.payload?.claims]) expectNested(node);
  });
});

describe('the claims of', () => {
  it.each(VECTORS.filter((vector) => vector.checked !== 'decrypt ok' && isClaims(vector)))('$id', (vector) => {
    const envelope = open(vector);
    expect(vectorJson(envelope.payload?.claims)).toEqual(vector.decodedClaims);
    expect(envelope.damagedAt).toBeUndefined();
  });
});

describe('the key made', () => {
  const made = VECTORS.filter(({ checked }) => checked === 'mac ok' || checked === 'sig ok');
  it.each(made)('$id', (vector) => {
    const integrity = verify(open(vector), keysOf(vector), nodeCrypto, externalAad(vector));
    expect(integrity).toMatchObject({ state: 'verified', ref: 'vector', ...checkedForm(vector) });
  });

  it.each(made)('no other token than $id', (vector) => {
    const bytes = vectorBytes(vector);
    // the proof stands at the end; the last characters of the dot form carry bits that belong to no byte
    const at = bytes.length - (vector.form === 'c4m-dot' ? 3 : 1);
    bytes[at] = (bytes[at] ?? 0) ^ 2;
    const changed = vector.form === 'c4m-dot' ? openDotEnvelope(new TextDecoder().decode(bytes)) : openEnvelope(bytes);
    expect(verify(changed, keysOf(vector), nodeCrypto, externalAad(vector)).state).toBe('failed');
  });
});

describe('the key opens', () => {
  it.each(VECTORS.filter(({ checked }) => checked === 'decrypt ok'))('$id', (vector) => {
    const { integrity, content } = decryptEnvelope(open(vector), keysOf(vector), nodeCrypto);
    expect(integrity).toMatchObject({ state: 'verified', context: 'Encrypt0' });
    if (isClaims(vector)) expect(vectorJson(content?.payload?.claims)).toEqual(vector.decodedClaims);
    const text = /^plaintext utf8 (.*)$/.exec(vector.checkDetail ?? '')?.[1];
    if (text !== undefined) expect(new TextDecoder().decode(content?.bytes)).toBe(text);
  });
});

describe('the key did not make', () => {
  it.each(VECTORS.filter(({ checked }) => checked === 'fails'))('$id', (vector) => {
    const { state } = verify(open(vector), keysOf(vector), nodeCrypto);
    // an algorithm that does not exist cannot be checked; everything else was checked and is wrong
    expect(state).toBe(/unknown/i.test(vector.alg ?? '') ? 'cannot-check' : 'failed');
  });
});

describe('there is nothing to check in', () => {
  it.each(VECTORS.filter(({ checked }) => checked === 'decoded only'))('$id', (vector) => {
    expect(verify(open(vector), [], nodeCrypto).state).toBe('not-checked');
    expect(verify(open(vector), [secret('any', new Uint8Array([1]))], nodeCrypto).state).toBe('cannot-check');
  });
});

const open = (vector: Vector): Envelope =>
  vector.form === 'c4m-dot' ? openDotEnvelope(vector.token) : openEnvelope(vectorBytes(vector));

it('covers every form that the vectors have', () => {
  const kinds = VECTORS.map(kindOf);
  expect(new Set(kinds)).toEqual(new Set(['cose-mac0', 'cose-sign1', 'cose-encrypt0', 'c4m-dot', 'unknown']));
  expect(VECTORS.length).toBeGreaterThanOrEqual(84);
});

/** RFC 8392 A.6: an encrypted token around a signed one, each with its key. */
it('opens and verifies a nested token', () => {
  const vector = (id: string): Vector => {
    const found = VECTORS.find((entry) => entry.id === id);
    if (found === undefined) throw new Error(`no vector ${id}`);
    return found;
  };
  const outer = vector('rfc8392-published-a6');
  const { content } = decryptEnvelope(openEnvelope(vectorBytes(outer)), keysOf(outer), nodeCrypto);
  if (content === undefined) throw new Error('it did not open');
  expect(content).toMatchObject({ kind: 'cose-sign1', tags: [18], alg: { name: 'ES256' } });
  const signer = vector('rfc8392-published-a3');
  expect(verify(content, keysOf(signer), nodeCrypto)).toMatchObject({ state: 'verified', kidMatches: undefined });
  expect(vectorJson(content.payload?.claims)).toEqual(signer.decodedClaims);
});

function keysOf(vector: Vector): readonly CandidateKey[] {
  const jwk = vectorJwk(vector);
  if (jwk !== undefined) {
    const parsed = parseKey(new TextEncoder().encode(jwk), { ref: 'vector', encoding: 'auto' });
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.value;
  }
  const bytes = vectorSecret(vector);
  return bytes ? [secret('vector', bytes)] : [];
}

const secret = (ref: string, bytes: Uint8Array): CandidateKey => ({
  ref,
  encoding: 'raw',
  material: { kind: 'secret', bytes },
});

function externalAad({ context }: Vector): { readonly externalAad?: Uint8Array } {
  const hex = context?.['external_aad_hex'];
  return typeof hex === 'string' ? { externalAad: hexBytes(hex) } : {};
}

/** The structure by the algorithm's class, which the vectors give for every token that has an envelope. */
function kindOf({ form, alg, tags, publicKey }: Vector): Envelope['kind'] {
  if (form === 'payload-only') return 'unknown';
  if (form === 'c4m-dot') return 'c4m-dot';
  if (tags.includes(16)) return 'cose-encrypt0';
  const id = Number(alg?.split(' ')[0]);
  if (tags.includes(18) || publicKey !== null) return 'cose-sign1';
  return tags.includes(17) || id === 5 ? 'cose-mac0' : 'unknown';
}

function payloadForm({ form, tags, checkDetail }: Vector): string {
  if (form === 'payload-only') return 'bare';
  if (tags.includes(16)) return 'ciphertext';
  return checkDetail?.includes('payload tstr') ? 'hex-text' : 'bytes';
}

/** "context MAC0, payload tstr" as the engine says it. */
function checkedForm({ form, checkDetail }: Vector): object {
  if (form === 'c4m-dot') return { context: 'dot' };
  const [, context, payload] = /context (\w+), payload ([bt])str/.exec(checkDetail ?? '') ?? [];
  return { context, payload: payload === 't' ? 'text' : 'bytes' };
}

const isClaims = ({ decodedClaims }: Vector): boolean => decodedClaims !== null && !('$undecodable' in decodedClaims);

/** A tree in the words of the vectors file (its `notes`). */
function vectorJson(node: CborNode | undefined): Json {
  switch (node?.kind) {
    case 'int':
      return typeof node.value === 'bigint' ? node.value.toString() : node.value;
    case 'float':
    case 'text':
      return node.value;
    case 'bytes':
      return { $bytes: encodeHex(node.value) };
    case 'array':
      return node.items.map(vectorJson);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [labelName(key), vectorJson(value)]));
    case 'tag':
      return { $tag: Number(node.tag), value: vectorJson(node.value) };
    case 'simple':
      if (node.value === 22) return null;
      return node.value === 21 ? true : node.value === 20 ? false : `simple ${node.value}`;
    default:
      return `unexpected ${node?.kind}`;
  }
}

function labelName(key: CborNode): string {
  if (key.kind === 'text') return JSON.stringify(key.value);
  return key.kind === 'int' || key.kind === 'float' ? String(key.value) : key.kind;
}

/** Every item lies within the item around it, after its head. */
function expectNested(node: CborNode | undefined): void {
  const children =
    node?.kind === 'array'
      ? node.items
      : node?.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : node?.kind === 'tag'
          ? [node.value]
          : [];
  let from = node?.headEnd ?? 0;
  for (const child of children) {
    expect(child.start).toBeGreaterThanOrEqual(from);
    expect(child.end).toBeLessThanOrEqual(node?.end ?? 0);
    from = child.end;
    expectNested(child);
  }
}
