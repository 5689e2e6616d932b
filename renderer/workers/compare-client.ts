import compareWorkerUrl from './compare.worker.ts?worker&url';
import type { CompareAnswer, CompareRequest, Comparison } from './compare-protocol.ts';
import { workerUrl } from './worker-url.ts';

/** Asks the comparing worker; what a newer question makes worthless is answered `undefined`. */
export interface CompareClient {
  readonly compare: (question: Omit<CompareRequest, 'id'>) => Promise<Comparison | undefined>;
}

/** The worker is started with the first question; one that is still busy with an older question is stopped. */
export function createCompareClient(): CompareClient {
  let worker: Worker | undefined;
  let settle: ((comparison: Comparison | undefined) => void) | undefined;
  let lastId = 0;

  function start(): Worker {
    const created = new Worker(workerUrl(compareWorkerUrl), { type: 'module', name: 'compare' });
    created.onmessage = ({ data }: MessageEvent<CompareAnswer>) => {
      if (data.id !== lastId) return;
      settle?.(data.comparison);
      settle = undefined;
    };
    return created;
  }

  return {
    compare: (question) => {
      if (settle !== undefined) {
        settle(undefined);
        worker?.terminate();
        worker = undefined;
      }
      worker ??= start();
      lastId += 1;
      worker.postMessage({ ...question, id: lastId } satisfies CompareRequest);
      return new Promise((resolve) => {
        settle = resolve;
      });
    },
  };
}
