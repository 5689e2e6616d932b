import fs from 'node:fs';
import path from 'node:path';

/** electron-builder leaves the default application of a runtime that was handed to it; with it a package could run anything. */
export default function afterPack({ appOutDir }) {
  fs.rmSync(path.join(appOutDir, 'resources/default_app.asar'), { force: true });
}
