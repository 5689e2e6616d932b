import { createHash, randomUUID } from 'node:crypto';
import type { IssueLogEntry } from '../../shared/contract/issue.ts';
import type { KeyRecord } from '../../shared/contract/keys.ts';
import type { BatchPlan } from './plan.ts';

/** One entry for a whole run: what its tokens share. The digest is of the template, since each token has claims of its own. */
export function logEntryOf(
  plan: BatchPlan,
  { name, environment, kid }: KeyRecord,
): Omit<IssueLogEntry, 'at' | 'count'> {
  return {
    ...{ id: randomUUID(), keyName: name, environment, target: plan.target },
    ...(kid !== undefined && { kid }),
    claimsDigest: createHash('sha256').update(JSON.stringify(plan.template.draft)).digest('hex').slice(0, 32),
    size: 0,
    kind: 'many',
  };
}
