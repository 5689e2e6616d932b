// Stand-in for Electron's bundled default app: `electron [-r module]... <dir|file> [args]`.
// An ES module on purpose: Electron holds back 'ready' until the entry module has been evaluated,
// so the top-level await below gives the app the same guarantee it has when packaged.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const modules = [];
let target;
const argv = process.argv.slice(1);
for (let i = 0; i < argv.length; i++) {
  const arg = argv[i];
  if (arg === '-r' || arg === '--require') modules.push(argv[++i]);
  else if (arg.startsWith('--require=')) modules.push(arg.slice('--require='.length));
  else if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (arg === '-a' || arg === '--abi') {
    console.log(process.versions.modules);
    process.exit(0);
  } else if (!arg.startsWith('-')) {
    target = arg;
    break;
  }
}

const requireFromCwd = createRequire(path.join(process.cwd(), '_'));

function fail(message) {
  console.error(message);
  process.exit(1);
}

async function start() {
  if (!target) fail('usage: electron [-r module] <app folder or script>');
  process.defaultApp = true;
  const full = path.resolve(target);
  let entry = full;
  if (fs.statSync(full).isDirectory()) {
    const pkg = JSON.parse(fs.readFileSync(path.join(full, 'package.json'), 'utf8'));
    app.setName(pkg.productName || pkg.name || app.name);
    if (pkg.version) app.setVersion?.(pkg.version);
    app.setDesktopName?.(pkg.desktopName || `${pkg.name}.desktop`);
    app.setAppPath(full);
    entry = path.resolve(full, pkg.main || 'index.js');
  } else {
    app.setAppPath(path.dirname(full));
  }
  await import(pathToFileURL(requireFromCwd.resolve(entry)).href);
}

for (const m of modules) requireFromCwd(m);
try {
  await start();
} catch (e) {
  fail(`Cannot start ${target}: ${e?.stack ?? e}`);
}
