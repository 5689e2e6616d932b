import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { writeAtomically } from '../store/json-file.ts';

interface FileToSave {
  readonly title: string;
  readonly fileName: string;
  /** or what it is under the name that was chosen */
  readonly content: string | ((fileName: string) => string);
  readonly filters?: Electron.FileFilter[];
}

/** Asks where to put a file and writes it; `null`: nobody wanted to. */
export async function saveFile(
  window: BrowserWindow | undefined,
  { title, fileName, content, filters }: FileToSave,
): Promise<Result<{ readonly fileName: string } | null, AppError>> {
  const options: Electron.SaveDialogOptions = {
    title,
    message: title,
    defaultPath: fileName,
    ...(filters !== undefined && { filters }),
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return ok(null);
  try {
    const chosen = path.basename(filePath);
    await writeAtomically(filePath, typeof content === 'string' ? content : content(chosen));
    return ok({ fileName: chosen });
  } catch {
    return err(createError('ERR_FILE_PERMISSION'));
  }
}

/** Asks for a file to open; `undefined`: nobody wanted to. */
export const chooseFile = (
  window: BrowserWindow | undefined,
  title: string,
  filters: Electron.FileFilter[],
): Promise<string | undefined> => choose(window, { title, filters, properties: ['openFile', 'dontAddToRecent'] });

/** Asks for a folder. */
export const chooseFolder = (window: BrowserWindow | undefined, title: string): Promise<string | undefined> =>
  choose(window, { title, properties: ['openDirectory', 'dontAddToRecent'] });

async function choose(
  window: BrowserWindow | undefined,
  options: Electron.OpenDialogOptions,
): Promise<string | undefined> {
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? undefined : filePaths[0];
}
