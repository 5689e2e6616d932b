import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../../../renderer/features/preview/issue-here.ts';
import { mergeRows } from '../../../../renderer/features/preview/model.ts';
import { describePlayerError } from '../../../../renderer/features/preview/player-errors.ts';
import {
  asSentence,
  describeClocks,
  describeTime,
  readMatch,
  shortenValues,
} from '../../../../renderer/features/preview/why-words.ts';
import {
  describeCause,
  describeClock,
  describeCopy,
  formatSize,
  formatSpan,
  shortenIds,
  verdictOf,
} from '../../../../renderer/features/preview/words.ts';
import type { TraceRow } from '../../../../shared/contract/preview.ts';
import { rich, toPlainText, value } from '../../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../../shared/explain/time-style.ts';
import { millis, seconds } from '../../../../shared/units.ts';

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

describe('a verdict in the trace', () => {
  it('says that there was no token, in neutral words, and nothing twice', () => {
    const lost = { verdict: 'none', cause: 'lost-token' } as const;
    expect([verdictOf(lost), describeCause(lost)]).toEqual([{ kind: 'not-checked', word: 'Token lost' }, '']);
    expect(verdictOf({ verdict: 'none', cause: 'no-token' })).toEqual({ kind: 'not-checked', word: 'No token' });
    expect(verdictOf({ verdict: 'none' })).toEqual({ kind: 'not-checked' });
  });

  it('names the claim that refused before the kind of its cause', () => {
    expect(describeCause({ cause: 'claims', claim: 'catu.path' })).toBe('catu.path');
    expect(describeCause({ cause: 'integrity' })).toBe('wrong key');
    expect(describeCause({})).toBe('');
  });

  it('says which copy travelled, of how many', () => {
    const path = { channel: 'path', slot: 'A' } as const;
    expect(describeCopy({ ...row(1), copy: path, copies: 1 })).toBe('path, A');
    expect(describeCopy({ ...row(1), copy: { channel: 'header', slot: null }, copies: 2 })).toBe('header of 2');
    expect(describeCopy(row(1))).toBe('none');
  });
});

describe('the words of a refusal', () => {
  const clocks = { here: millis(1_000_000), edge: millis(1_000_000) };
  const of = (state: 'expired' | 'valid', expires: number, edge: number = clocks.edge) =>
    describeTime({ time: { state, expires: seconds(expires) }, clocks: { ...clocks, edge: millis(edge) } }).word;

  it('say how long a token holds or is over, at the edge, and that the switch expired one that holds', () => {
    expect(of('valid', 1060)).toBe('Valid, 1 min left');
    expect(of('expired', 940)).toBe('Expired 1 min ago');
    expect(of('expired', 1060, 1_120_000)).toBe('Expired 1 min ago');
    expect(of('expired', 1060)).toBe('Expired, by the switch');
  });

  it('say how far the clocks are apart', () => {
    expect(describeClocks(clocks)).toMatch(/ here, the same at the edge$/);
    expect(describeClocks({ here: millis(0), edge: millis(-90_000) })).toMatch(/at the edge: 1:30 behind$/);
  });

  it('shorten ids in values, but not up to the character that differs', () => {
    const id = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
    const text = rich`path ${value(`/hls/${id}/`, 4)} and ${value(`/${id}`)} and ${value(`/${id}`, 20)}`;
    expect(toPlainText(shortenValues(text), UTC_STYLE)).toBe(
      `path “/hls/7c9e2b41…a517/” and “/7c9e2b41…a517” and “/${id}”`,
    );
  });
});
