import { vi } from 'vitest';
import { runCli } from '../../../main/cli/run-cli.ts';

export interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly json: unknown;
}

/** One call of the command line in this process, with what it wrote. */
export async function run(...args: readonly string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  try {
    const status = await runCli(args);
    const text = out.join('');
    return {
      status,
      out: text,
      err: err.join(''),
      json: args.includes('--json') && text !== '' ? JSON.parse(text) : undefined,
    };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
