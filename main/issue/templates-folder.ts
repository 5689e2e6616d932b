import fs from 'node:fs/promises';
import path from 'node:path';
import type { OwnTemplate, TemplateList } from '../../shared/contract/templates.ts';
import { templateSchema } from '../../shared/contract/templates.ts';
import { type AppError, createError, type ErrorProblem } from '../../shared/errors.ts';
import { checkTemplate } from '../../shared/issue/fill-template.ts';
import type { Template } from '../../shared/issue/template.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isErrno, writeAtomically } from '../store/json-file.ts';
import { readTextFile } from '../store/read-file.ts';

/** Templates of one's own: a folder of plain JSON files that anybody may edit, so each is read with care every time. */
export interface TemplatesFolder {
  list(): Promise<Result<TemplateList, AppError>>;
  save(template: Template, id?: string): Promise<Result<OwnTemplate, AppError>>;
  delete(id: string): Promise<Result<TemplateList, AppError>>;
  /** a path for the system's file manager, which exists */
  place(id?: string): Promise<Result<string, AppError>>;
}

const MAX_BYTES = 256 * 1024;
const MOST_FILES = 500;

export function createTemplatesFolder(folder: string): TemplatesFolder {
  const fileOf = (id: string) => path.join(folder, `${id}.json`);

  async function list(): Promise<Result<TemplateList, AppError>> {
    const templates: OwnTemplate[] = [];
    const broken: { fileName: string; message: string }[] = [];
    const names = await fileNames(folder);
    if (!names.ok) return names;
    for (const fileName of names.value) {
      const read = await readTemplate(path.join(folder, fileName));
      const id = fileName.slice(0, -'.json'.length);
      if (!read.ok) broken.push({ fileName, message: sayProblems(read.error) });
      else if (!ID.test(id))
        broken.push({ fileName, message: 'Its name may have small letters, digits and “-” only.' });
      else templates.push({ id, fileName, template: read.value });
    }
    return ok({ folder, templates, broken });
  }

  return {
    list,
    save: async (template, id) => {
      const wrong = checkTemplate(template);
      if (wrong.length > 0)
        return err(
          createError('ERR_TEMPLATE_UNUSABLE', {
            problems: wrong.map(({ path = [], message }) => ({ path, message })),
          }),
        );
      const chosen = id ?? slug(template.title);
      // a new one never takes the place of a file, not even of one that cannot be read
      if (id === undefined && (await exists(fileOf(chosen)))) return err(createError('ERR_TEMPLATE_EXISTS'));
      try {
        await writeAtomically(fileOf(chosen), `${JSON.stringify(template, null, 2)}\n`);
      } catch {
        return err(createError('ERR_STORE_WRITE'));
      }
      const read = await readTemplate(fileOf(chosen));
      return read.ok ? ok({ id: chosen, fileName: `${chosen}.json`, template: read.value }) : read;
    },
    delete: async (id) => {
      try {
        await fs.unlink(fileOf(id));
      } catch (cause) {
        return err(createError(isErrno(cause, 'ENOENT') ? 'ERR_TEMPLATE_NOT_FOUND' : 'ERR_FILE_PERMISSION'));
      }
      return list();
    },
    place: async (id) => {
      if (id !== undefined)
        return (await exists(fileOf(id))) ? ok(fileOf(id)) : err(createError('ERR_TEMPLATE_NOT_FOUND'));
      try {
        await fs.mkdir(folder, { recursive: true, mode: 0o700 });
        return ok(folder);
      } catch {
        return err(createError('ERR_STORE_WRITE'));
      }
    },
  };
}

const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** A title as a file's name. */
const slug = (title: string): string =>
  title
    .normalize('NFKD')
    // accents, which now stand behind their letters
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'template';

async function fileNames(folder: string): Promise<Result<readonly string[], AppError>> {
  try {
    const names = await fs.readdir(folder);
    return ok(
      names
        .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
        .sort()
        .slice(0, MOST_FILES),
    );
  } catch (cause) {
    return isErrno(cause, 'ENOENT') ? ok([]) : err(createError('ERR_FILE_PERMISSION'));
  }
}

/** A template of a file; the error says where it is wrong. */
export async function readTemplate(file: string): Promise<Result<Template, AppError>> {
  const text = await readTextFile(file, MAX_BYTES);
  if (!text.ok) return text;
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'It is not JSON';
    return err(createError('ERR_TEMPLATE_UNUSABLE', { message: 'It is not JSON.', problems: [{ path: [], message }] }));
  }
  const parsed = templateSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue): ErrorProblem => ({
        path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
        message: issue.message,
      }),
    );
    return err(createError('ERR_TEMPLATE_UNUSABLE', { problems }));
  }
  const wrong = checkTemplate(parsed.data);
  return wrong.length === 0
    ? ok(parsed.data)
    : err(
        createError('ERR_TEMPLATE_UNUSABLE', { problems: wrong.map(({ path = [], message }) => ({ path, message })) }),
      );
}

const sayProblems = ({ message, problems = [] }: AppError): string =>
  problems.length === 0
    ? message
    : problems
        .slice(0, 5)
        .map((one) => [one.path.join('.'), one.message].filter((part) => part !== '').join(': '))
        .join('; ');

async function exists(file: string): Promise<boolean> {
  try {
    await fs.access(file);
    return true;
  } catch {
    return false;
  }
}
