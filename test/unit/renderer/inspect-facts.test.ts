import { describe, expect, it } from 'vitest';
import { ednToToken, linesText } from '../../../renderer/features/inspect/edn-text.ts';
import { isRefused, listEntries } from '../../../renderer/features/inspect/picker-entries.ts';
import { SAMPLE } from '../../../renderer/features/inspect/sample.ts';
import { readFacts, typeFacts } from '../../../renderer/features/inspect/typed-facts.ts';
import { describeSkew } from '../../../renderer/shell/describe-skew.ts';
import type { FoundSummary } from '../../../renderer/workers/token-view/protocol.ts';
import { readTokenView } from '../../../renderer/workers/token-view/read-token-view.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { seconds } from '../../../shared/units.ts';

describe('the list of tokens', () => {
  const token = {
    kind: 'cat',
    source: { kind: 'har', where: 'path /pt:' },
    start: 0,
    end: 1,
    repairs: [],
    size: 9,
  } as const;
  const found: FoundSummary = {
    input: 'har',
    tokens: [token, token, token],
    requests: [
      { method: 'GET', url: `https://cdn.example.com/pt:${'x'.repeat(300)}/a/playlist.m3u8`, status: 200 },
      { method: 'GET', url: 'https://cdn.example.com/a/seg_2.ts', status: 403 },
      { method: 'GET', url: 'https://cdn.example.com/a/seg_3.ts', status: 403 },
      { method: 'GET', url: 'https://cdn.example.com/logo.png', status: 200 },
    ],
    requestOf: [0, 2, undefined],
  };

  it('has refused requests first, those without a token among them, and leaves out the rest without one', () => {
    const entries = listEntries(found);
    expect(entries.map(({ place, status, address }) => [place, status, address.split('/').at(-1)])).toEqual([
      [1, 403, 'seg_3.ts'],
      [-2, 403, 'seg_2.ts'],
      [0, 200, 'playlist.m3u8'],
      [2, undefined, 'pt:, 9 bytes'],
    ]);
    expect(entries.filter(isRefused)).toHaveLength(2);
  });
});

describe('facts that are typed', () => {
  const empty = typeFacts({}, {});

  it('come back as they were', () => {
    const request = {
      url: 'x',
      asn: 64500,
      alpn: null,
      seen: 2,
      location: { latitude: 1, longitude: -2, altitude: 3 },
    };
    const recipient = { issuers: ['a', 'b'], audiences: ['c'] };
    expect(readFacts(typeFacts(request, recipient), request)).toEqual({ request, recipient, errors: {} });
  });

  it('that are empty are not known', () => {
    expect(readFacts(empty, { url: 'x', asn: 5 })).toEqual({ request: { url: 'x' }, recipient: {}, errors: {} });
  });

  it('that do not read are said, and count as not known', () => {
    const read = readFacts({ ...empty, asn: 'abc', latitude: '91', longitude: '0' }, {});
    expect(read.request).toEqual({});
    expect(Object.keys(read.errors)).toEqual(['asn', 'latitude']);
  });
});

describe('notation that is edited', () => {
  const [found] = findTokens(SAMPLE).tokens;
  if (found === undefined) throw new Error('no token in the sample');
  const text = linesText(readTokenView(inspectToken(found, { now: seconds(1_795_500_000) })).edn);

  it('makes the same token when nothing was changed', () => {
    expect(ednToToken(text)).toEqual({ ok: true, value: found.text });
  });

  it('makes another when it was, and says where it does not read', () => {
    expect(ednToToken(text.replace('"HEAD"', '"POST"'))).toMatchObject({ ok: true });
    expect(ednToToken('17(\n[')).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^Not EDN at line 2, column 2/), at: 5 },
    });
    expect(ednToToken('"text"')).toMatchObject({ ok: false, error: { message: expect.stringContaining('no token') } });
  });
});

describe('clock skew', () => {
  it('is said with its sign and how exact it is', () => {
    expect(describeSkew({ seconds: seconds(1.84), precision: 'about' })).toBe('+1.8 s, from Date');
    expect(describeSkew({ seconds: seconds(-40), precision: 'at-most' })).toBe('−40 s at most, from Date');
    expect(describeSkew({ seconds: seconds(90), precision: 'at-least' })).toBe('+90 s or more, from Date');
  });
});
