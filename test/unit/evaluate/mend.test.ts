import { describe, expect, it } from 'vitest';
import { array, bytes, int, map, text } from '../../../shared/cbor/build.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import { judge } from '../../../shared/evaluate/evaluate-claims.ts';
import type { Mend } from '../../../shared/evaluate/mend.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { cloudfront } from '../../../shared/verifiers/cloudfront.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import type { Verifier } from '../../../shared/verifiers/verifier.ts';
import { claimsOf, NOW, tableRecipient, tableRequest } from './judging.ts';

type Pair = readonly [number, CborValue];
const X: Pair = [1, text('x')];
const catu = (...components: readonly (readonly [number, number, CborValue])[]): Pair => [
  312,
  map(...components.map(([component, type, value]) => [component, map([type, value])] as const)),
];
const style = { time: (at: number) => `at ${at}`, duration: (span: number) => `${span} s` };

function mendOf(claims: readonly Pair[], request: RequestFacts = tableRequest, verifier: Verifier = cta5007): Mend {
  const { decision, mend } = judge(claimsOf(X, ...claims), request, tableRecipient, verifier);
  expect(decision).toBe('reject');
  if (mend === undefined) throw new Error('no mend');
  return mend;
}
const changesOf = (mend: Mend) => mend.changes.map(({ path, before, after }) => ({ path, before, after }));
const sentenceOf = (mend: Mend) => toPlainText(mend.sentence, style);

describe('mend, time', () => {
  it('gives an expired token the life it was meant to have, from now on', () => {
    const mend = mendOf([
      [4, int(NOW - 100)],
      [6, int(NOW - 7300)],
    ]);
    expect(changesOf(mend)).toEqual([{ path: ['exp'], before: NOW - 100, after: NOW + 7200 }]);
    expect(mend).toMatchObject({ sufficient: true, decisions: [] });
    expect(sentenceOf(mend)).toBe(
      `Let it last until at ${NOW + 7200}, 7200 s from now, as long as it was meant to last.`,
    );
  });

  it('counts from nbf when there is no iat, and an hour when there is neither', () => {
    expect(
      mendOf([
        [4, int(NOW)],
        [5, int(NOW - 60)],
      ]).changes[0]?.after,
    ).toBe(NOW + 60);
    expect(mendOf([[4, int(NOW)]]).changes[0]?.after).toBe(NOW + 3600);
    expect(
      mendOf([
        [4, int(0)],
        [6, int(NOW)],
      ]).changes[0]?.after,
    ).toBe(NOW + 3600);
  });

  it('lets a token start now', () => {
    expect(changesOf(mendOf([[5, int(NOW + 60)]]))).toEqual([{ path: ['nbf'], before: NOW + 60, after: NOW }]);
  });
});

describe('mend, URL', () => {
  const request = {
    ...tableRequest,
    url: 'https://cdn.example.com/hls-hq/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/1080p/seg_0017.ts',
  };

  it('prefers an id that rule and URL share', () => {
    const mend = mendOf([catu([3, 1, text('/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/')])], request);
    expect(changesOf(mend)).toEqual([
      {
        path: ['catu', 'path'],
        before: { prefix: '/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/' },
        after: { contains: '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517' },
      },
    ]);
    expect(mend.sufficient).toBe(true);
    expect(sentenceOf(mend)).toBe(
      'Let the path contain “7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517”, which rule and request share.',
    );
  });

  it('falls back to what both start with, by whole segments', () => {
    const url = 'https://cdn.example.com/v/show/b/seg.ts';
    expect(changesOf(mendOf([catu([3, 1, text('/v/show/a/')])], { ...tableRequest, url }))).toEqual([
      { path: ['catu', 'path'], before: { prefix: '/v/show/a/' }, after: { prefix: '/v/show/' } },
    ]);
    expect(mendOf([catu([3, 0, text('/v/show/bc')])], { ...tableRequest, url }).changes[0]?.after).toEqual({
      prefix: '/v/show/',
    });
  });

  it('takes no part of a segment, no file name and no rendition for an id', () => {
    const url = 'https://cdn.example.com/other/1080p/playlist1.m3u8';
    const mend = mendOf([catu([3, 1, text('/vod/1080p/playlist1.m3u8')])], { ...tableRequest, url });
    expect(mend.changes).toEqual([]);
    expect(mend.decisions).toEqual([{ claim: 'catu', reason: expect.anything() }]);
    expect(mend.sufficient).toBe(false);
  });

  it('never widens to the whole host', () => {
    expect(
      mendOf([catu([3, 1, text('/vod/')])], { ...tableRequest, url: 'https://cdn.example.com/live/x.m3u8' }).changes,
    ).toEqual([]);
  });

  it('leaves host, scheme, port and query alone', () => {
    for (const rule of [
      catu([1, 0, text('other.example')]),
      catu([0, 0, text('http')]),
      catu([2, 0, text('8443')]),
      catu([4, 0, text('a=1')]),
    ]) {
      expect(mendOf([rule]).changes).toEqual([]);
    }
  });

  it('takes the playlist’s and the segment’s extension, and no other', () => {
    const mend = mendOf([catu([3, 1, text('/a/')], [8, 0, text('.m3u8')])]);
    expect(changesOf(mend)).toEqual([
      { path: ['catu', 'extension'], before: { exact: '.m3u8' }, after: { regex: '^(\\.m3u8|\\.gz)$' } },
    ]);
    expect(mend.sufficient).toBe(true);
  });

  it('mends every rule that refused at once', () => {
    const mend = mendOf([catu([3, 1, text('/a/9f8e7d6c/')], [8, 0, text('.m3u8')])], {
      ...tableRequest,
      url: 'https://cdn.example.com/b/9f8e7d6c/x.ts',
    });
    expect(sentenceOf(mend)).toBe(
      'Let the path contain “9f8e7d6c”, which rule and request share, and the extension be “.m3u8” or “.ts”.',
    );
    expect(mend.changes[0]?.after).toEqual({
      path: { contains: '9f8e7d6c' },
      extension: { regex: '^(\\.m3u8|\\.ts)$' },
    });
    expect(mend.sufficient).toBe(true);
  });

  it('keeps the other matches of a component', () => {
    const rule: Pair = [312, map([3, map([1, text('/x/9f8e7d6c/')], [2, text('.ts')])])];
    const mend = mendOf([rule], { ...tableRequest, url: 'https://cdn.example.com/b/9f8e7d6c/x.ts' });
    expect(mend.changes[0]?.after).toEqual({ suffix: '.ts', contains: '9f8e7d6c' });
  });
});

