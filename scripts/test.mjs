// `npm test [-- static|unit|e2e|package]`: everything that is checked, or a part of it. All steps run, then all is reported.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);
const script = (name, ...args) => [process.execPath, path.join(root, 'scripts', name), ...args];
const headless = (...command) => script('headless.mjs', ...command);
const report = (name) => path.join(root, 'test-results', `${name}.json`);
const playwright = (name) => headless(bin('playwright'), 'test', `--project=${name}`, '--reporter=list,json');

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ part: string | string[], name: string, command: string[], needs?: string, count?: (report: any) => Count }} Step
 */

/** A step without `count` is one test: it passes or it fails. `needs` names a step without which it makes no sense.
 * @type {Step[]} */
const STEPS = [
  { part: 'static', name: 'types', command: script('typecheck.mjs') },
  { part: 'static', name: 'format', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { part: 'static', name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { part: 'static', name: 'arrows', command: script('dependencies.mjs') },
  { part: 'static', name: 'dead code', command: [bin('knip'), '--no-progress', '--no-config-hints'] },
  {
    part: 'unit',
    name: 'unit',
    command: [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile=${report('unit')}`],
    count: countVitest,
  },
  { part: ['e2e', 'package'], name: 'build', command: [bin('vite'), 'build', '--logLevel=warn'] },
  { part: 'e2e', name: 'e2e', needs: 'build', command: playwright('e2e'), count: countPlaywright },
  { part: 'package', name: 'packaging', needs: 'build', command: script('package.mjs', 'dir') },
  { part: 'package', name: 'package', needs: 'packaging', command: playwright('package'), count: countPlaywright },
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
async function runStep({ name, needs, command, count }) {
  if (needs && results.get(needs).failed > 0) {
    console.log(`\n── ${name}: not run, since "${needs}" failed`);
    return { passed: 0, failed: 1, skipped: 0, seconds: 0 };
  }
  console.log(`\n── ${name}`);
  const started = performance.now();
  fs.rmSync(report(name), { force: true });
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report(name) };
  const child = spawn(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  const ok = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
  const counted =
    count && fs.existsSync(report(name)) ? count(JSON.parse(fs.readFileSync(report(name), 'utf8'))) : undefined;
  const { passed, failed, skipped } = counted ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  // a runner that fails without a failed test (a file that cannot be loaded, a stray rejection) is a failure too
  return { passed, failed: ok ? failed : Math.max(failed, 1), skipped, seconds: (performance.now() - started) / 1000 };
}

function countVitest({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, testResults }) {
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed, failed: failed + unloaded, skipped };
}

function countPlaywright({ stats: { expected, unexpected, flaky, skipped }, errors }) {
  // errors: outside of any test, such as running out of time
  return { passed: expected + flaky, failed: unexpected + errors.length, skipped };
}
