import { useEffect, useMemo, useRef, useState } from 'react';
import type { IssueManyPreview } from '../../../shared/contract/batch.ts';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { AppError } from '../../../shared/errors.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { type JobChoices, jobOf, missingOf, outputOf } from './job.ts';
import { choicesOf, useBatch } from './model.ts';

/** The job as it stands: who signs it, what is missing, and what a dry run over all rows said. */
export interface RowsPreview {
  readonly choices: JobChoices;
  readonly job: ReturnType<typeof jobOf>;
  readonly output: ReturnType<typeof outputOf>;
  /** keys that can sign now */
  readonly keys: readonly KeyRecord[];
  readonly key: KeyRecord | undefined;
  /** of the last job that could be looked at; stays while the next one is on its way */
  readonly result: IssueManyPreview | undefined;
  /** whether `result` is not of this job, or not yet */
  readonly isStale: boolean;
  readonly error: AppError | undefined;
  /** how long the dry run took, which is about what the real one will */
  readonly took: number;
}

const PAUSE_MILLIS = 250;
const canSign = (key: KeyRecord): boolean =>
  key.part !== 'public' && key.secret === 'ready' && key.replacedBy === undefined;

interface Answer {
  readonly order: string;
  readonly result?: IssueManyPreview;
  readonly error?: AppError;
  readonly took: number;
}

export function useRowsPreview(): RowsPreview {
  const { keys, platform } = useSession();
  const all = useLive(keys).value;
  const state = useBatch((whole) => whole);
  const usable = useMemo(() => (all ?? []).filter(canSign), [all]);
  const key = usable.find((candidate) => candidate.id === state.keyId) ?? usable[0];
  const choices = choicesOf(state);
  const job = jobOf(choices);
  const output = outputOf(choices);
  // an embed without its ids is asked for in the screen, and is no fault of a row
  const isWhole = output.format !== 'embeds' || 'embed' in output;
  const order = job === undefined || !isWhole ? '' : JSON.stringify([job, output, key?.id]);
  const [answer, setAnswer] = useState<Answer>({ order: '', took: 0 });
  const latest = useRef<Parameters<typeof platform.issueMany.preview>[0] | undefined>(undefined);
  latest.current = job && { ...job, output, ...(key !== undefined && { keyId: key.id }) };

  useEffect(() => {
    if (order === '') return;
    let isWanted = true;
    const timer = setTimeout(async () => {
      if (latest.current === undefined) return;
      const started = performance.now();
      const preview = await platform.issueMany.preview(latest.current);
      if (!isWanted) return;
      const took = performance.now() - started;
      setAnswer(preview.ok ? { order, took, result: preview.value } : { order, took, error: preview.error });
    }, PAUSE_MILLIS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [order, platform]);

  return {
    ...{ choices, job, output, keys: usable, key },
    result: job === undefined ? undefined : answer.result,
    isStale: order === '' || answer.order !== order,
    error: answer.order === order ? answer.error : undefined,
    took: answer.took,
  };
}

/** Why it cannot be begun yet; `undefined`: it can. */
export function blockedBy(preview: RowsPreview, isRunning: boolean, confirmName: string): string | undefined {
  const { key, choices, result, error } = preview;
  const [missing] = missingOf(choices);
  if (missing !== undefined) return `${missing.label} needs a column or a value`;
  if (choices.format === 'embeds' && !('embed' in preview.output)) return 'Embeds need a player id and a video id';
  if (key === undefined) return 'There is no key that can sign';
  if (error !== undefined) return error.message;
  if (preview.job === undefined) return 'There are no values yet';
  if (preview.isStale || result === undefined) return 'Every row is being checked';
  if (tokensOf(result) === 0) return 'No row makes a token';
  if (isRunning) return 'Another run is under way';
  if (wantsName(key) && confirmName.trim() !== key.name) return `Type ${key.name} to sign`;
  return undefined;
}

/** Whether a person has to type the key's name before it signs. */
export const wantsName = (key: KeyRecord): boolean => key.guard === 'type-the-name';

export const tokensOf = ({ ready, warnings }: IssueManyPreview): number => ready + warnings;
