import type { KeyUse } from '../../shared/contract/keys.ts';
import type { Batches } from '../batch/batches.ts';
import type { IssueLog } from '../issue/issue-log.ts';
import type { UseFinder } from '../keys/keys.ts';
import type { Ovp } from '../ovp/ovp.ts';

export interface UseFindersOptions {
  readonly ovp: Pick<Ovp, 'handlers'>;
  readonly batches: Pick<Batches, 'runs'>;
  readonly issueLog: Pick<IssueLog, 'list'>;
  readonly now?: () => number;
}

/** Who would miss a key: its workspace, runs that are not finished, and tokens that are still out there. */
export function createUseFinders({ ovp, batches, issueLog, now = Date.now }: UseFindersOptions): readonly UseFinder[] {
  return [
    async ({ workspace }) => {
      const listed = await ovp.handlers['ovp.workspaces'](undefined);
      const found = listed.ok ? listed.value.find(({ id }) => id === workspace) : undefined;
      return found ? [{ kind: 'workspace', name: found.name }] : [];
    },
    async ({ name, environment }) =>
      batches
        .runs()
        .filter((run) => run.state === 'running' || run.state === 'interrupted')
        .filter((run) => run.keyName === name && run.environment === environment)
        .map((run): KeyUse => ({ kind: 'run', name: run.title })),
    async ({ name, environment }) => {
      const at = now() / 1000;
      const valid = issueLog
        .list()
        .filter((entry) => entry.keyName === name && entry.environment === environment)
        .filter(({ expires }) => expires !== undefined && expires > at);
      const count = valid.reduce((sum, entry) => sum + entry.count, 0);
      if (count === 0) return [];
      const last = Math.max(...valid.map(({ expires }) => expires ?? 0));
      const until = new Date(last * 1000).toISOString().slice(0, 16).replace('T', ' ');
      const tokens =
        count === 1 ? '1 token that was issued with it is' : `${count} tokens that were issued with it are`;
      return [{ kind: 'tokens', name: `${tokens} valid until ${until} UTC at the latest.` }];
    },
  ];
}
