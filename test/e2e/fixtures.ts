import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test';
import { SETTINGS_VERSION } from '../../main/app/settings.ts';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const WINDOW = { width: 1360, height: 860 }; // the size of the mocks, so that screenshots can be laid beside them
const CLOSE_MILLIS = 15_000;

interface LaunchOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** where another dist/ lies */
  readonly folder?: string;
}
interface Fixtures {
  /** A packaged application; empty for the one in dist/. */
  executable: string;
  /** Folder of settings and data; a test that launches twice finds there what the first run left. */
  profile: string;
  /** Starts the application on `profile`; whatever still runs at the end of the test is closed. */
  launch: (options?: LaunchOptions) => Promise<ElectronApplication>;
  /** The application, started once. */
  app: ElectronApplication;
  /** Its first window, at the size of the mocks. */
  page: Page;
  /** A first start, as it meets a person; else the profile is of somebody who has looked at a token before. */
  isFirstRun: boolean;
  /** Error messages that this test provokes on purpose. Every other one fails it. */
  expectedErrors: readonly RegExp[];
}

export const test = base.extend<Fixtures>({
  executable: ['', { option: true }],
  expectedErrors: [[], { option: true }],
  isFirstRun: [false, { option: true }],

  profile: async ({ isFirstRun }, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-profile-'));
    if (!isFirstRun) writeSettings(folder);
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  launch: async ({ executable, profile, expectedErrors }, use, info) => {
    const running = new Set<ElectronApplication>();
    // filming every frame costs more than most tests; what failed once is worth it
    const isTraced = info.retry > 0 || !!process.env['E2E_TRACE'];
    const errors: string[] = [];
    await use(async ({ args = [], env = {}, folder = root } = {}) => {
      const app = await electron.launch({
        ...(executable ? { executablePath: executable } : {}),
        args: [...(executable ? [] : ['.']), `--user-data-dir=${profile}`, ...args],
        cwd: folder,
        env: { ...(process.env as Record<string, string>), ...env },
        // Chromium's sandbox cannot work as root; everyone else tests with it
        chromiumSandbox: process.getuid?.() !== 0,
      });
      running.add(app);
      waitForExit(app);
      app.once('close', () => running.delete(app));
      await watch(app, errors);
      if (isTraced) await app.context().tracing.start({ screenshots: true, snapshots: true });
      return app;
    });

    const failed = info.status !== info.expectedStatus;
    for (const [index, app] of [...running].entries()) {
      for (const [number, window] of app.windows().entries()) {
        errors.push(...(await said(window)));
        if (failed) await window.screenshot({ path: info.outputPath(`window-${index}-${number}.png`) }).catch(() => {});
      }
      const trace = info.outputPath(`trace-${index}.zip`);
      if (isTraced) await app.context().tracing.stop({ path: trace });
      if (!(await close(app))) errors.push('the application was told to close and did not');
    }
    const unexpected = [...new Set(errors)].filter((text) => !expectedErrors.some((known) => known.test(text)));
    expect(unexpected, 'errors on the console, uncaught errors and violations of the content security policy').toEqual(
      [],
    );
  },

  app: async ({ launch }, use) => {
    await use(await launch());
  },

  page: async ({ app }, use) => {
    const page = await app.firstWindow();
    await resize(app, page);
    await use(page);
  },
});

function writeSettings(profile: string): void {
  const data = { ...DEFAULT_SETTINGS, offline: false, firstRunDone: true };
  fs.writeFileSync(path.join(profile, 'settings.json'), JSON.stringify({ version: SETTINGS_VERSION, data }));
}

/** A second launch in one test has a first window of its own; this gives it the size of the mocks as well. */
export async function resize(app: ElectronApplication, page: Page): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate((browserWindow, { width, height }) => browserWindow.setContentSize(width, height), WINDOW);
}

/** Playwright's `close` is done when the connection is gone; the process may still be writing what it has to keep. */
function waitForExit(app: ElectronApplication): void {
  const exited = new Promise<void>((resolve) => app.process().once('exit', () => resolve()));
  const close = app.close.bind(app);
  app.close = async () => {
    await close();
    await exited;
  };
}

/** Whether the application closed by itself; one that hangs fails its test and does not hold up the others. */
async function close(app: ElectronApplication): Promise<boolean> {
  const hangs = new Promise<false>((resolve) => setTimeout(resolve, CLOSE_MILLIS, false).unref());
  const closed = await Promise.race([app.close().then(() => true), hangs]);
  if (!closed) app.process().kill('SIGKILL');
  return closed;
}

/** Collects what goes wrong in any window, from the first moment and also in windows that are closed before the end. */
async function watch(app: ElectronApplication, errors: string[]): Promise<void> {
  const context = app.context();
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('weberror', (error) => errors.push(error.error().message));
  const reportViolations = () =>
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`content security policy: ${event.violatedDirective} refused ${event.blockedURI}`),
    );
  await context.addInitScript(reportViolations);
  for (const window of app.windows()) await window.evaluate(reportViolations);
}

/** What a window said before anybody listened. */
async function said(window: Page): Promise<string[]> {
  const messages = (await window.consoleMessages()).filter((message) => message.type() === 'error');
  return [...messages.map((message) => message.text()), ...(await window.pageErrors()).map((error) => error.message)];
}

export { expect };
