// `node scripts/remove-flowplayer.mjs DIST`: takes Flowplayer's player, which is under a commercial licence, out of a build. The
// build keeps all of it in files of their own, by their name; the page then says that it has none, and plays with hls.js.
import fs from 'node:fs';
import path from 'node:path';

const assets = path.join(process.argv[2] ?? 'dist', 'player/assets');
const names = fs.readdirSync(assets).filter((name) => name.startsWith('flowplayer-'));
if (names.length === 0) throw new Error('the build has no files of Flowplayer: build it first');
for (const name of names) fs.rmSync(path.join(assets, name));
