// `npm test [-- static|unit|e2e|package]`: everything that is checked, or a part of it. All steps run, then all is reported.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);
const script = (name, ...args) => [process.execPath, path.join(root, 'scripts', name), ...args];
const headless = (...command) => script('headless.mjs', ...command);
/** What the runner behind the n-th command of a step counted. */
const report = (name, n = 0) => path.join(root, 'test-results', `${name}-${n}.json`);
const playwright = (name, ...more) =>
  headless(bin('playwright'), 'test', `--project=${name}`, '--reporter=list,json', ...more);
/** Journeys wait more than they compute. Two halves run side by side, each with a display, a bus and a keyring of its own. */
const HALVES = os.availableParallelism() > 1 ? ['1/2', '2/2'] : ['1/1'];

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ part: string | string[], name: string, commands: string[][], needs?: string, count?: (file: string) => Count }} Step
 */

/** A step without `count` is one test: it passes or it fails. Its commands run side by side. `needs` names a step without
 * which it makes no sense.
 * @type {Step[]} */
const STEPS = [
  { part: 'static', name: 'types', commands: [script('typecheck.mjs')] },
  { part: 'static', name: 'format', commands: [[bin('biome'), 'check', '--error-on-warnings', '.']] },
  { part: 'static', name: 'lint', commands: [[bin('oxlint'), '--type-aware', '--deny-warnings']] },
  { part: 'static', name: 'arrows', commands: [script('dependencies.mjs')] },
  { part: 'static', name: 'dead code', commands: [[bin('knip'), '--no-progress', '--no-config-hints']] },
  {
    part: 'unit',
    name: 'unit',
    commands: [[bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile=${report('unit')}`]],
    count: countVitest,
  },
  { part: ['e2e', 'package'], name: 'build', commands: [[bin('vite'), 'build', '--logLevel=warn']] },
  {
    part: 'e2e',
    name: 'e2e',
    needs: 'build',
    commands: HALVES.map((half) => playwright('e2e', `--shard=${half}`, `--output=test-results/e2e-${half[0]}`)),
    count: countPlaywright,
  },
  { part: 'package', name: 'packaging', needs: 'build', commands: [script('package.mjs', 'dir')] },
  { part: 'package', name: 'package', needs: 'packaging', commands: [playwright('package')], count: countPlaywright },
];

const wanted = process.argv.slice(2);
const parts = new Set(STEPS.flatMap(({ part }) => part));
const unknown = wanted.filter((part) => !parts.has(part));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}". Parts: ${[...parts].join(', ')}.`);
  process.exit(64);
}

const results = new Map();
for (const step of STEPS) {
  if (wanted.length > 0 && ![step.part].flat().some((part) => wanted.includes(part))) continue;
  results.set(step.name, await runStep(step));
}

console.log('\nStep        passed  failed  skipped    time');
const total = { passed: 0, failed: 0 };
for (const [name, { passed, failed, skipped, seconds }] of results) {
  console.log(
    name.padEnd(12) +
      [passed, failed, skipped].map((n) => String(n).padStart(6)).join('  ') +
      seconds.toFixed(1).padStart(9) +
      ' s',
  );
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {Step} step */
async function runStep({ name, needs, commands, count }) {
  if (needs && results.get(needs).failed > 0) {
    console.log(`\n── ${name}: not run, since "${needs}" failed`);
    return { passed: 0, failed: 1, skipped: 0, seconds: 0 };
  }
  console.log(`\n── ${name}`);
  const started = performance.now();
  const counts = await Promise.all(commands.map((command, n) => runCommand(command, report(name, n), count)));
  const sum = (of) => counts.reduce((total, counted) => total + counted[of], 0);
  const seconds = (performance.now() - started) / 1000;
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), seconds };
}

/** @param {string[]} command @param {string} file @param {Step['count']} count @returns {Promise<Count>} */
async function runCommand([program, ...args], file, count) {
  fs.rmSync(file, { force: true });
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  const ok = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
  const counted = count && fs.existsSync(file) ? count(file) : undefined;
  const { passed, failed, skipped } = counted ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  // a runner that fails without a failed test (a file that cannot be loaded, a stray rejection) is a failure too
  return { passed, failed: ok ? failed : Math.max(failed, 1), skipped };
}

/** @param {string} file */
function countVitest(file) {
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, testResults } = readJson(file);
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed, failed: failed + unloaded, skipped };
}

/** @param {string} file */
function countPlaywright(file) {
  const { stats, errors } = readJson(file);
  const { expected, unexpected, flaky, skipped } = stats;
  // errors: outside of any test, such as running out of time
  return { passed: expected + flaky, failed: unexpected + errors.length, skipped };
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
