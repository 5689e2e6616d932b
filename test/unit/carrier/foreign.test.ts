import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import type { ForeignKind } from '../../../shared/carrier/found.ts';
import { only, URL_SAFE } from './samples.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: object, payload: object): string => `${part(header)}.${part(payload)}.c2lnbmF0dXJl`;
const ES256 = { alg: 'ES256', typ: 'JWT' };
const policy = Buffer.from(JSON.stringify({ Statement: [{ Resource: 'https://d111.cloudfront.net/*' }] }))
  .toString('base64')
  .replaceAll('+', '-')
  .replaceAll('=', '_')
  .replaceAll('/', '~');
const EDGEAUTH = `st=1700000000~exp=1700003600~acl=/hls/*~hmac=${'ab'.repeat(32)}`;

describe('what is not a CAT is named', () => {
  it.each<[string, string, ForeignKind, string]>([
    ['a JWT', jwt({ alg: 'HS256' }, { iss: 'x' }), 'jwt', 'pasted text'],
    ['a JWT in a header', `Authorization: Bearer ${jwt(ES256, { sub: 'a' })}`, 'jwt', 'header Authorization'],
    ['a JWT in an address', `https://a.example/?t=${jwt(ES256, { sub: 'a' })}`, 'jwt', 'query parameter t'],
    ['a DPoP proof', `DPoP: ${jwt({ alg: 'ES256', typ: 'dpop+jwt' }, { htm: 'GET' })}`, 'jwt', 'header DPoP'],
    [
      'a player licence',
      jwt({ ...ES256, kid: 'a' }, { c: '{"acl":6,"id":"x","domain":["a.example"]}', iss: 'Flowplayer' }),
      'player-licence',
      'pasted text',
    ],
    ['a JWE', `${part({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`, 'jwe', 'pasted text'],
    ['Akamai EdgeAuth', `https://a.example/x.m3u8?hdnts=${EDGEAUTH}`, 'akamai-edgeauth', 'query parameter hdnts'],
    ['Akamai EdgeAuth alone', EDGEAUTH, 'akamai-edgeauth', 'pasted text'],
    [
      'a CloudFront policy',
      `https://d111.cloudfront.net/x?Policy=${policy}&Signature=abc~&Expires=1`,
      'cloudfront-policy',
      'query',
    ],
    [
      'a CloudFront policy in a cookie',
      `Cookie: a=b; CloudFront-Policy=${policy}; CloudFront-Signature=abc~`,
      'cloudfront-policy',
      'cookie CloudFront-Policy',
    ],
    [
      'a CloudFront canned policy',
      'https://d111.cloudfront.net/x?Expires=1700000000&Signature=abc&Key-Pair-Id=APKAIOSFODNN7EXAMPLE',
      'cloudfront-policy',
      'query',
    ],
    ['PASETO', `v2.local.${'A'.repeat(60)}`, 'paseto', 'pasted text'],
    ['PASETO, signed', `token=v4.public.${'A'.repeat(120)}.Zm9v`, 'paseto', 'parameter token'],
    [
      'Wowza SecureToken',
      'https://a.example/live/x.m3u8?wowzatokenhash=5p1cS3mbVh8vDXTYpZZZ1A',
      'basic-token',
      'query',
    ],
    [
      'a place for a token with something else in it',
      'https://cdn.example.com/pt:c29tZXRoaW5nIGVsc2U/a.m3u8',
      'unknown',
      'path /pt:',
    ],
    [
      'the parameter CAT with something else in it',
      'https://cdn.example.com/a?CAT=c29tZXRoaW5nIGVsc2U',
      'unknown',
      'query parameter CAT',
    ],
    [
      'a cookie with something else in it',
      'Cookie: Common-Access-Token=c29tZXRoaW5nIGVsc2U',
      'unknown',
      'cookie Common-Access-Token',
    ],
  ])('%s', (_, input, kind, where) => {
    const token = only(findTokens(input));
    expect(token.kind).toBe('not-a-cat');
    expect(token.instead?.kind).toBe(kind);
    expect(token.instead?.message).toMatch(/^This (?:is|stands) .*\.$/);
    expect(token.source.where).toBe(where);
    expect(input.slice(token.start, token.end)).toBe(token.text);
  });

  it('tells a licence from the playback token beside it', () => {
    const licence = jwt({ ...ES256, kid: 'a' }, { c: '{"acl":6}', iss: 'Flowplayer' });
    const found = findTokens(`flowplayer("#p", { token: "${licence}", playback_token: "${URL_SAFE}" })`);
    expect(found.tokens.map((token) => token.instead?.kind ?? token.kind)).toEqual(['player-licence', 'cat']);
  });

  it('does not call placeholders tokens', () => {
    for (const input of [
      'https://a.example/a?CAT=<your-token>',
      'https://a.example/pt:$TOKEN_HERE/a',
      'https://a.example/a?CAT={{cat_token}}',
      'Common-Access-Token: YOUR_TOKEN_HERE',
    ])
      expect(findTokens(input).tokens).toEqual([]);
  });
});
