import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CAT, HttpValidator, MemoryCTIStore } from '@eyevinn/cat';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { decodeBase64url, encodeBase64url } from '../../../shared/bytes/base64.ts';
import { createNegativePack, type NegativeToken } from '../../../shared/issue/negative-pack.ts';
import type { NegativeId } from '../../../shared/issue/negative-recipes.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { seconds } from '../../../shared/units.ts';
import { issue, KEY, prepare, readBack, SECRET_HEX } from './issuing.ts';

/** node-cat reads the clock itself, so these tokens are made around the present. */
const NOW = Math.floor(Date.now() / 1000);
const URL_ASKED = 'https://cdn.example.com/hls/id/b.tar.gz?b=2&a=1';
const SECRET = Buffer.from(SECRET_HEX, 'hex');

const library = (expectCwtTag = true) => new CAT({ keys: { k1: SECRET }, expectCwtTag });

async function validate(text: string, facts: { audience?: string[]; ip?: string; asn?: number } = {}, withTag = true) {
  try {
    const { error } = await library(withTag).validate(text, 'mac', { issuer: 'x', url: new URL(URL_ASKED), ...facts });
    return error?.message ?? 'accepted';
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function overHttp(text: string, method = 'GET', store?: MemoryCTIStore) {
  const validator = new HttpValidator({ keys: [{ kid: 'k1', key: SECRET }], issuer: 'x', ...(store && { store }) });
  const url = new URL(URL_ASKED);
  const request = {
    method,
    url: url.pathname + url.search,
    headers: { host: url.host, 'cta-common-access-token': text },
  } as unknown as IncomingMessage;
  const { status } = await validator.validateHttpRequest(request);
  return status;
}

// HttpValidator writes what it does not expect to the console
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});

describe('node-cat accepts what is made for it', () => {
  it.each<[string, JsonObject]>([
    ['times', { exp: NOW + 600, nbf: NOW - 10, iat: NOW, sub: 's', cti: { hex: '0b71' }, catv: 1 }],
    ['a fractional expiry', { exp: NOW + 600.5 }],
    ['a distant expiry', { exp: 2 ** 40 }],
    ['path rules', { catu: { path: { contains: 'id' } } }],
    ['the OVP’s spelling', { catu: { '3': [3, 'id'] } }],
    ['its own spelling', { catu: { path: { 'prefix-match': '/hls/' } } }],
    [
      'every component',
      {
        catu: {
          scheme: { exact: 'https' },
          host: { suffix: '.example.com' },
          port: { exact: '' },
          path: { prefix: '/hls/' },
          query: { contains: 'a=1' },
          'parent-path': { exact: '/hls/id' },
          filename: { exact: 'b.tar.gz' },
          stem: { exact: 'b' },
          extension: { exact: '.tar.gz' },
        },
      },
    ],
    ['an expression', { catu: { path: { regex: '^/hls/.*gz$' } } }],
    ['a digest', { catu: { host: { sha256: { hex: createHash('sha256').update('cdn.example.com').digest('hex') } } } }],
    ['methods', { catm: ['GET', 'HEAD'] }],
    [
      'a renewal',
      { exp: NOW + 600, catr: { type: 'header', expadd: 120, deadline: 60, 'header-name': 'cta-common-access-token' } },
    ],
    ['an answer for the expired', { exp: NOW + 600, catif: { exp: [302, { Location: 'https://a.example/' }] } }],
    ['an unknown claim', { '400': [1, 2], '"vendor"': 'x' }],
    ['claims it leaves out', { cath: { 'x-a': { exact: 'b' } }, catgeoiso3166: ['SE'], or: [{ iss: 'y' }] }],
  ])('%s', async (_, claims) => {
    const { text } = issue('node-cat', { iss: 'x', ...claims });
    expect(await validate(text)).toBe('accepted');
    expect(await overHttp(text)).toBe(200);
  });

  it('networks, where it learns the address', async () => {
    for (const catnip of [['10.0.0.0/8'], ['10.1.2.3'], ['2001:db8::/32', '10.0.0.0/8']]) {
      const { text } = issue('node-cat', { iss: 'x', catnip });
      expect(await validate(text, { ip: '10.1.2.3' })).toBe('accepted');
      expect(await validate(text, { ip: '11.1.2.3' })).not.toBe('accepted');
    }
  });

  it('audiences', async () => {
    const { text } = issue('node-cat', { iss: 'x', aud: ['a', 'b'] });
    expect(await validate(text, { audience: ['b'] })).toBe('accepted');
    expect(await validate(text, { audience: ['c'] })).not.toBe('accepted');
  });

  it('a token once, where it counts', async () => {
    const { text } = issue('node-cat', { iss: 'x', cti: { hex: '01020304' }, catreplay: 1 });
    const store = new MemoryCTIStore();
    expect(await overHttp(text, 'GET', store)).toBe(200);
    expect(await overHttp(text, 'GET', store)).toBe(401);
  });

  it.each([
    ['without tag 61', { kid: 'k1', cwtTag: false }],
    ['as hex text', { kid: 'k1', cwtTag: false, payloadForm: 'hex-text' }],
    ['with a short MAC', { kid: 'k1', alg: 'HS256/64' }],
    ['with its kid protected', { kid: 'k1', kidIn: 'protected' }],
  ] as const)('a token %s', async (_, envelope) => {
    const { text } = issue('node-cat', { iss: 'x', catu: { path: { contains: 'id' } } }, envelope);
    expect(await validate(text, {}, false)).toBe('accepted');
  });
});

