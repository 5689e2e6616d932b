import type { ParseArgsOptionsConfig } from 'node:util';
import type { Json } from '../../shared/json.ts';
import type { ExitStatus } from './exit.ts';

/** A command of the command line: what it is called with and what it does. */
export interface Command {
  readonly usage: string;
  readonly does: string;
  /** its options besides `--json` and `--help`, as `node:util` takes them */
  readonly options: ParseArgsOptionsConfig;
  /** Throws a `CliError` for anything that ends it early. */
  run(call: Call, output: Output): ExitStatus | Promise<ExitStatus>;
}

export interface Call {
  readonly positionals: readonly string[];
  readonly json: boolean;
  /** an option that may be given once */
  one(name: string): string | undefined;
  /** an option that may be repeated */
  all(name: string): readonly string[];
  /** a switch that was put on, put off with `--no-…`, or not mentioned */
  choice(name: string): boolean | undefined;
}

/** Where a command writes: results to standard output, everything for people to standard error when `--json` is on. */
export interface Output {
  json(document: Json): void;
  text(text: string): void;
  note(text: string): void;
}
