import { readFileSync } from 'node:fs';
import { CliError, EXIT } from './exit.ts';
import { isNodeError } from './is-node-error.ts';

/** Standard input is read once: a token and a key cannot both come from it. */
let stdinTaken: string | undefined;

export function readStdin(purpose: string): Buffer {
  if (stdinTaken !== undefined)
    throw new CliError(
      EXIT.usage,
      `Standard input is already the ${stdinTaken}; the ${purpose} must come another way.`,
    );
  stdinTaken = purpose;
  return readFileSync(0);
}

/** The text a token is looked for in: the argument, or standard input where it is `-` or left out. */
export const readTokenText = (argument: string | undefined): string =>
  argument === undefined || argument === '-' ? readStdin('token').toString('utf8') : argument;

export function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isNodeError(error) && error.code === 'ENOENT') throw new CliError(EXIT.notFound, `There is no file “${path}”.`);
    throw new CliError(EXIT.notFound, `“${path}” cannot be read${isNodeError(error) ? ` (${error.code})` : ''}.`);
  }
}
