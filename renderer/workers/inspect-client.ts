import type { ClaimVerdict } from '../../shared/evaluate/verdict.ts';
import type { Seconds } from '../../shared/units.ts';
import inspectWorkerUrl from './inspect.worker.ts?worker&url';
import type { InspectAnswer, InspectRequest, Question, Reading } from './token-view/protocol.ts';
import { workerUrl } from './worker-url.ts';

/** Asks the inspecting worker. What a newer text or token makes worthless is answered `undefined`. */
export interface InspectClient {
  readonly read: (text: string, now: Seconds) => Promise<Reading | undefined>;
  /** another token of the text that was read last */
  readonly view: (index: number, now: Seconds) => Promise<Reading | undefined>;
  /** the token that is looked at, judged */
  readonly judge: (question: Question) => Promise<readonly ClaimVerdict[] | undefined>;
}

type Settle = (answer: InspectAnswer | undefined) => void;

/**
 * One worker, kept warm. While it is busy with a text that is no longer wanted it is stopped and a fresh one takes over,
 * so a large paste never holds up what was pasted after it.
 */
export function createInspectClient(): InspectClient {
  let worker = start();
  const waiting = new Map<number, Settle>();
  let isReading = false;
  let lastId = 0;

  function start(): Worker {
    const created = new Worker(workerUrl(inspectWorkerUrl), { type: 'module', name: 'inspect' });
    created.onmessage = ({ data }: MessageEvent<InspectAnswer>) => {
      if (data.kind === 'reading') isReading = false;
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
    return created;
  }

  function dropWaiting(): void {
    for (const settle of waiting.values()) settle(undefined);
    waiting.clear();
    if (!isReading) return;
    worker.terminate();
    worker = start();
    isReading = false;
  }

  function ask(request: (id: number) => InspectRequest): Promise<InspectAnswer | undefined> {
    lastId += 1;
    const id = lastId;
    return new Promise((settle) => {
      waiting.set(id, settle);
      worker.postMessage(request(id));
    });
  }

  async function askReading(request: (id: number) => InspectRequest): Promise<Reading | undefined> {
    const answer = await ask(request);
    return answer?.kind === 'reading' ? answer.reading : undefined;
  }

  return {
    read: (text, now) => {
      dropWaiting();
      isReading = true;
      return askReading((id) => ({ kind: 'read', id, text, now }));
    },
    view: (index, now) => askReading((id) => ({ kind: 'view', id, index, now })),
    judge: async (question) => {
      const answer = await ask((id) => ({ kind: 'judge', id, question }));
      return answer?.kind === 'verdicts' ? answer.verdicts : undefined;
    },
  };
}
