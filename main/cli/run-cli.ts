import { parseArgs } from 'node:util';
import { version } from '../../package.json' with { type: 'json' };
import type { Json } from '../../shared/json.ts';
import type { Call, Command, Output } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { diffCommand } from './commands/diff.ts';
import { inspectCommand } from './commands/inspect.ts';
import { issueCommand } from './commands/issue.ts';
import { verifyCommand } from './commands/verify.ts';
import { CliError, EXIT, type ExitStatus } from './exit.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  inspect: inspectCommand,
  verify: verifyCommand,
  check: checkCommand,
  issue: issueCommand,
  diff: diffCommand,
};

/** Runs one call of the command line and gives its exit status. Nothing is thrown for what a caller can get wrong. */
export async function runCli(args: readonly string[]): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(helpText());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === '--version') {
    process.stdout.write(`catwalk ${version}\n`);
    return EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    return complain(EXIT.usage, `There is no command “${name}”. ${Object.keys(COMMANDS).join(', ')} are there.`);
  try {
    const call = parseCall(command, rest);
    if (call === 'help') {
      process.stdout.write(`${command.usage}\n${command.does}\n`);
      return EXIT.ok;
    }
    return await command.run(call, createOutput(call.json));
  } catch (error) {
    if (error instanceof CliError) return complain(error.status, error.message);
    throw error;
  }
}

function parseCall(command: Command, args: readonly string[]): Call | 'help' {
  const { values, positionals } = parseOrComplain(command, args);
  if (values['help'] === true) return 'help';
  const given: Readonly<Record<string, unknown>> = values;
  const texts = (name: string): readonly string[] => {
    const value = given[name];
    return (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(
      (item) => typeof item === 'string',
    );
  };
  return {
    positionals,
    json: values['json'] === true,
    one: (name) => texts(name).at(-1),
    all: texts,
    choice: (name) => (typeof given[name] === 'boolean' ? given[name] : undefined),
  };
}

function parseOrComplain(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: joinDashValues(command, args),
      options: { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
      allowNegative: true,
    });
  } catch (error) {
    throw new CliError(
      EXIT.usage,
      `${error instanceof Error ? error.message : String(error)}\nUsage: ${command.usage}`,
    );
  }
}

/** `--lon -18.06` and `--alt -3` hold numbers: `parseArgs` takes a value that starts with a dash only after `=`. */
function joinDashValues(command: Command, args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const wantsValue = last?.startsWith('--') === true && command.options[last.slice(2)]?.type === 'string';
    if (wantsValue && /^-[\d.]/.test(arg)) joined.splice(-1, 1, `${last}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

const createOutput = (json: boolean): Output => ({
  json: (document: Json) => process.stdout.write(`${JSON.stringify(document, null, 2)}\n`),
  text: (text) => (json ? process.stderr : process.stdout).write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
});

function complain(status: ExitStatus, message: string): ExitStatus {
  process.stderr.write(`catwalk: ${message}\n`);
  return status;
}

const helpText = (): string =>
  [
    'Catwalk reads, judges and issues media access tokens.',
    '',
    ...Object.values(COMMANDS).map((command) => `  ${command.usage}\n      ${command.does}`),
    '',
    'TOKEN is anything that carries one: a token, URL, header, curl or HAR; “-” or nothing reads standard input.',
    'A key is file:PATH, env:NAME, stdin or keychain:NAME, never the secret itself.',
    '',
  ].join('\n');