describe('node-cat and the negative pack', () => {
  const made = createNegativePack(
    {
      prepared: prepare('node-cat', { iss: 'x', exp: NOW + 600, catu: { path: { contains: 'id' } } }),
      key: KEY.material,
      now: seconds(NOW),
    },
    nodeCrypto,
  );
  if (!made.ok) throw new Error(made.error.message);
  const pack = made.value;
  const textOf = ({ bytes }: NegativeToken): string => encodeBase64url(bytes);

  /** The reason `CAT.validate` gives; those it lets through are what the pack says of it. */
  const REASONS: Readonly<Record<NegativeId, RegExp>> = {
    expired: /^Token has expired$/,
    'not-yet-valid': /^Token is not yet active$/,
    'wrong-path': /Uri .* not allowed|URI not allowed/i,
    'wrong-method': /^accepted$/,
    'array-matches': /is not a function$/,
    'legacy-labels': /^accepted$/,
    'wrong-key': /^threw Failed to validate token signature with any of the available keys$/,
    'unknown-kid': /^accepted$/,
    'flipped-bit': /^threw Failed to validate token signature with any of the available keys$/,
    'shortened-mac': /^accepted$/,
    'algorithm-confusion': /^threw /,
    'no-tags': /^accepted$/,
    'hex-text-payload': /^accepted$/,
  };

  it.each(pack)('$id', async (negative) => {
    const answer = await validate(textOf(negative), {}, false);
    expect(answer).toMatch(REASONS[negative.id]);
    const predicted = negative.outcomes.find(({ verifier }) => verifier === 'node-cat')?.outcome;
    expect(predicted).toBe(answer === 'accepted' ? 'lets-through' : 'refuses');
  });

  it.each(pack)('$id over HTTP', async (negative) => {
    const status = await overHttp(textOf(negative)).catch((error: Error) => error.message);
    const predicted = negative.outcomes.find(({ verifier }) => verifier === 'node-cat-http')?.outcome;
    expect(predicted).toBe(status === 200 ? 'lets-through' : 'refuses');
  });
});

describe('Catwalk verifies what node-cat makes', () => {
  it.each([true, false])('with tag 61: %s', async (withTag) => {
    const text = await library(withTag).generateFromJson(
      { iss: 'x', exp: NOW + 600, catu: { path: { 'contains-match': 'id' } }, catm: ['GET'] },
      { type: 'mac', alg: 'HS256', kid: 'k1', generateCwtId: true },
    );
    const decoded = decodeBase64url(text ?? '');
    if (!decoded.ok) throw new Error(`not base64url at ${decoded.error.at}`);
    const { envelope, integrity, json } = readBack(decoded.value);
    expect(integrity).toMatchObject({ state: 'verified', context: 'MAC0', kidMatches: true });
    expect(envelope.tags).toEqual(withTag ? [61, 17] : [17]);
    expect(envelope.payload?.form).toBe(withTag ? 'bytes' : 'hex-text');
    expect(json).toMatchObject({
      iss: 'x',
      exp: NOW + 600,
      catu: { path: { contains: 'id' } },
      catm: ['GET'],
      catv: 1,
    });
  });
});
