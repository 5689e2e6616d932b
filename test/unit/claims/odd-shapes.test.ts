import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { claimFromJson } from '../../../shared/claims/claims-json.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import { claimByName } from '../../../shared/claims/registry.ts';
import type { Json } from '../../../shared/json.ts';
import { readHex } from './harness.ts';

/** Shapes met in the field that the standard does not have: read, named where a dialect has them, and said to be wrong. */
describe('shapes of other libraries', () => {
  it.each<[string, string, Json, string | undefined]>([
    // claims maps of Quicr/cat-token's and CAT-4-MOQT's published vectors
    [
      'catnip of cat-token',
      'a119013784d83444c0a80164d834a108410a19fc008219fc0019fd00',
      { catnip: ['192.168.1.100', '10.0.0.0/8', 64512, { 'asn-range': [64512, 64768] }] },
      undefined,
    ],
    [
      'catnip of early C4M',
      'a1190137846d3139322e3136382e312e313030a16869705f72616e67656a31302e302e302e302f38a16361736e19fc00a16961736e5f72616e67658219fc0019fd00',
      { catnip: ['192.168.1.100', '10.0.0.0/8', 64512, { 'asn-range': [64512, 64768] }] },
      'c4m',
    ],
    [
      'catgeocoord of early C4M',
      'a119013da3636c6174fb4042e32fec56d5d0636c6f6efbc05e9ad77318fc50686163637572616379' + '1864',
      { catgeocoord: [[37.7749, -122.4194, 100]] },
      'c4m',
    ],
    ['catv of early C4M', 'a119013' + '6664341542d7631', { catv: 'CAT-v1' }, 'c4m'],
    ['catpor of node-cat’s tests', 'a119013583662e3030303035626162' + '01', { catpor: [0.00005, 'ab', 1] }, undefined],
    [
      'cattprint by name',
      'a1190144a200634a413401647431' + '3364',
      { cattprint: { type: 'JA4', value: 't13d' } },
      'cattprint-324',
    ],
    [
      'moqt match of older drafts',
      'a11901478182810481a1006161',
      { moqt: [{ actions: ['SUBSCRIBE'], namespace: [{ exact: 'a' }] }] },
      'c4m',
    ],
  ])('%s', (_, hex, json, dialect) => {
    const set = readHex(hex);
    expect(claimsToJson(set)).toEqual(json);
    expect(set.entries[0]?.illFormed).toBe(true);
    if (dialect !== undefined) expect(set.dialects).toContain(dialect);
  });

  it('says at which byte a network is wrong, and keeps the others', () => {
    const set = readHex('a119013783d83444c0a8016419fc00d83443c0a801');
    expect(set.issues.map(({ code, node }) => [code, node.start])).toEqual([['ERR_CLAIM_RANGE', 17]]);
    expect(claimsToJson(set)).toEqual({ catnip: ['192.168.1.100', 64512] });
  });

  it('warns of prefixes that RFC 9164 would write otherwise, and takes them', () => {
    for (const hex of ['a119013781d8348208440a000000', 'a119013781d8348208420a01']) {
      const set = readHex(hex);
      expect(set.entries[0]?.illFormed).toBe(false);
      expect(set.issues.map(({ severity }) => severity)).toEqual(['warning']);
      expect(claimsToJson(set)).toEqual({ catnip: [hex.endsWith('01') ? '10.1.0.0/8' : '10.0.0.0/8'] });
    }
  });

  it('warns of a cattpk that is a hash', () => {
    const set = readHex(`a119013f5820${'ab'.repeat(32)}`);
    expect(set.entries[0]?.illFormed).toBe(false);
    expect(set.issues[0]?.message).toContain('hash');
  });

  it('takes a map inside tag 259 for the map it is', () => {
    const set = readHex('a108d90103a119014358200cebf1bc9880748a95588905b79843b42ba75cb174055e3e246bf87fe00b4a6d');
    expect(set.entries[0]?.illFormed).toBe(false);
    expect(set.dialects).toContain('tag-259');
  });
});

describe('claims JSON of other tools', () => {
  it.each<[string, Json, string]>([
    // the OVP writes a byte array that went through JSON
    ['catnip', [{ tag: 52, value: [24, { '0': 192, '1': 168, '2': 1 }] }], '81d83482181843c0a801'],
    [
      'catnip',
      [{ tag: 54, value: [48, { '0': 32, '1': 1, '2': 13, '3': 184, '4': 0, '5': 1 }] }],
      '81d8368218304620010db80001',
    ],
    ['catnip', [{ tag: 52, value: { hex: '0a010203' } }], '81d834440a010203'],
    ['catnip', ['AS64512', '10.1.2.3/8', '::ffff:10.0.0.1'], '8319fc00d8348208410ad834440a000001'],
    ['cattprint', { type: 2, value: 'x' }, 'a200020161' + '78'],
    ['catgeocoord', [{ lat: 1, lon: 2, accuracy: 3 }], '8183010203'],
    ['moqt', [{ actions: [4], namespace: ['a'] }], '81828104814161'],
  ])('%s %j', (name, json, hex) => {
    const claim = claimByName(name) ?? expect.fail();
    const value = claimFromJson(claim, json);
    if (!value.ok) throw new Error(JSON.stringify(value.error));
    expect(encodeHex(encode(claim.write(value.value)))).toBe(hex);
  });

  it.each<[string, Json, readonly (string | number)[]]>([
    ['catnip', ['10.0.0.0/33'], [0]],
    ['catnip', [{ tag: 53, value: {} }], [0, 'tag']],
    ['catnip', [4294967296], [0]],
    ['catgeocoord', [[1, 2]], [0]],
    ['catgeocoord', [[91, 0, 1]], [0, 0]],
    ['catgeoalt', [1, -1], [1]],
    ['geohash', ['u6s', 'U6S'], [1]],
    ['catpor', [2, 'a'], [0]],
    ['catpor', [1, []], [1]],
    ['catreplay', 3, []],
    ['cnf', { jkt: 'zz' }, ['jkt']],
    ['catdpop', { window: -1 }, ['window']],
    ['or', [{ exp: 'soon' }], [0, 'exp']],
    ['or', {}, []],
    ['crit', ['nobody'], [0]],
    ['moqt', [{ actions: ['FLY'] }], [0, 'actions', 0]],
    ['moqt', [{ actions: [4], track: { middle: 'a' } }], [0, 'track']],
    ['enc', [{ claims: 'nobody', message: {} }], [0, 'claims']],
    ['wmsegduration', [1], []],
  ])('says where %s %j is wrong', (name, json, path) => {
    const claim = claimByName(name) ?? expect.fail();
    const value = claimFromJson(claim, json);
    expect(value.ok ? 'taken' : value.error[0]?.path).toEqual(path);
  });
});
