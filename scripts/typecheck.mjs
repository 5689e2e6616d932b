// One run of TypeScript a floor: each floor may see only its own globals, which is what keeps the engine pure.
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const tsc = path.join(root, 'node_modules/typescript-7/bin/tsc');
const floors = ['shared', 'main', 'renderer', 'test', 'scripts', '.'];

/** The compiler is native and uses every core itself, so the floors run one after the other. */
let failed = false;
for (const floor of floors) {
  const child = spawn(process.execPath, [tsc, '--project', floor, '--pretty', 'false'], {
    cwd: root,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) {
    console.error(`type check of ${floor === '.' ? 'the configuration files' : `${floor}/`} failed`);
    failed = true;
  }
}
process.exitCode = failed ? 1 : 0;
