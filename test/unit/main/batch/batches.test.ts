import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Batches, createBatches } from '../../../../main/batch/batches.ts';
import { loadRunList } from '../../../../main/batch/run-list.ts';
import { loadIssueLog } from '../../../../main/issue/issue-log.ts';
import { createLog } from '../../../../main/log.ts';
import type { IssueManyRun } from '../../../../shared/contract/batch.ts';
import { issueManyPreview, issueManyRun } from '../../../../shared/contract/batch.ts';
import type { ParsedInput } from '../../../../shared/contract/contract.ts';
import { keysWith } from '../issue/keys.ts';
import { buildProgram } from './build-program.ts';
import { COLUMNS, leftovers, MAPPING, open, TEMPLATE, temporaryFolder } from './tables.ts';

let program: string;
let folder: string;
beforeAll(async () => {
  program = await buildProgram('main/batch/issue-many.worker.ts', temporaryFolder());
}, 120_000);
afterAll(() => fs.rmSync(path.dirname(program), { recursive: true, force: true }));
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function start() {
  const told: IssueManyRun[] = [];
  const { log: issueLog } = await loadIssueLog(path.join(folder, 'profile/log.json'), () => undefined);
  const { list } = await loadRunList(path.join(folder, 'profile/runs.json'));
  const keys = keysWith();
  const batches = createBatches({
    ...{ keys, issueLog, list, program, log: createLog({}) },
    changed: (run) => told.push(issueManyRun.parse(run)),
  });
  return { batches, told, issueLog, list, keys };
}

const out = () => path.join(folder, 'tokens.csv');

async function table(batches: Batches, rows: number): Promise<string> {
  const file = path.join(folder, 'rows.csv');
  const lines = Array.from(
    { length: rows },
    (_, row) => `v-${row},abc,${row % 10 === 9 ? 'UK' : 'SE'},${row % 10 === 5 ? '' : 2}`,
  );
  fs.writeFileSync(file, `${[COLUMNS.join(','), ...lines].join('\n')}\n`);
  const opened = await batches.openFile(file);
  if (!opened.ok) throw new Error(opened.error.message);
  expect(opened.value).toMatchObject({ fileName: 'rows.csv', format: 'csv', delimiter: ',', columns: [...COLUMNS] });
  expect(JSON.stringify(opened.value)).not.toContain(folder);
  return opened.value.handle;
}

const jobFor = (handle: string): ParsedInput<'issueMany.preview'> => ({
  source: { kind: 'table', handle },
  template: TEMPLATE,
  mapping: MAPPING,
  target: 'cta-5007-b',
  zone: 'UTC',
});

const inputFor = (handle: string, keyId: ParsedInput<'issueMany.start'>['keyId']) => ({
  ...{ job: jobFor(handle), output: { format: 'csv' as const }, keyId },
});

