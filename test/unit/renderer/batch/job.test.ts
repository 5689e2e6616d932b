import { describe, expect, it } from 'vitest';
import {
  columnsOf,
  filledOf,
  type JobChoices,
  jobOf,
  looksLikeTable,
  matrixSize,
  missingOf,
  outputOf,
  replacementsOf,
  sourcesOf,
  valuesOf,
} from '../../../../renderer/features/batch/job.ts';
import type { Template } from '../../../../shared/issue/template.ts';

const TEMPLATE: Template = {
  ...{ title: 'T', summary: '', makes: 'token' },
  variables: [
    { name: 'video', label: 'Video', type: 'id' },
    { name: 'country', label: 'Country', type: 'country' },
    { name: 'length', label: 'Valid for', type: 'duration', otherwise: '2h' },
  ],
  draft: { claims: {}, kept: [], envelope: {} },
};

const choices = (more: Partial<JobChoices> = {}): JobChoices => ({
  rows: { kind: 'table', handle: 'h', columns: ['id', 'land', 'note'] },
  template: TEMPLATE,
  mapping: { video: 'id' },
  ...{
    constants: {},
    axes: {},
    replacements: [],
    target: 'akamai',
    zone: 'Europe/Stockholm',
    format: 'csv',
    extras: {},
  },
  ...more,
});
const MATRIX = choices({
  rows: { kind: 'matrix' },
  axes: { video: 'a\n\n b \na', country: 'SE\nDE, AT', length: ' ' },
});

describe('the job of a table', () => {
  it('takes each variable from its column, else from what is the same in every row', () => {
    const filled = choices({ constants: { country: ' SE ', length: '  ', video: 'is in a column' } });
    expect(sourcesOf(filled)).toEqual({
      video: { kind: 'column', column: 'id' },
      country: { kind: 'constant', constant: 'SE' },
    });
    expect(jobOf(filled)).toEqual({
      source: { kind: 'table', handle: 'h' },
      template: TEMPLATE,
      mapping: sourcesOf(filled),
      target: 'akamai',
      zone: 'Europe/Stockholm',
    });
  });

  it('is none while a variable without a value of its own has nothing', () => {
    expect(missingOf(choices()).map(({ name }) => name)).toEqual(['country']);
    expect(jobOf(choices())).toBeUndefined();
    expect(jobOf(choices({ rows: undefined }))).toBeUndefined();
  });

  it('fills the variables of a row, blank where the row is too short', () => {
    const both = choices({ mapping: { video: 'id', country: 'land' }, constants: { length: '4h' } });
    expect(filledOf(both, ['v1', 'SE', 'x'])).toEqual({ video: 'v1', country: 'SE', length: '4h' });
    expect(filledOf(both, ['v1'])).toEqual({ video: 'v1', country: '', length: '4h' });
  });
});

describe('the job of a matrix', () => {
  it('has every value once, without blanks, and every combination', () => {
    expect(valuesOf('a\n\n b \na')).toEqual(['a', 'b']);
    expect(matrixSize(MATRIX)).toBe(4);
    expect(columnsOf(MATRIX)).toEqual(['video', 'country']);
    expect(jobOf(MATRIX)?.source).toEqual({
      kind: 'matrix',
      axes: [
        { column: 'video', cells: ['a', 'b'] },
        { column: 'country', cells: ['SE', 'DE, AT'] },
      ],
    });
    expect(filledOf(MATRIX, ['a', 'DE, AT'])).toEqual({ video: 'a', country: 'DE, AT' });
  });

  it('is none without a value', () => {
    const empty = choices({ rows: { kind: 'matrix' } });
    expect(matrixSize(empty)).toBe(0);
    expect(jobOf(empty)).toBeUndefined();
    const optional = { ...TEMPLATE, variables: TEMPLATE.variables.filter(({ name }) => name === 'length') };
    expect(jobOf(choices({ rows: { kind: 'matrix' }, template: optional }))).toBeUndefined();
  });
});

describe('a cell that is read as another text', () => {
  const UK = { column: 'land', cell: 'UK', use: 'GB' };
  const mapped = choices({ mapping: { video: 'id', country: 'land' }, replacements: [UK] });

  it('is so in the job and in a row, whatever blanks are around it', () => {
    expect(jobOf(mapped)).toMatchObject({ replacements: [UK] });
    expect(filledOf(mapped, ['UK', ' UK ', 'x'])).toEqual({ video: 'UK', country: 'GB' });
    expect(filledOf(mapped, ['v1', 'SE'])).toEqual({ video: 'v1', country: 'SE' });
  });

  it('holds only while its column fills what it was offered for', () => {
    const moved = choices({ mapping: { video: 'land', country: 'id' }, replacements: [UK] });
    expect(replacementsOf(moved)).toEqual([]);
    expect(jobOf(moved)).not.toHaveProperty('replacements');
    const axis = { ...UK, column: 'country' };
    expect(replacementsOf({ ...MATRIX, replacements: [axis, UK] })).toEqual([axis]);
  });
});

describe('what is written', () => {
  const column = (name: string) => ({ kind: 'column', column: name }) as const;
  const same = (constant: string) => ({ kind: 'constant', constant }) as const;

  it('has an embed only with a player and a video, and no address beside embeds', () => {
    const all = { url: same('https://a.example/x.m3u8'), playerId: same('p'), mediaId: column('id') };
    expect(outputOf(choices({ extras: all }))).toEqual({
      format: 'csv',
      url: all.url,
      embed: { playerId: all.playerId, mediaId: all.mediaId },
    });
    expect(outputOf(choices({ format: 'embeds', extras: all }))).not.toHaveProperty('url');
    expect(outputOf(choices({ extras: { playerId: same(' '), mediaId: column('id') } }))).toEqual({ format: 'csv' });
  });
});

describe('a table among what is pasted', () => {
  it.each([
    ['a,b\n1,2', true],
    ['a\tb\tc\n1\t2\t3', true],
    ['a;b\r\n1;2\r\n', true],
    ['[{"a":1}]', true],
    ['a,b\n1', false],
    ['one line, with a comma', false],
    ['0YRDoQEFoFCiBBpxP7MAGgAPQj-CGBj2', false],
    ["curl -H 'a: b', c\nx, y", false],
    ['https://a.example/x,y\nhttps://a.example/z,w', false],
  ])('%j: %s', (text, isTable) => {
    expect(looksLikeTable(text)).toBe(isTable);
  });
});
