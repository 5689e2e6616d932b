import type { Command } from '../../shared/contract/command.ts';
import { COMMANDS, type HandlerOutput, type ParsedInput } from '../../shared/contract/contract.ts';
import { type CommandName, channelOf } from '../../shared/contract/names.ts';
import type { z } from '../../shared/contract/zod.ts';
import { type AppError, createError, type ErrorCode } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Log } from '../log.ts';
import { measure } from './measure.ts';
import type { SenderEvent } from './sender.ts';

type Outcome<T> = Result<T, AppError>;

/** What main does for each command. Input arrives parsed; the answer is parsed again before it leaves. */
export type Handlers = {
  readonly [Name in CommandName]: (
    input: ParsedInput<Name>,
  ) => Outcome<HandlerOutput<Name>> | Promise<Outcome<HandlerOutput<Name>>>;
};

/** The part of `ipcMain` that is used; nobody else in main uses any of it. */
export interface CommandPipe {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => unknown): void;
}

export interface CommandGuard {
  isTrusted(event: SenderEvent): boolean;
  /** whether one more call of this command is not too often */
  admit(name: CommandName): boolean;
  readonly log: Log;
}

/** Opens the way for every command of the contract. What comes back is always a `Result`: nothing is thrown across. */
export function registerCommands(pipe: CommandPipe, handlers: Handlers, guard: CommandGuard): void {
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const command: Command<z.ZodType, z.ZodType> = COMMANDS[name];
    // the table pairs each handler with its own schemas, which the loop over names cannot express
    const handler = handlers[name] as (input: unknown) => unknown;
    pipe.handle(channelOf(name), (event, ...args) => answer(name, command, handler, guard, event, args));
  }
}

async function answer(
  name: CommandName,
  command: Command<z.ZodType, z.ZodType>,
  handler: (input: unknown) => unknown,
  guard: CommandGuard,
  event: SenderEvent,
  args: readonly unknown[],
): Promise<Outcome<unknown>> {
  const refuse = (code: ErrorCode, why: string, cause?: unknown): Outcome<never> =>
    err(createError(code, { logId: guard.log.error('ipc', `${name}: ${why}`, cause) }));

  if (!guard.isTrusted(event)) return refuse('ERR_IPC_SENDER', 'not from the app’s own page');
  if (!guard.admit(name)) return refuse('ERR_IPC_RATE', 'too often');
  if (args.length > 1) return refuse('ERR_IPC_INPUT', `${args.length} arguments`);
  if (measure(args[0], command.maxBytes) > command.maxBytes) return refuse('ERR_IPC_TOO_LARGE', 'too large');

  try {
    const input = command.input.safeParse(args[0]);
    if (!input.success) return refuse('ERR_IPC_INPUT', describeIssues(input.error));
    const outcome = (await handler(input.data)) as Outcome<unknown>;
    if (!outcome.ok) return err(outcome.error);
    const output = command.output.safeParse(outcome.value);
    if (!output.success) return refuse('ERR_INTERNAL', `its answer: ${describeIssues(output.error)}`);
    return { ok: true, value: output.data };
  } catch (cause) {
    return refuse('ERR_INTERNAL', 'threw', cause);
  }
}

/** Places and kinds of what is wrong, never the values: an input may be a secret. */
function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join('.') || 'input'} ${issue.code}`)
    .join(', ');
}
