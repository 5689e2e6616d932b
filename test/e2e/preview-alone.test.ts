import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

/** A network of its own with nothing in it but the loopback, by which Playwright speaks to what it starts. */
const ALONE = ['--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'] as const;

const isPermitted = spawnSync('unshare', [...ALONE, 'true']).status === 0;

test('plays the clip and mends a refusal on a machine without a network', async () => {
  test.skip(!isPermitted, 'only root may make a network namespace');
  test.setTimeout(240_000); // it is a run of the tests within the tests
  const run = promisify(execFile)(
    'unshare',
    [
      ...ALONE,
      process.execPath,
      path.join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--project=e2e',
      '--reporter=line',
      `--output=${path.join(root, 'test-results/alone')}`,
      '--grep=two clicks after the first start|plays on once it is mended, in Flowplayer',
      'preview.test.ts',
      'preview-refusals.test.ts',
    ],
    { cwd: root, env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: '' } },
  );
  const { stdout } = await run;
  expect(stdout).toContain('2 passed');
});
