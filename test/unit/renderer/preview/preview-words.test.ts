import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../../../renderer/features/preview/issue-here.ts';
import { mergeRows } from '../../../../renderer/features/preview/model.ts';
import { describePlayerError } from '../../../../renderer/features/preview/player-errors.ts';
import { asSentence, readMatch } from '../../../../renderer/features/preview/why-words.ts';
import { describeClock, formatSize, formatSpan, shortenIds } from '../../../../renderer/features/preview/words.ts';
import type { TraceRow } from '../../../../shared/contract/preview.ts';
import { rich, value } from '../../../../shared/explain/rich-text.ts';
import { millis } from '../../../../shared/units.ts';

const row = (id: number, status?: number): TraceRow => ({
  ...{ id, at: millis(0), method: 'GET', url: '', host: '', path: '', kind: 'segment', hidden: false, by: 'edge' },
  ...{ copies: 0, verdict: 'pass', size: 0, took: 0 },
  ...(status === undefined ? {} : { status }),
});

describe('the rows of the trace', () => {
  it('takes what is new at its place, and replaces what is known', () => {
    const known = [row(3), row(5)];
    const merged = mergeRows(known, [row(5, 200), row(4), row(9), row(1)]);
    expect(merged.map(({ id, status }) => [id, status])).toEqual([
      [1, undefined],
      [3, undefined],
      [4, undefined],
      [5, 200],
      [9, undefined],
    ]);
    expect(known.map(({ status }) => status)).toEqual([undefined, undefined]);
  });

  it('is the same list when nothing changed', () => {
    const known = [row(1)];
    expect(mergeRows(known, [])).toBe(known);
  });
});

describe('the rule of a token that is made for a stream', () => {
  const source = (url: string) => ({ kind: 'clip' as const, title: '', host: '', url });

  it('is the id in the path, wherever it stands', () => {
    const url = 'https://cdn.example.com/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/playlist.m3u8?a=/b/';
    expect(ruleOf(source(url), 'id')).toEqual({ match: 'contains', text: '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517' });
    expect(ruleOf(source(url), 'folder')).toEqual({
      match: 'prefix',
      text: '/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/',
    });
  });

  it('is the OVP’s id where the path has it, and the folder where there is none', () => {
    const url = 'https://cdn.example.com/live/abc/playlist.m3u8';
    expect(ruleOf({ ...source(url), mediaId: 'k3V9aQ1z' }, 'id').text).toBe('/live/abc/');
    expect(ruleOf({ ...source(url.replace('abc', 'k3V9aQ1z')), mediaId: 'k3V9aQ1z' }, 'id').text).toBe('k3V9aQ1z');
    expect(ruleOf(source(url), 'id')).toEqual({ match: 'contains', text: '/live/abc/' });
  });
});

describe('words', () => {
  it('shortens ids and nothing else', () => {
    expect(shortenIds('/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/720p/7c9e2b41.ts')).toBe(
      '/hls/7c9e2b41…a517/720p/7c9e2b41.ts',
    );
  });

  it('says sizes, spans and clocks', () => {
    expect([formatSize(58), formatSize(1400), formatSize(1_400_000)]).toEqual(['58 B', '1.4 kB', '1.40 MB']);
    expect([formatSpan(252.9), formatSpan(7188), formatSpan(-3)]).toEqual(['4:12', '1:59:48', '0:00']);
    expect([describeClock(0), describeClock(-60_000), describeClock(90_000)]).toEqual([
      'as yours',
      '1 min behind',
      '1:30 ahead',
    ]);
  });

  it('says a player’s code in words, and one that nobody knows as the player does', () => {
    const error = { code: '02-21', name: 'PlaybackFragLoadError', message: 'HTTP Error undefined', fatal: true };
    expect(describePlayerError(error)).toMatchObject({ code: '02-21', name: 'PlaybackFragLoadError' });
    expect(describePlayerError(error).sentence).toContain('A segment could not be loaded');
    expect(describePlayerError({ ...error, code: '99-99' }).sentence).toBe('HTTP Error undefined');
  });

  it('begins a reason as a sentence, unless it begins with a literal', () => {
    expect(asSentence(rich`path does not start with ${value('/a')}`)[0]).toEqual({
      kind: 'text',
      text: 'Path does not start with ',
    });
    const literal = rich`${value('b')} differs`;
    expect(asSentence(literal)).toBe(literal);
  });

  it('reads a rule of one match, quotes and all, and no other', () => {
    expect(readMatch('{"prefix":"/a\\"b/"}')).toEqual({ words: 'starts with', text: '/a"b/' });
    expect(readMatch('{"prefix":"/a","suffix":"b"}')).toBeUndefined();
    expect(readMatch('1795511541')).toBeUndefined();
    expect(readMatch(undefined)).toBeUndefined();
  });
});
