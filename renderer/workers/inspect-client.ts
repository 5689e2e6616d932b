import type { Seconds } from '../../shared/units.ts';
import inspectWorkerUrl from './inspect.worker.ts?worker&url';
import type { InspectAnswer, InspectRequest, Reading } from './token-view/protocol.ts';
import { workerUrl } from './worker-url.ts';

/** Asks the inspecting worker. A newer question makes the older one worthless: that one is answered `undefined`. */
export interface InspectClient {
  readonly read: (text: string, now: Seconds) => Promise<Reading | undefined>;
  /** another token of the text that was read last */
  readonly view: (index: number, now: Seconds) => Promise<Reading | undefined>;
}

/**
 * One worker, kept warm. While it is busy with a text that is no longer wanted it is stopped and a fresh one takes over,
 * so a large paste never holds up what was pasted after it.
 */
export function createInspectClient(): InspectClient {
  let worker = start();
  let busy: { readonly id: number; readonly settle: (reading: Reading | undefined) => void } | undefined;
  let lastId = 0;

  function start(): Worker {
    const created = new Worker(workerUrl(inspectWorkerUrl), { type: 'module', name: 'inspect' });
    created.onmessage = (event: MessageEvent<InspectAnswer>) => {
      if (busy?.id !== event.data.id) return;
      const { settle } = busy;
      busy = undefined;
      settle(event.data.reading);
    };
    return created;
  }

  function ask(question: (id: number) => InspectRequest, isRead: boolean): Promise<Reading | undefined> {
    if (busy !== undefined) {
      busy.settle(undefined);
      busy = undefined;
      if (isRead) {
        worker.terminate();
        worker = start();
      }
    }
    lastId += 1;
    const id = lastId;
    return new Promise((settle) => {
      busy = { id, settle };
      worker.postMessage(question(id));
    });
  }

  return {
    read: (text, now) => ask((id) => ({ kind: 'read', id, text, now }), true),
    view: (index, now) => ask((id) => ({ kind: 'view', id, index, now }), false),
  };
}
