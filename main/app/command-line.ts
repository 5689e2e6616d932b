import path from 'node:path';

/** What a start of the app was asked to do, by a terminal, a file manager or a browser. */
export interface CommandLine {
  /** leave when the first window is ready, and print how long that took */
  readonly check: boolean;
  readonly deepLinks: readonly string[];
  /** absolute paths */
  readonly files: readonly string[];
}

/** `argv` as the process got it; `appPath` is the folder of the app when it runs from sources. */
export function parseCommandLine(argv: readonly string[], cwd: string, appPath?: string): CommandLine {
  const afterApp = appPath === undefined ? 1 : argv.findIndex((arg) => path.resolve(cwd, arg) === appPath) + 1;
  const args = afterApp === 0 ? [] : argv.slice(afterApp);
  const plain = args.filter((arg) => !arg.startsWith('-'));
  const isLink = (arg: string) => /^catwalk:/i.test(arg);
  return {
    check: args.includes('--check'),
    deepLinks: plain.filter(isLink),
    files: plain
      .filter((arg) => !isLink(arg) && !/^[a-z][a-z0-9+.-]+:\/\//i.test(arg))
      .map((arg) => path.resolve(cwd, arg)),
  };
}
