import { describe, expect, it } from 'vitest';
import { inspectText } from '../../shared/inspect/inspect-text.ts';
import { inspectionToJson } from '../../shared/inspect/inspection-json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { seconds } from '../../shared/units.ts';
import { VECTORS, type Vector, vectorBytes } from '../vectors/load-vectors.ts';

const NOW = seconds(1_800_000_000);
const inspect = (vector: Vector) => inspectText(vector.token, { now: NOW });

/** Every public token pasted as its source prints it: found, opened, named and explained. */
describe('pasted as published', () => {
  it.each(VECTORS)('$id is found whole and said as JSON', (vector) => {
    const { found, inspections } = inspect(vector);
    expect(found.tokens.map(({ kind }) => kind)).toEqual([vector.form === 'c4m-dot' ? 'c4m-dot' : 'cat']);
    const [inspection] = inspections;
    if (inspection === undefined) throw new Error('nothing was inspected');
    expect(inspection.envelope.bytes).toEqual(vectorBytes(vector));
    // what COSE's own examples carry is no CBOR
    if (isClaims(vector)) expect(inspection.envelope.damagedAt).toBeUndefined();
    const json = inspectionToJson(inspection);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json['size']).toBe(inspection.found.bytes.length);
    expect(json['sentence']).toMatch(/^(Lets |The claims are encrypted|What this token allows).*\.$/s);
  });
});

const isClaims = ({ decodedClaims }: Vector): boolean => decodedClaims !== null && !('$undecodable' in decodedClaims);

const plain = VECTORS.filter(
  ({ expectedClaims, checked }) =>
    expectedClaims !== null && Object.keys(expectedClaims).some(isPlainName) && checked !== 'decrypt ok',
);

describe('claims by name', () => {
  it.each(plain)('$id', (vector) => {
    const claims = inspect(vector).inspections[0];
    const json = claims === undefined ? {} : inspectionToJson(claims)['claims'];
    for (const [name, value] of Object.entries(vector.expectedClaims ?? {})) {
      if (isPlainName(name)) expect((json as JsonObject)[name], name).toEqual(value);
    }
  });
});

/** Sources print cti as hex or as text; names of no registered claim are remarks of theirs. */
function isPlainName(name: string): boolean {
  return ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat'].includes(name);
}

describe('dialects', () => {
  it.each([
    ['nodecat-mac64-hexpayload', ['hex-text-payload', 'tag-259']],
    ['nodecat-textkid-tag259', ['text-label-4', 'tag-259']],
    ['nodecat-andersnas-legacy-catr-278', ['legacy-2024']],
    ['cattoken-composite_or_simple', ['quicr-composites', 'typ-16']],
    ['eyevinn-gen-nan-keys', ['nan-keys']],
    ['c4m-dot-token_es256', ['c4m']],
  ])('%s shows %j', (id, dialects) => {
    const vector = VECTORS.find((candidate) => candidate.id === id);
    if (vector === undefined) throw new Error(`no vector ${id}`);
    expect(inspect(vector).inspections[0]?.dialects).toEqual(expect.arrayContaining(dialects));
  });
});