describe('mend, the rest', () => {
  it('adds the method', () => {
    expect(changesOf(mendOf([[313, array(text('HEAD'))]]))).toEqual([
      { path: ['catm'], before: ['HEAD'], after: ['HEAD', 'GET'] },
    ]);
  });

  it('writes version 1', () => {
    expect(changesOf(mendOf([[310, int(2)]]))).toEqual([{ path: ['catv'], before: 2, after: 1 }]);
  });

  it('rewrites old labels and forms that ask for the same', () => {
    expect(changesOf(mendOf([[270, map([3, map([1, text('/a/')])])]]))).toEqual([
      { path: ['catu'], before: { '3': { '1': '/a/' } }, after: { path: { prefix: '/a/' } } },
    ]);
    const mend = mendOf([[312, map([3, array(int(3), text('b.tar'))])]]);
    expect(mend).toMatchObject({ sufficient: true });
    expect(mend.changes[0]?.after).toEqual({ path: { contains: 'b.tar' } });
    expect(mendOf([[311, array(text('10.0.0.0/8'))]]).changes[0]).toMatchObject({
      before: ['10.0.0.0/8'],
      after: ['10.0.0.0/8'],
    });
  });

  it('does not rewrite what would still refuse', () => {
    const mend = mendOf([[312, map([3, array(int(3), text('other'))])]]);
    expect(mend.changes).toEqual([]);
  });

  it.each<[string, readonly Pair[]]>([
    ['country', [[316, array(text('NO'))]]],
    ['place', [[282, text('zzz')]]],
    ['network', [[311, array(int(7))]]],
    ['audience', [[3, text('other')]]],
    ['key', [[8, map([323, bytes(new Uint8Array(32))])]]],
    ['header', [[315, map([text('x-user'), map([0, text('a')])])]]],
    ['replay', [[308, int(1)]]],
    ['a claim nobody knows', [[999, int(1)]]],
    ['a composite', [[41, array(map([313, array(text('POST'))]))]]],
  ])('leaves %s to whoever decides rights', (_, claims) => {
    const request = { ...tableRequest, asn: 64512, seen: 1 };
    const recipient = { ...tableRecipient, audiences: ['me'] };
    const { mend } = judge(claimsOf(X, ...claims), request, recipient, cta5007);
    expect(mend).toMatchObject({ changes: [], sufficient: false });
    expect(mend?.decisions).toHaveLength(1);
    expect(sentenceOf(mend as Mend)).toContain('needs a rights decision');
  });

  it('says what can be mended and what cannot', () => {
    const mend = mendOf([
      [4, int(NOW)],
      [316, array(text('NO'))],
    ]);
    expect(mend.changes.map(({ claim }) => claim)).toEqual(['exp']);
    expect(mend.decisions.map(({ claim }) => claim)).toEqual(['catgeoiso3166']);
    expect(mend.sufficient).toBe(false);
    expect(sentenceOf(mend)).toMatch(/^Let it last .* But “catgeoiso3166” needs a rights decision \(where it may/);
  });

  it('has nothing to say where nothing was refused', () => {
    expect(judge(claimsOf(X, [4, int(1)]), tableRequest, tableRecipient, cloudfront).mend).toBeUndefined();
  });
});
