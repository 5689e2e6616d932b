import type { AppError } from '../errors.ts';
import type { Result } from '../result.ts';
import { appCommands } from './app.ts';
import { batchCommands, batchEvents } from './batch.ts';
import { clipboardCommands } from './clipboard.ts';
import type { Command } from './command.ts';
import { egressCommands, egressEvents } from './egress.ts';
import { historyCommands, historyEvents } from './history.ts';
import { issueCommands, issueEvents } from './issue.ts';
import { keptCommands } from './kept.ts';
import { keysCommands, keysEvents } from './keys.ts';
import { linksCommands } from './links.ts';
import { menuEvents } from './menu.ts';
import type { CommandName, EventName } from './names.ts';
import { ovpCommands, ovpEvents } from './ovp.ts';
import { pasteCommands, pasteEvents } from './paste.ts';
import { previewCommands, previewEvents } from './preview.ts';
import { previewExportCommands } from './preview-export.ts';
import { previewWalkCommands } from './preview-walk.ts';
import { previewWhyCommands, previewWhyEvents } from './preview-why.ts';
import { sampleCommands } from './sample.ts';
import { secretsCommands, secretsEvents } from './secrets.ts';
import { settingsCommands, settingsEvents } from './settings.ts';
import { templatesCommands } from './templates.ts';
import { windowCommands, windowEvents } from './window.ts';
import type { z } from './zod.ts';

/**
 * Every command and event between window and main, with its schemas: the only way through the wall. To add one: its name in
 * `names.ts`, its schemas in the file of its group, its handler in main. The compiler asks for the other two.
 */
export const COMMANDS = {
  ...appCommands,
  ...batchCommands,
  ...clipboardCommands,
  ...egressCommands,
  ...historyCommands,
  ...issueCommands,
  ...keptCommands,
  ...keysCommands,
  ...linksCommands,
  ...ovpCommands,
  ...pasteCommands,
  ...previewCommands,
  ...previewExportCommands,
  ...previewWalkCommands,
  ...previewWhyCommands,
  ...sampleCommands,
  ...secretsCommands,
  ...settingsCommands,
  ...templatesCommands,
  ...windowCommands,
} satisfies Readonly<Record<CommandName, Command<z.ZodType, z.ZodType>>>;

export const EVENTS = {
  ...batchEvents,
  ...egressEvents,
  ...historyEvents,
  ...issueEvents,
  ...keysEvents,
  ...menuEvents,
  ...ovpEvents,
  ...pasteEvents,
  ...previewEvents,
  ...previewWhyEvents,
  ...secretsEvents,
  ...settingsEvents,
  ...windowEvents,
} satisfies Readonly<Record<EventName, z.ZodType>>;

/** what the window sends */
export type CommandInput<Name extends CommandName> = z.input<(typeof COMMANDS)[Name]['input']>;
/** what a handler gets: parsed */
export type ParsedInput<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]['input']>;
/** what a handler gives; it is parsed again before it leaves main, which drops everything the schema does not name */
export type HandlerOutput<Name extends CommandName> = z.input<(typeof COMMANDS)[Name]['output']>;
/** what the window gets */
export type CommandOutput<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]['output']>;
export type EventPayload<Name extends EventName> = z.output<(typeof EVENTS)[Name]>;
/** the envelope of every answer; a command never rejects */
export type Answer<Name extends CommandName> = Promise<Result<CommandOutput<Name>, AppError>>;
