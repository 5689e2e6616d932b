import path from 'node:path';
import { app, dialog } from 'electron';
import { parseCommandLine } from './app/command-line.ts';
import { type Running, start } from './app/start.ts';
import { createLog } from './log.ts';
import { isUnwantedDebugging, openInspector } from './security/debugging.ts';
import { lockDown } from './security/lock-down.ts';
import { createTrustedOrigin } from './security/origin.ts';

// before anything is written: files of this app are for their owner alone
process.umask(0o077);

const dist = path.dirname(import.meta.dirname);
const profile = app.getPath('userData');
const devServer = app.isPackaged ? undefined : process.env['DEV_SERVER_URL'];
const commandLine = readCommandLine(process.argv, process.cwd());
const log = createLog({
  file: path.join(profile, 'logs', 'catwalk.log'),
  ...(app.isPackaged ? {} : { echo: (line) => process.stderr.write(line) }),
  places: [
    [profile, '<profile>'],
    [path.dirname(dist), '<app>'],
    [app.getPath('home'), '~'],
  ],
});
process.on('unhandledRejection', (cause) => log.error('main', 'a promise failed and nobody looked', cause));
process.on('uncaughtException', (cause) => {
  const id = log.error('main', 'a fault', cause);
  dialog.showErrorBox('Catwalk has to close', `A fault of its own stopped it. The log has the cause under ${id}.`);
  app.exit(1);
});

const lock = {
  origin: createTrustedOrigin(devServer || undefined),
  devTools: !app.isPackaged,
  refused: (what: string, url: string) => log.warn('security', `refused ${what} ${url.slice(0, 200)}`),
};

if (
  isUnwantedDebugging({
    packaged: app.isPackaged,
    hasSwitch: (name) => app.commandLine.hasSwitch(name),
    inspectorUrl: openInspector(),
  })
) {
  process.stderr.write('Catwalk holds keys, so an installed one does not start with a remote debugging port.\n');
  app.exit(1);
} else {
  lockDown(lock);
  if (app.requestSingleInstanceLock()) boot();
  // nothing was begun that would have to be finished, and nothing may hold this process up: the first one took the message
  else app.exit(0);
}

function boot(): void {
  const running: Promise<Running> = app.whenReady().then(() => start({ commandLine, lock, log, dist }));
  const withRunning = (work: (app: Running) => void) => void running.then(work, () => undefined);
  running.catch((cause: unknown) => {
    const id = log.error('main', 'the start failed', cause);
    if (!commandLine.check) dialog.showErrorBox('Catwalk cannot start', `The log has the cause under ${id}.`);
    app.exit(1);
  });

  app.on('second-instance', (_event, argv, cwd) => withRunning((app) => app.open(readCommandLine(argv, cwd))));
  // macOS hands links and files over as events, also before the app is ready
  app.on('open-url', (event, url) => {
    event.preventDefault();
    withRunning((app) => app.open({ check: false, deepLinks: [url], files: [] }));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    withRunning((app) => app.open({ check: false, deepLinks: [], files: [file] }));
  });
  app.on('activate', () => withRunning((app) => app.activate()));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let finished = false;
  app.on('will-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    void running
      .then((app) => app.finish())
      .catch(() => undefined)
      .finally(() => {
        finished = true;
        // not in this turn: as long as Electron is inside this event, it takes another quit for the same one
        setImmediate(() => app.quit());
      });
  });
}

function readCommandLine(argv: readonly string[], cwd: string) {
  return parseCommandLine(argv, cwd, app.isPackaged ? undefined : app.getAppPath());
}
