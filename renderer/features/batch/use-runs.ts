import { useEffect, useState } from 'react';
import type { IssueManyRun } from '../../../shared/contract/batch.ts';
import { useSession } from '../../platform/session.ts';

export interface Runs {
  /** newest first */
  readonly all: readonly IssueManyRun[];
  readonly drop: (id: string) => void;
}

/** Runs of main, as they go on while the screen is open. What an event told is newer than the list that was asked for. */
export function useRuns(): Runs {
  const { platform } = useSession();
  const [listed, setListed] = useState<readonly IssueManyRun[]>([]);
  const [told, setTold] = useState<ReadonlyMap<string, IssueManyRun | undefined>>(new Map());
  useEffect(() => {
    let isHere = true;
    const stop = platform.issueMany.onProgress((run) => setTold((before) => new Map(before).set(run.id, run)));
    void platform.issueMany.runs().then((answer) => {
      if (isHere && answer.ok) setListed(answer.value);
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [platform]);
  const byId = new Map([...listed.map((run) => [run.id, run] as const), ...told]);
  const all = [...byId.values()].filter((run) => run !== undefined).toSorted((a, b) => b.startedAt - a.startedAt);
  return { all, drop: (id) => setTold((before) => new Map(before).set(id, undefined)) };
}
