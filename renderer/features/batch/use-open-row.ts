import type { PreviewRow } from '../../../shared/contract/batch.ts';
import { fillTemplate } from '../../../shared/issue/fill-template.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { filledOf, jobOf } from './job.ts';
import { localClock, useBatchModel } from './model.ts';
import { type RowsPreview, wantsName } from './use-rows-preview.ts';

export const drawRandomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Signs the token of one row as Issue would, and opens it in Inspect; what refuses it is said in the screen. */
export function useOpenRow({ choices, key }: RowsPreview): (row: PreviewRow) => Promise<void> {
  const { platform } = useSession();
  const model = useBatchModel();
  const go = useNavigation((navigation) => navigation.go);
  return async ({ cells }) => {
    const job = jobOf(choices);
    if (job === undefined || key === undefined) return;
    const filled = fillTemplate(job.template, filledOf(choices, cells), localClock(), drawRandomBytes);
    // the row says so itself
    if (!filled.ok) return;
    const { confirmName } = model.store.getState();
    const answer = await platform.issue.sign({
      ...{ draft: filled.value.draft, target: job.target, zone: job.zone, keyId: key.id },
      ...(wantsName(key) && { confirmName }),
    });
    if (answer.ok) go('inspect', { kind: 'inspect-text', text: answer.value.token });
    else model.set({ error: answer.error });
  };
}
