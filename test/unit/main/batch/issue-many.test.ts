import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchCrypto } from '../../../../main/batch/batch-crypto.ts';
import { guessDelimiter } from '../../../../main/batch/csv-rows.ts';
import { issueMany } from '../../../../main/batch/issue-many.ts';
import { readEmbeds } from '../../../../shared/flowplayer/read-embed.ts';
import { COLUMNS, callFor, issueTable, leftovers, NOW, open, planFor, temporaryFolder } from './tables.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const HEAD = COLUMNS.join(',');
const read = (file: string) => Papa.parse<string[]>(fs.readFileSync(file, 'utf8').trimEnd()).data;
const errorsIn = (out: string) => (fs.existsSync(`${out}.errors.csv`) ? read(`${out}.errors.csv`).slice(1) : []);

describe('issue many', () => {
  it('makes a token of every row, with its own claims', async () => {
    const { ended, out } = await issueTable(folder, `${HEAD}\nv-1,abc,SE,2\nv-2,def,NO,4\n`);
    expect(ended).toMatchObject({ ok: true, value: { rows: 2, tokens: 2, errors: 0, share: 1 } });
    const [names, ...rows] = read(out);
    expect(names).toEqual([...COLUMNS, 'token']);
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual([
      ['v-1', 'abc', 'SE', '2'],
      ['v-2', 'def', 'NO', '4'],
    ]);
    const [first, second] = rows.map((cells) => open(cells[4] ?? ''));
    expect(first).toMatchObject({
      iss: 'x',
      sub: 'v-1',
      exp: NOW + 7200,
      catu: { path: { contains: 'abc' } },
      catgeoiso3166: ['SE'],
    });
    expect(second).toMatchObject({ sub: 'v-2', exp: NOW + 14_400, catgeoiso3166: ['NO'] });
    expect(first?.['cti']).not.toEqual(second?.['cti']);
    expect(leftovers(folder)).toEqual([]);
    expect(fs.existsSync(`${out}.errors.csv`)).toBe(false);
    expect(fs.statSync(out).mode & 0o777).toBe(0o600);
  });

  it('says of every row without a token where it is wrong', async () => {
    const table = [
      HEAD,
      'v-1,abc,UK,2',
      ',abc,SE,2',
      'v-3,a b,SE,soon',
      'v-4,abc,,',
      'v-5,abc,SE',
      'v-6,abc,SE,2,more',
      'v-7,abc,SE,2,,',
      '"v-8,abc,SE,2',
    ].join('\r\n');
    const { ended, out } = await issueTable(folder, table);
    expect(ended).toMatchObject({ ok: true, value: { rows: 8, tokens: 2, errors: 6 } });
    expect(errorsIn(out)).toEqual([
      ['1', 'country', 'catgeoiso3166', 'UK is not an ISO 3166 code. Use GB'],
      ['2', 'viewer', 'sub', 'Viewer is needed'],
      ['3', 'hours', 'exp', '“soon” is no length of time: write 2h, 90 min or 1h30m'],
      ['3', 'video', 'catu', 'An id has letters, digits, “-”, “_” and “.” only'],
      ['5', '', '', 'It has 3 cells, and there are 4 columns.'],
      ['6', '', '', 'It has 5 cells, and there are 4 columns.'],
      ['8', '', '', 'Quoted field unterminated.'],
    ]);
    expect(
      read(out)
        .slice(1)
        .map((cells) => cells[0]),
    ).toEqual(['v-4', 'v-7']);
    expect(open(read(out)[1]?.[4] ?? '')).toMatchObject({ exp: NOW + 7200, catgeoiso3166: ['SE'] });
  });

  it('reads a cell as another text in every row that has it, and leaves the row as it is', async () => {
    const table = `${HEAD}\nv-1,UK,UK,2\nv-2,abc, UK ,"2,5"\nv-3,abc,"UK, SE",2\n`;
    const replacements = [
      { column: 'country', cell: 'UK', use: 'GB' },
      { column: 'hours', cell: '2,5', use: '2.5' },
      { column: 'nowhere', cell: 'a', use: 'b' },
    ];
    const { ended, out } = await issueTable(folder, table, { replacements });
    expect(ended).toMatchObject({ ok: true, value: { tokens: 2, errors: 1 } });
    const rows = read(out).slice(1);
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual([
      ['v-1', 'UK', 'UK', '2'],
      ['v-2', 'abc', ' UK ', '2,5'],
    ]);
    const [first, second] = rows.map((cells) => open(cells[4] ?? ''));
    // of its column only
    expect(first).toMatchObject({ catu: { path: { contains: 'UK' } }, catgeoiso3166: ['GB'], exp: NOW + 7200 });
    expect(second).toMatchObject({ catgeoiso3166: ['GB'], exp: NOW + 9000 });
  });

  it.each([
    ['semicolons', ';', `${COLUMNS.join(';')}\nv-1;abc;SE;2\n`],
    ['tabs', '\t', `${COLUMNS.join('\t')}\nv-1\tabc\tSE\t2\n`],
    ['a byte order mark', ',', `\ufeff${HEAD}\nv-1,abc,SE,2\n`],
    ['a mark and quoted names', ',', `\ufeff"viewer","video","country","hours"\n"v-1","abc","SE","2"\n`],
    ['no line break at the end', ',', `${HEAD}\nv-1,abc,SE,2`],
    ['blank lines', ',', `${HEAD}\n\nv-1,abc,SE,2\n\n\n`],
  ])('reads tables with %s', async (_what, delimiter, table) => {
    const { ended, out } = await issueTable(folder, table);
    expect(ended).toMatchObject({ ok: true, value: { rows: 1, tokens: 1 } });
    const [names = [], row = []] = Papa.parse<string[]>(fs.readFileSync(out, 'utf8'), { delimiter }).data;
    expect(names).toEqual([...COLUMNS, 'token']);
    expect(row.slice(0, 4)).toEqual(['v-1', 'abc', 'SE', '2']);
  });

  it.each([
    [',', 'video,hours\nabc,2\n'],
    [';', 'video;hours\nabc;2,5\n'],
    [';', 'video;countries\nabc;SE,NO,DK\ndef;SE,NO\n\n'],
    [';', 'video;note\nabc;"a, b; c"\n'],
    ['\t', 'video\thours, as said\nabc\t2\n'],
    ['|', 'video|ip\nabc|198.51.100.0/24\n'],
    [',', 'video,a;b\nabc,1\nabc,2,3\n'],
    [',', 'video\nabc\n'],
    [',', ''],
  ])('takes %j for what stands between the cells of %j', (delimiter, table) => {
    expect(guessDelimiter(table)).toBe(delimiter);
  });

  it('reads UTF-16 and says where UTF-8 is broken', async () => {
    const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(`${HEAD}\nvé,abc,SE,2\n`, 'utf16le')]);
    const first = await issueTable(folder, utf16);
    expect(open(read(first.out)[1]?.[4] ?? '')).toMatchObject({ sub: 'vé' });
    const broken = Buffer.concat([Buffer.from(`${HEAD}\nv`), Buffer.of(0xe9), Buffer.from(',abc,SE,2\n')]);
    const second = await issueTable(folder, broken);
    expect(errorsIn(second.out)).toEqual([['1', 'viewer', 'sub', 'It is not UTF-8 here']]);
  });

  it('keeps cells with quotes, delimiters and line breaks', async () => {
    const cells = ['a "b", c\nd', 'abc', 'SE', '2'];
    const { out } = await issueTable(folder, Papa.unparse([[...COLUMNS], cells]));
    expect(read(out)[1]?.slice(0, 4)).toEqual(cells);
    expect(open(read(out)[1]?.[4] ?? '')).toMatchObject({ sub: 'a "b", c\nd' });
  });

  it('reads JSON arrays and JSON lines, whatever stands in them', async () => {
    const rows = [
      { viewer: 'v-1', video: 'a{b}', country: 'SE', hours: 2 },
      { viewer: '{"[\\"}', video: 'abc', country: 'NO', hours: '3' },
      { viewer: 'v-3', video: { id: 1 }, country: 'SE', hours: 2 },
      { viewer: 'v-4', video: 'abc' },
    ];
    for (const [format, text] of [
      ['json', JSON.stringify(rows, null, 2)],
      ['ndjson', rows.map((row) => JSON.stringify(row)).join('\n')],
    ] as const) {
      const file = path.join(folder, 'rows');
      const origin = { kind: 'file', path: file, format } as const;
      const out = path.join(folder, 'tokens.csv');
      fs.writeFileSync(file, text);
      const ended = await issueMany(callFor({ ...planFor(file), origin }, out));
      expect(ended).toMatchObject({ ok: true, value: { rows: 4, tokens: 2, errors: 2 } });
      expect(
        read(out)
          .slice(1)
          .map((cells) => cells[0]),
      ).toEqual(['{"[\\"}', 'v-4']);
      expect(errorsIn(out).map(([row]) => row)).toEqual(['1', '3']);
    }
  });

  it('goes on after a broken line of JSON', async () => {
    const file = path.join(folder, 'rows.ndjson');
    fs.writeFileSync(
      file,
      '{"viewer":"v-1","video":"a"}\n{"viewer":"v-2","vid\nnonsense\n{"viewer":"v-4","video":"a"}\n',
    );
    const origin = { kind: 'file', path: file, format: 'ndjson' } as const;
    const out = path.join(folder, 'tokens.csv');
    const { country: _country, length: _length, ...mapping } = planFor(file).mapping;
    const ended = await issueMany(callFor({ ...planFor(file), origin, mapping }, out));
    expect(ended).toMatchObject({ ok: true, value: { rows: 4, tokens: 2, errors: 2 } });
  });

  it('makes every combination of a matrix', async () => {
    const axes = [
      { column: 'video', cells: ['a', 'b'] },
      { column: 'hours', cells: ['1', '2', '3'] },
      { column: 'country', cells: ['SE', 'NO'] },
    ];
    const out = path.join(folder, 'tokens.csv');
    const plan = planFor('', { origin: { kind: 'matrix', axes } });
    const ended = await issueMany(
      callFor({ ...plan, mapping: { ...plan.mapping, viewer: { kind: 'constant', constant: 'all' } } }, out),
    );
    expect(ended).toMatchObject({ ok: true, value: { rows: 12, tokens: 12 } });
    const rows = read(out)
      .slice(1)
      .map((cells) => cells.slice(0, 3).join());
    expect(new Set(rows).size).toBe(12);
    expect(rows.slice(0, 3)).toEqual(['a,1,SE', 'a,1,NO', 'a,2,SE']);
    expect(open(read(out)[12]?.[3] ?? '')).toMatchObject({ sub: 'all', exp: NOW + 10_800, catgeoiso3166: ['NO'] });
  });

  it('writes JSON, JSON lines, embeds and addresses', async () => {
    const table = `${HEAD}\nv-1,abcdefgh,SE,2\nv-2,bcdefghi,NO,2\n`;
    const embed = {
      playerId: { kind: 'constant', constant: '5a0e6c1d-0000-4a83-9b1e-2f6c8d03a517' },
      mediaId: { kind: 'column', column: 'video' },
    } as const;
    const json = await issueTable(folder, table, { output: { format: 'json' } });
    const list = JSON.parse(fs.readFileSync(json.out, 'utf8'));
    expect(list).toHaveLength(2);
    expect(open(list[1].token)).toMatchObject({ sub: 'v-2' });
    const url = { kind: 'constant', constant: 'https://cdn.example.com/a.m3u8' } as const;
    const lines = await issueTable(folder, table, { output: { format: 'ndjson', url, embed } });
    const [line] = fs.readFileSync(lines.out, 'utf8').split('\n');
    const row = JSON.parse(line ?? '');
    expect(row.url).toBe(`https://cdn.example.com/pt:${row.token}/a.m3u8`);
    expect(readEmbeds(row.embed)[0]).toMatchObject({ mediaId: 'abcdefgh', playbackToken: row.token });
    const embeds = await issueTable(folder, table, { output: { format: 'embeds', embed } });
    const found = readEmbeds(fs.readFileSync(embeds.out, 'utf8'));
    expect(found.map(({ mediaId }) => mediaId)).toEqual(['abcdefgh', 'bcdefghi']);
    expect(open(found[1]?.playbackToken ?? '')).toMatchObject({ sub: 'v-2' });
    const empty = await issueTable(folder, `${HEAD}\n,a,SE,1\n`, { output: { format: 'json' } });
    expect(JSON.parse(fs.readFileSync(empty.out, 'utf8'))).toEqual([]);
  });

  it('gives a column that is called token already its name', async () => {
    const { out } = await issueTable(folder, 'viewer,video,token\nv-1,abc,old\n', {
      mapping: { viewer: { kind: 'column', column: 'viewer' }, video: { kind: 'column', column: 'video' } },
    });
    expect(read(out)[0]).toEqual(['viewer', 'video', 'token', 'token_2']);
    expect(read(out)[1]?.[2]).toBe('old');
  });

  it('stops before the first row for what is wrong with all of them', async () => {
    const table = `${HEAD}\nv-1,abc,SE,2\n`;
    const column = { kind: 'column', column: 'nowhere' } as const;
    const missing = await issueTable(folder, table, { mapping: { viewer: column } });
    expect(missing.ended).toMatchObject({
      ok: false,
      error: {
        code: 'ERR_BATCH_JOB',
        problems: [
          { path: ['mapping', 'viewer'] },
          { path: ['mapping', 'video'], message: 'Video needs a column or a value.' },
        ],
      },
    });
    const refused = await issueTable(folder, table, { target: 'akamai', key: { alg: 'PS256' } });
    expect(refused.ended).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    expect((await issueTable(folder, '')).ended).toMatchObject({ ok: false, error: { code: 'ERR_BATCH_TABLE' } });
    expect(leftovers(folder)).toEqual([]);
  });

  it('ends when a quote is never closed, and keeps what came before', async () => {
    const table = `${HEAD}\n${'v-1,abc,SE,2\n'.repeat(3)}"${'x'.repeat(3 * 1024 * 1024)}`;
    const { ended } = await issueTable(folder, table);
    expect(ended).toMatchObject({
      ok: false,
      error: { code: 'ERR_BATCH_TABLE', message: expect.stringContaining('quote') },
    });
  });

  it('removes everything when it is cancelled', { timeout: 30_000 }, async () => {
    const file = path.join(folder, 'rows.csv');
    fs.writeFileSync(file, `${HEAD}\n${'v-1,abc,SE,2\n'.repeat(50_000)}`);
    const out = path.join(folder, 'tokens.csv');
    fs.writeFileSync(out, 'what was there');
    let asked = 0;
    const ended = await issueMany(callFor(planFor(file), out, { isCancelled: () => ++asked > 2 }));
    expect(ended).toMatchObject({ ok: false, error: { code: 'ERR_BATCH_CANCELLED' } });
    expect(leftovers(folder)).toEqual([]);
    expect(fs.readFileSync(out, 'utf8')).toBe('what was there');
  });

  it('holds rows = tokens + errors for any table', { timeout: 60_000 }, async () => {
    const cell = fc.oneof(
      fc.constantFrom('v-1', 'abc', 'SE', 'UK', '2', '', ' ', 'a"b', 'a,b', 'a\nb', '{{viewer}}', '=1+1', '\u202e'),
      fc.string({ maxLength: 8 }),
    );
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const { ended, out } = await issueTable(folder, Papa.unparse([[...COLUMNS], ...rows]));
        if (!ended.ok) throw new Error(ended.error.message);
        const { tokens, errors } = ended.value;
        expect(ended.value.rows).toBe(tokens + errors);
        const written = read(out).slice(1);
        expect(written).toHaveLength(tokens);
        for (const cells of written) expect(open(cells[4] ?? '')['sub']).toBe(cells[0]?.trim());
        const wrong = new Set(errorsIn(out).map(([row]) => row));
        expect(wrong.size).toBe(errors);
        // rows without a word are no rows; every other one is accounted for
        const solid = rows.filter((cells) => cells[0] !== '' || cells.some((one) => one.trim() !== ''));
        expect(ended.value.rows).toBe(solid.length);
      }),
      { seed: 20261124, numRuns: 60 },
    );
  });
});

describe('the cryptography of many tokens', () => {
  it('computes the same HMAC as Node', () => {
    for (const keyLength of [0, 1, 32, 63, 64, 65, 200])
      for (const length of [0, 1, 55, 64, 190, 5000]) {
        const [key, data] = [randomBytes(keyLength), randomBytes(length)];
        const expected = createHmac('sha256', key).update(data).digest('hex');
        expect(Buffer.from(batchCrypto.hmacSha256(key, data)).toString('hex')).toBe(expected);
        expect(Buffer.from(batchCrypto.hmacSha256(key, data)).toString('hex')).toBe(expected);
      }
  });

  it('gives out every random byte once', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 2000; i++) seen.add(Buffer.from(batchCrypto.randomBytes(16)).toString('hex'));
    expect(seen.size).toBe(2000);
    expect(batchCrypto.randomBytes(20_000)).toHaveLength(20_000);
  });
});
