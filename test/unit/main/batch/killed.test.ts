import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJournal } from '../../../../main/batch/journal.ts';
import { buildProgram } from './build-program.ts';
import { COLUMNS, leftovers, open, SECRET_HEX, TEMPLATE, temporaryFolder } from './tables.ts';

/** The real command line, killed as the system kills: at once, with whatever it was doing. */
const ROWS = 60_000;
let folder: string;
let program: string;

beforeAll(async () => {
  folder = temporaryFolder();
  // inside the project, so that keytar is found
  program = await buildProgram('main/cli/catwalk.ts', path.join(import.meta.dirname, '../../../../dist/killed-test'));
  const lines = [COLUMNS.join(',')];
  for (let row = 1; row <= ROWS; row++) lines.push(`v-${row},video-${row % 7},${row % 1000 === 0 ? 'UK' : 'SE'},2`);
  fs.writeFileSync(path.join(folder, 'rows.csv'), `${lines.join('\n')}\n`);
  fs.writeFileSync(path.join(folder, 'template.json'), JSON.stringify(TEMPLATE));
  fs.writeFileSync(path.join(folder, 'key'), SECRET_HEX);
}, 120_000);
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.rmSync(path.dirname(program), { recursive: true, force: true });
});

function start(out: string, ...more: string[]): ChildProcess {
  const args = [
    'issue',
    '--csv',
    'rows.csv',
    '--template',
    'template.json',
    '--key',
    'file:key',
    '--out',
    out,
    ...more,
  ];
  return spawn(process.execPath, [program, ...args], { cwd: folder, stdio: 'ignore' });
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });

const until = async (isTrue: () => boolean, child: ChildProcess): Promise<void> => {
  while (!isTrue() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a run that is killed', () => {
  it('goes on without losing or repeating a row', { timeout: 120_000 }, async () => {
    const out = path.join(folder, 'tokens.csv');
    const rowsDone = () => readJournal(out)?.last.row ?? 0;
    let kills = 0;
    // the first time before any checkpoint, then a little further each time
    for (const least of [0, 1, 10_000, 25_000, 40_000]) {
      const child = start(out, ...(kills > 0 ? ['--resume'] : []));
      await until(() => (least === 0 ? fs.existsSync(`${out}.part`) : rowsDone() >= least), child);
      child.kill('SIGKILL');
      if ((await ended(child)) !== null) break;
      kills++;
      expect(fs.existsSync(out)).toBe(false);
      // what a crash may leave: half a line in the journal, and more in the part than is known to be whole
      if (kills === 2) fs.appendFileSync(`${out}.journal`, '{"row":99999,"tok');
      if (kills === 3) fs.appendFileSync(`${out}.part`, 'v-1,half a row');
    }
    expect(kills).toBeGreaterThanOrEqual(3);
    const last = start(out, '--resume');
    // rows failed, so it is not all well
    expect(await ended(last)).toBe(1);
    expect(leftovers(folder)).toEqual([]);

    const lines = fs.readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe([...COLUMNS, 'token'].join(','));
    const viewers = lines.slice(1).map((line) => line.slice(0, line.indexOf(',')));
    const expected = Array.from({ length: ROWS }, (_, index) => index + 1);
    expect(viewers).toEqual(expected.filter((row) => row % 1000 !== 0).map((row) => `v-${row}`));
    const wrong = fs.readFileSync(`${out}.errors.csv`, 'utf8').trimEnd().split('\n').slice(1);
    expect(wrong.map((line) => Number(line.split(',')[0]))).toEqual(expected.filter((row) => row % 1000 === 0));

    const tokens = lines.slice(1).map((line) => line.slice(line.lastIndexOf(',') + 1));
    expect(new Set(tokens).size).toBe(tokens.length);
    // of all parts of the run: right, and counted from the first start
    const expiries = new Set<unknown>();
    for (let at = 0; at < tokens.length; at += 997) {
      const json = open(tokens[at] ?? '');
      expect(json['sub']).toBe(viewers[at]);
      expiries.add(json['exp']);
    }
    expect(expiries.size).toBe(1);
  });

  it('does not go on with another table or key, and does not begin anew by itself', { timeout: 60_000 }, async () => {
    const out = path.join(folder, 'other.csv');
    const child = start(out);
    await until(() => (readJournal(out)?.last.row ?? 0) > 0, child);
    child.kill('SIGKILL');
    expect(await ended(child)).toBe(null);
    expect(await ended(start(out))).toBe(64);
    fs.writeFileSync(path.join(folder, 'key'), 'ab'.repeat(32));
    expect(await ended(start(out, '--resume'))).toBe(64);
    fs.writeFileSync(path.join(folder, 'key'), SECRET_HEX);
    fs.appendFileSync(path.join(folder, 'rows.csv'), 'v-0,video,SE,2\n');
    expect(await ended(start(out, '--resume'))).toBe(64);
    expect(fs.existsSync(`${out}.part`)).toBe(true);
    expect(await ended(start(path.join(folder, 'never.csv'), '--resume'))).toBe(66);
  });
});
