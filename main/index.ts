import path from 'node:path';
import { app, BrowserWindow } from 'electron';

const started = performance.now();
void app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => {
    window.show();
    if (!process.argv.includes('--check')) return;
    console.log(`window ready in ${Math.round(performance.now() - started)} ms`);
    app.quit();
  });
  await window.loadFile(path.join(import.meta.dirname, '../renderer/index.html'));
});
