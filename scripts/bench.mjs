// `npm run bench`: builds test/bench with Vite, so that what is timed is what ships, and runs it with plain Node.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const outDir = path.join(root, 'dist/bench');
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['@eyevinn/cat', 'keytar'] },
  build: { ssr: path.join(root, 'test/bench/run.ts'), outDir, emptyOutDir: true, target: 'node20.18', minify: false },
});
const { status } = spawnSync(process.execPath, [path.join(outDir, 'run.js')], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
