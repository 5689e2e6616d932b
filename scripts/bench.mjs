// `npm run bench`: builds test/bench with Vite, so that what is timed is what ships, and runs it with plain Node; the window's
// part opens the built application. `npm run bench -- window` measures that part alone and writes nothing down.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const outDir = path.join(root, 'dist/bench');
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['@eyevinn/cat', '@playwright/test', 'keytar'] },
  build: { ssr: path.join(root, 'test/bench/run.ts'), outDir, emptyOutDir: true, target: 'node20.18', minify: false },
});
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const program = [path.join(outDir, 'run.js'), ...process.argv.slice(2)];
const display = process.platform === 'linux' ? [path.join(root, 'scripts/headless.mjs'), process.execPath] : [];
process.exitCode =
  run(path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn') || run(...display, ...program);
