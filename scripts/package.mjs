// `npm run package [-- target...]`: builds, then packages for this platform into release/.
//   npm run package                  the unpacked folder, and a tar.gz on Linux
//   node scripts/package.mjs dir     the unpacked folder only, of what dist/ holds
//   npm run package -- --without-flowplayer
//                                    leaves out Flowplayer's player, which is under a commercial licence; hls.js then plays
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { path7za } from '7zip-bin';

const root = path.resolve(import.meta.dirname, '..');
const WITHOUT_FLOWPLAYER = '--without-flowplayer';
const targets = process.argv.slice(2).filter((argument) => argument !== WITHOUT_FLOWPLAYER);
if (process.argv.includes(WITHOUT_FLOWPLAYER))
  execFileSync(process.execPath, [path.join(root, 'scripts/remove-flowplayer.mjs'), path.join(root, 'dist')]);
const runtime = path.join(root, 'node_modules/electron/dist');
const version = fs.readFileSync(path.join(runtime, 'version'), 'utf8').trim().replace(/^v/, '');
const platform = { linux: '--linux', darwin: '--mac', win32: '--windows' }[process.platform];

fs.chmodSync(path7za, 0o755); // the package forgets it
const result = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/electron-builder/cli.js'),
    platform,
    ...targets,
    '--publish=never',
    '--config=electron-builder.yml',
    `-c.electronDist=${fs.realpathSync(runtime)}`,
    `-c.electronVersion=${version}`,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    // electron-builder would download 7-Zip; here it comes with the packages. Level 5 is four times as fast as its own choice.
    env: { ELECTRON_BUILDER_COMPRESSION_LEVEL: '5', ELECTRON_BUILDER_7ZIP_PATH: path7za, ...process.env },
  },
);
process.exitCode = result.status ?? 1;
