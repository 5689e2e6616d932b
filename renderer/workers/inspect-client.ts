import type { Prediction } from '../../shared/evaluate/predict-elsewhere.ts';
import type { Seconds } from '../../shared/units.ts';
import inspectWorkerUrl from './inspect.worker.ts?worker&url';
import type {
  InspectAnswer,
  InspectRequest,
  ItemCopies,
  Judgement,
  Looked,
  Question,
  Reading,
} from './token-view/protocol.ts';
import { workerUrl } from './worker-url.ts';

/** Asks the inspecting worker. What a newer text or token makes worthless is answered `undefined`. */
export interface InspectClient {
  /** `onProgress` hears how many characters are behind the search */
  readonly read: (text: string, now: Seconds, onProgress: (done: number) => void) => Promise<Reading | undefined>;
  /** gives up the reading that is under way */
  readonly cancel: () => void;
  /** another token of the text that was read last */
  readonly view: (index: number, now: Seconds) => Promise<Looked | undefined>;
  /** the token that is looked at, judged */
  readonly judge: (question: Question) => Promise<Judgement | undefined>;
  /** the same under every known verifier */
  readonly elsewhere: (question: Question) => Promise<readonly Prediction[] | undefined>;
  /** an item of the token that is looked at, by its link id */
  readonly copies: (item: string) => Promise<ItemCopies | undefined>;
  /** ends the worker; nothing is answered any more */
  readonly close: () => void;
}

interface Waiting {
  readonly settle: (answer: InspectAnswer | undefined) => void;
  readonly onProgress?: (done: number) => void;
}

/**
 * One worker, kept warm. While it is busy with a text that is no longer wanted it is stopped and a fresh one takes over,
 * so a large paste never holds up what was pasted after it.
 */
export function createInspectClient(): InspectClient {
  let worker = start();
  const waiting = new Map<number, Waiting>();
  let isReading = false;
  let lastId = 0;

  function start(): Worker {
    const created = new Worker(workerUrl(inspectWorkerUrl), { type: 'module', name: 'inspect' });
    created.onmessage = ({ data }: MessageEvent<InspectAnswer>) => {
      const asked = waiting.get(data.id);
      if (data.kind === 'progress') return asked?.onProgress?.(data.done);
      if (data.kind === 'reading') isReading = false;
      asked?.settle(data);
      waiting.delete(data.id);
    };
    return created;
  }

  function dropWaiting(): void {
    for (const { settle } of waiting.values()) settle(undefined);
    waiting.clear();
    if (!isReading) return;
    worker.terminate();
    worker = start();
    isReading = false;
  }

  function ask(
    request: (id: number) => InspectRequest,
    onProgress?: (done: number) => void,
  ): Promise<InspectAnswer | undefined> {
    lastId += 1;
    const id = lastId;
    return new Promise((settle) => {
      waiting.set(id, onProgress === undefined ? { settle } : { settle, onProgress });
      worker.postMessage(request(id));
    });
  }

  return {
    read: async (text, now, onProgress) => {
      dropWaiting();
      isReading = true;
      const answer = await ask((id) => ({ kind: 'read', id, text, now }), onProgress);
      return answer?.kind === 'reading' ? answer.reading : undefined;
    },
    cancel: dropWaiting,
    view: async (index, now) => {
      const answer = await ask((id) => ({ kind: 'view', id, index, now }));
      return answer?.kind === 'looked' ? answer.looked : undefined;
    },
    judge: async (question) => {
      const answer = await ask((id) => ({ kind: 'judge', id, question }));
      return answer?.kind === 'judgement' ? answer.judgement : undefined;
    },
    elsewhere: async (question) => {
      const answer = await ask((id) => ({ kind: 'elsewhere', id, question }));
      return answer?.kind === 'predictions' ? answer.predictions : undefined;
    },
    copies: async (item) => {
      const answer = await ask((id) => ({ kind: 'copy', id, item }));
      return answer?.kind === 'copies' ? answer.copies : undefined;
    },
    close: () => worker.terminate(),
  };
}