async function until(told: readonly IssueManyRun[], isIt: (run: IssueManyRun) => boolean): Promise<IssueManyRun> {
  for (let tries = 0; tries < 2000; tries++) {
    const run = told.find(isIt);
    if (run !== undefined) return run;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never came');
}

describe('issue many in a thread', { timeout: 60_000 }, () => {
  it('previews, runs and remembers', async () => {
    const { batches, told, issueLog, list, keys } = await start();
    const handle = await table(batches, 100);
    const preview = await batches.preview(jobFor(handle));
    if (!preview.ok) throw new Error(preview.error.message);
    expect(issueManyPreview.parse(preview.value)).toMatchObject({
      rows: 100,
      ready: 80,
      warnings: 10,
      errors: 10,
      unused: [],
    });
    expect(preview.value.problems[0]).toMatchObject({
      row: 10,
      state: 'error',
      problems: [{ column: 'country', message: 'UK is not an ISO 3166 code' }],
    });
    const fix = { column: 'country', cell: 'UK', use: 'GB' };
    expect(preview.value).toMatchObject({ fixes: [{ ...fix, rows: 10 }], replaced: [] });
    const mended = await batches.preview({ ...jobFor(handle), replacements: [fix] });
    expect(mended).toMatchObject({
      ok: true,
      value: { ready: 90, warnings: 10, errors: 0, fixes: [], replaced: [{ ...fix, rows: 10 }] },
    });
    expect(preview.value.problems[10]).toMatchObject({
      state: 'warning',
      problems: [{ column: 'hours', message: 'Blank: the template’s 2h is used.' }],
    });
    const begun = await batches.start(inputFor(handle, keys.dev.id), async () => out());
    expect(begun).toMatchObject({ ok: true, value: { state: 'running', keyName: 'dev-1', fileName: 'tokens.csv' } });
    const done = await until(told, ({ state }) => state === 'done');
    expect(done).toMatchObject({
      rows: 100,
      tokens: 90,
      errors: 10,
      share: 1,
      errorsFileName: 'tokens.csv.errors.csv',
    });
    const [, first = ''] = fs.readFileSync(out(), 'utf8').split('\n');
    expect(open(first.split(',')[4] ?? '')).toMatchObject({ sub: 'v-0' });
    expect(issueLog.list()).toMatchObject([{ kind: 'many', count: 90, keyName: 'dev-1' }]);
    expect(list.all()).toEqual([]);
    expect(batches.place(done.id)).toEqual({ ok: true, value: out() });
    // the key itself is still whole: its copy went into the thread
    expect(keys.secretIsWhole()).toBe(true);
  });

  it('asks for the name of a production key, and writes nothing when nobody says where', async () => {
    const { batches, keys } = await start();
    const handle = await table(batches, 5);
    const refused = await batches.start(inputFor(handle, keys.prod.id), async () => out());
    expect(refused).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_CONFIRM' } });
    expect(await batches.start(inputFor(handle, keys.dev.id), async () => undefined)).toEqual({
      ok: true,
      value: null,
    });
    expect(await batches.preview(jobFor('8a7f1c1e-6a0f-4a0e-8d2e-3b6a5b1f2c3d'))).toMatchObject({ ok: false });
    expect(fs.existsSync(out())).toBe(false);
  });

  it('is cancelled, and leaves nothing', async () => {
    const { batches, told, list, keys } = await start();
    const handle = await table(batches, 200_000);
    const begun = await batches.start(inputFor(handle, keys.dev.id), async () => out());
    const id = begun.ok ? (begun.value?.id ?? '') : '';
    expect(await batches.start(inputFor(handle, keys.dev.id), async () => out())).toMatchObject({
      error: { code: 'ERR_BATCH_BUSY' },
    });
    await until(told, ({ state, rows }) => state === 'running' && rows > 0);
    expect(batches.cancel(id)).toEqual({ ok: true, value: null });
    await until(told, ({ state }) => state === 'cancelled');
    expect(leftovers(folder)).toEqual([]);
    expect(fs.existsSync(out())).toBe(false);
    expect(list.all()).toEqual([]);
    expect(batches.cancel(id)).toMatchObject({ ok: false, error: { code: 'ERR_BATCH_GONE' } });
  });

  it('is found interrupted by the next start, and resumed or forgotten', async () => {
    const first = await start();
    const handle = await table(first.batches, 200_000);
    const input = inputFor(handle, first.keys.dev.id);
    const replacements = [{ column: 'country', cell: 'SE', use: 'NO' }];
    const begun = await first.batches.start({ ...input, job: { ...input.job, replacements } }, async () => out());
    const id = begun.ok ? (begun.value?.id ?? '') : '';
    // as if the app had ended in its midst: the list and the journal of a run that is under way
    await until(first.told, ({ rows }) => rows > 5000);
    for (const file of ['profile/runs.json', 'tokens.csv.journal', 'tokens.csv.part', 'tokens.csv.errors.csv.part'])
      fs.copyFileSync(path.join(folder, file), path.join(folder, `${path.basename(file)}.copy`));
    await until(first.told, ({ state }) => state === 'done');
    fs.rmSync(out());
    for (const file of ['profile/runs.json', 'tokens.csv.journal', 'tokens.csv.part', 'tokens.csv.errors.csv.part'])
      fs.copyFileSync(path.join(folder, `${path.basename(file)}.copy`), path.join(folder, file));

    const second = await start();
    expect(second.batches.runs()).toMatchObject([{ id, state: 'interrupted', title: 'Viewers' }]);
    expect(await second.batches.resume(id, undefined)).toMatchObject({ ok: true, value: { state: 'running' } });
    const done = await until(second.told, ({ state }) => state === 'done');
    expect(done).toMatchObject({ rows: 200_000, tokens: 180_000, errors: 20_000 });
    const lines = fs.readFileSync(out(), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(180_001);
    // what is read in place of a cell is the same before and after, and the row is as it was
    for (const line of [lines[1], lines.at(-1)]) {
      const [, , country, , token = ''] = (line ?? '').split(',');
      expect(country).toBe('SE');
      expect(open(token)).toMatchObject({ catgeoiso3166: ['NO'] });
    }
    expect(await second.batches.forget(id)).toEqual({ ok: true, value: null });
    expect(second.batches.runs()).toEqual([]);
  });

  it('takes rows that were pasted from a spreadsheet', async () => {
    const { batches, told, list, keys } = await start();
    const pasted = await batches.openRows(`${COLUMNS.join('\t')}\nv-1\tabc\tSE\t2\n`);
    if (!pasted.ok) throw new Error(pasted.error.message);
    expect(pasted.value).toMatchObject({ delimiter: '\t', rows: [['v-1', 'abc', 'SE', '2']] });
    await batches.start(inputFor(pasted.value.handle, keys.dev.id), async () => out());
    expect(list.all()).toEqual([]);
    expect(await until(told, ({ state }) => state === 'done')).toMatchObject({ tokens: 1 });
    expect(await batches.openRows('')).toMatchObject({ ok: false, error: { code: 'ERR_BATCH_TABLE' } });
    expect(await batches.openFile(path.join(folder, 'nothing.csv'))).toMatchObject({
      error: { code: 'ERR_FILE_NOT_FOUND' },
    });
  });
});
