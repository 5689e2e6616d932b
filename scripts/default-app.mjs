// @ts-nocheck: Electron's own default app uses parts of Electron that have no types, and so does this one.
// Stands in for the default app of the fall-back runtime: `electron [-r module]... <folder|file> [argument...]`.
// An ES module on purpose: Electron holds `ready` back until the entry module has been evaluated, so the await at top level
// gives the application the same guarantee as when it is packaged (schemes are registered before `ready`).
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const required = [];
let target;
for (const args = process.argv.slice(1); args.length > 0 && !target; ) {
  const arg = args.shift();
  if (arg === '-r' || arg === '--require') required.push(args.shift());
  else if (arg.startsWith('--require=')) required.push(arg.slice('--require='.length));
  else if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (!arg.startsWith('-')) target = path.resolve(arg);
}

try {
  const require = createRequire(path.join(process.cwd(), '_'));
  for (const name of required) require(name);
  if (!target) throw new Error('usage: electron [-r module]... <folder|file> [argument...]');
  process.defaultApp = true;
  let entry = target;
  let folder = path.dirname(target);
  if (fs.statSync(target).isDirectory()) {
    const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
    folder = target;
    entry = path.resolve(target, manifest.main ?? 'index.js');
    app.setName(manifest.productName ?? manifest.name ?? app.name);
    if (manifest.version) app.setVersion(manifest.version);
    app.setDesktopName?.(manifest.desktopName ?? `${manifest.name}.desktop`);
  }
  app.setAppPath(folder);
  await import(pathToFileURL(require.resolve(entry)).href);
} catch (error) {
  console.error(`Cannot start ${target ?? 'Electron'}: ${error?.stack ?? error}`);
  process.exit(1);
}
