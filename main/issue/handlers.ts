import type { AppError } from '../../shared/errors.ts';
import { writeIssueLog } from '../../shared/issue/write-issue-log.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register.ts';
import type { IssueLog } from './issue-log.ts';
import type { Issuing } from './issuing.ts';
import type { TemplatesFolder } from './templates-folder.ts';

export interface IssueHandlersOptions {
  readonly issuing: Issuing;
  readonly log: IssueLog;
  readonly templates: TemplatesFolder;
  /** shows a file or folder in the system's file manager */
  readonly reveal: (path: string) => void;
  /** asks where to put the log and writes what it is given for the name that was chosen */
  readonly saveLog: (
    content: (fileName: string) => string,
  ) => Promise<Result<{ readonly fileName: string } | null, AppError>>;
}

/** The commands of Issue, joined to what carries them out. */
export function createIssueHandlers({ issuing, log, templates, reveal, saveLog }: IssueHandlersOptions) {
  return {
    'issue.sign': (request) => issuing.sign(request),
    'issue.handOver': async ({ id }) => {
      await issuing.handOver(id);
      return ok(null);
    },
    'issue.negativePack': (request) => issuing.negativePack(request),
    'issue.log': () => ok([...log.list()]),
    'issue.clearLog': async () => {
      const cleared = await log.clear();
      return cleared.ok ? ok(null) : cleared;
    },
    'issue.exportLog': () =>
      saveLog((fileName) => writeIssueLog(log.list(), /\.json$/i.test(fileName) ? 'json' : 'csv')),
    'templates.list': () => templates.list(),
    'templates.save': ({ id, template }) => templates.save(template, id),
    'templates.delete': ({ id }) => templates.delete(id),
    'templates.reveal': async ({ id }) => {
      const place = await templates.place(id);
      if (!place.ok) return place;
      reveal(place.value);
      return ok(null);
    },
  } satisfies Pick<
    Handlers,
    | 'issue.sign'
    | 'issue.handOver'
    | 'issue.negativePack'
    | 'issue.log'
    | 'issue.clearLog'
    | 'issue.exportLog'
    | 'templates.list'
    | 'templates.save'
    | 'templates.delete'
    | 'templates.reveal'
  >;
}
