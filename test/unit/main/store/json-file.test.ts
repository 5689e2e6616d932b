import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createJsonFile, type JsonFileOptions } from '../../../../main/store/json-file.ts';
import { z } from '../../../../shared/contract/zod.ts';
import { buildProgram, killAfter } from '../child-program.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-store-'));
  file = path.join(folder, 'thing.json');
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

const second = z.object({ names: z.array(z.string()) });
const options = (): JsonFileOptions<typeof second> => ({
  path: file,
  version: 2,
  schema: second,
  older: {
    1: { schema: z.object({ name: z.string() }), up: (data) => ({ names: [(data as { name: string }).name] }) },
  },
  initial: () => ({ names: [] }),
});
const open = () => createJsonFile(options());
const mode = async (name: string) => (await fs.stat(name)).mode & 0o777;

describe('a document of the profile', () => {
  it('starts empty and keeps what was saved', async () => {
    expect(await open().load()).toEqual({ ok: true, value: { value: { names: [] } } });
    expect(await fs.readdir(folder)).toEqual([]);
    expect(await open().save({ names: ['a'] })).toEqual({ ok: true, value: undefined });
    expect(await open().load()).toEqual({ ok: true, value: { value: { names: ['a'] } } });
  });

  it('is its owner’s alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      file = path.join(folder, 'new/deep/thing.json');
      await open().save({ names: ['a'] });
    } finally {
      process.umask(before);
    }
    expect(await mode(file)).toBe(0o600);
    expect(await mode(path.dirname(file))).toBe(0o700);
  });

  it.each([
    ['no JSON', '{"version":2,"data":{"names":["a"'],
    ['another shape', '{"version":2,"data":{"names":[1]}}'],
    ['no version', '{"names":[]}'],
    ['a version of zero', '{"version":0,"data":{"names":[]}}'],
    ['an array', '[]'],
    ['nothing at all', ''],
    ['an older shape that is wrong', '{"version":1,"data":{"name":5}}'],
  ])('of %s is put aside, never lost and never reset without a word', async (_what, content) => {
    await fs.writeFile(file, content);
    const loaded = await open().load();
    expect(loaded).toMatchObject({ ok: true, value: { value: { names: [] }, notice: { kind: 'put-aside' } } });
    const kept = loaded.ok ? (loaded.value.notice?.keptAs ?? '') : '';
    expect(path.dirname(kept)).toBe(folder);
    expect(await fs.readFile(kept, 'utf8')).toBe(content);
    expect(await fs.readdir(folder)).toEqual([path.basename(kept)]);
  });

  it('of an older version is backed up, then migrated', async () => {
    const old = '{"version":1,"data":{"name":"a"}}';
    await fs.writeFile(file, old);
    const loaded = await open().load();
    expect(loaded).toMatchObject({ ok: true, value: { value: { names: ['a'] }, notice: { kind: 'migrated' } } });
    const kept = loaded.ok ? (loaded.value.notice?.keptAs ?? '') : '';
    expect(await fs.readFile(kept, 'utf8')).toBe(old);
    expect(await mode(kept)).toBe(0o600);
    expect(JSON.parse(await fs.readFile(file, 'utf8'))).toEqual({ version: 2, data: { names: ['a'] } });
    expect(await open().load()).toEqual({ ok: true, value: { value: { names: ['a'] } } });
  });

  it('of a newer version is left as it is, and not overwritten later', async () => {
    const newer = '{"version":3,"data":{"people":[]}}';
    await fs.writeFile(file, newer);
    const document = open();
    expect(await document.load()).toMatchObject({ ok: false, error: { code: 'ERR_STORE_NEWER' } });
    expect(await document.save({ names: ['a'] })).toMatchObject({ ok: false, error: { code: 'ERR_STORE_NEWER' } });
    expect(await fs.readFile(file, 'utf8')).toBe(newer);
  });

  it('that cannot be read is not overwritten either', async () => {
    await fs.mkdir(file);
    const document = open();
    expect(await document.load()).toMatchObject({ ok: false, error: { code: 'ERR_FILE_UNREADABLE' } });
    expect((await document.save({ names: [] })).ok).toBe(false);
  });

  it('says when it could not be saved, and leaves no half file behind', async () => {
    await open().save({ names: ['a'] });
    const rename = vi
      .spyOn(fs, 'rename')
      .mockRejectedValueOnce(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    expect(await open().save({ names: ['b'] })).toMatchObject({ ok: false, error: { code: 'ERR_STORE_WRITE' } });
    rename.mockRestore();
    expect(await fs.readdir(folder)).toEqual(['thing.json']);
    expect(await open().load()).toMatchObject({ value: { value: { names: ['a'] } } });
  });

  it('saves one after the other, and the last one wins', async () => {
    const document = open();
    const all = Array.from({ length: 20 }, (_, number) => document.save({ names: [String(number)] }));
    await document.settled();
    expect((await Promise.all(all)).every((saved) => saved.ok)).toBe(true);
    expect(await open().load()).toMatchObject({ value: { value: { names: ['19'] } } });
    expect(await fs.readdir(folder)).toEqual(['thing.json']);
  });

  it('removes what a killed writer left', async () => {
    await fs.writeFile(path.join(folder, '.thing.json.0123456789ab.tmp'), '{"vers');
    await fs.writeFile(path.join(folder, '.other.json.0123456789ab.tmp'), 'not ours');
    await open().load();
    expect(await fs.readdir(folder)).toEqual(['.other.json.0123456789ab.tmp']);
  });
});

describe('a writer that is killed', () => {
  /** writes documents as fast as it can, each three times the number it starts with, and says each number once it is saved */
  const WRITER = `
    import { createJsonFile } from ${JSON.stringify(path.resolve('main/store/json-file.ts'))};
    import { z } from ${JSON.stringify(path.resolve('shared/contract/zod.ts'))};
    const schema = z.object({ names: z.array(z.string()) });
    const document = createJsonFile({ path: process.argv[2], version: 2, schema, initial: () => ({ names: [] }) });
    for (let number = 1; ; number += 1) {
      const saved = await document.save({ names: Array.from({ length: 3000 }, () => String(number)) });
      if (!saved.ok) process.exit(1);
      process.stdout.write(number + '\\n');
    }`;

  it('leaves a whole document, the last one saved or the one after', { timeout: 60_000 }, async () => {
    const program = await buildProgram(folder, WRITER);
    file = path.join(folder, 'data/thing.json');
    let interrupted = 0;
    for (let round = 0; round < 15; round += 1) {
      const saved = Number((await killAfter(program, [file], 1 + (round % 5), round * 3)).at(-1));
      const left = (await fs.readdir(path.dirname(file))).filter((entry) => entry.endsWith('.tmp'));
      interrupted += left.length;
      const loaded = await open().load();
      expect(loaded).toMatchObject({ ok: true });
      if (!loaded.ok) return;
      expect(loaded.value.notice).toBeUndefined();
      const { names } = loaded.value.value;
      expect(names).toHaveLength(3000);
      expect(new Set(names).size).toBe(1);
      expect([saved, saved + 1]).toContain(Number(names[0]));
    }
    // else this test would prove nothing
    expect(interrupted).toBeGreaterThan(0);
  });
});
