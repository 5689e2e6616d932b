import path from 'node:path';
import { fileText } from '../../shared/carrier/file-text.ts';
import type { IncomingPaste } from '../../shared/contract/paste.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readSmallFile } from '../store/read-file.ts';
import type { CommandLine } from './command-line.ts';
import { parseDeepLink } from './deep-link.ts';

/** A HAR of a whole playback session is the largest thing people open. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_WAITING = 10;

/** Text from outside waits here until the window takes it; the window alone decides what to do with it. */
export interface Incoming {
  /** all that waits, oldest first */
  take(): readonly IncomingPaste[];
  addDeepLink(address: string): void;
  addFile(file: string): Promise<void>;
  addCommandLine(commandLine: CommandLine): void;
}

export interface IncomingPorts {
  /** tells the window that something waits */
  arrived(): void;
  /** tells the person why a file could not be opened */
  failed(fileName: string, error: AppError): void;
}

export function createIncoming({ arrived, failed }: IncomingPorts): Incoming {
  let waiting: IncomingPaste[] = [];
  const add = (paste: IncomingPaste) => {
    waiting = [...waiting, paste].slice(-MAX_WAITING);
    arrived();
  };
  const incoming: Incoming = {
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    addDeepLink: (address) => {
      const text = parseDeepLink(address);
      if (text !== undefined) add({ text, origin: 'deep-link' });
    },
    addFile: async (file) => {
      const paste = await openPasteFile(file);
      if (paste.ok) add(paste.value);
      else failed(path.basename(file), paste.error);
    },
    addCommandLine: ({ deepLinks, files }) => {
      for (const address of deepLinks) incoming.addDeepLink(address);
      for (const file of files.slice(0, MAX_WAITING)) void incoming.addFile(file);
    },
  };
  return incoming;
}

export async function openPasteFile(file: string): Promise<Result<IncomingPaste, AppError>> {
  const content = await readSmallFile(file, MAX_FILE_BYTES);
  if (!content.ok) return content;
  const text = fileText(content.value);
  return text === undefined
    ? err(createError('ERR_FILE_NOT_TEXT'))
    : ok({ text, origin: 'file', fileName: path.basename(file) });
}
