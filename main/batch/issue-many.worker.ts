import { createPrivateKey } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { batchCrypto } from './batch-crypto.ts';
import { issueMany } from './issue-many.ts';
import { previewRows } from './preview-rows.ts';
import type { TransferredKey, WorkerAnswer, WorkerRequest, WorkerStart } from './worker-messages.ts';

/** One job, then it ends: nothing of a key outlives its run. */
const port = parentPort;
if (port === null) throw new Error('this is a worker');
const { stop } = workerData as WorkerStart;
const flag = new Int32Array(stop);
const isCancelled = (): boolean => Atomics.load(flag, 0) !== 0;
const answer = (message: WorkerAnswer): void => port.postMessage(message);

port.once('message', (request: WorkerRequest) => {
  void work(request).finally(() => port.close());
});

async function work(request: WorkerRequest): Promise<void> {
  if (request.kind === 'preview') {
    answer({ kind: 'previewed', result: await previewRows(request.plan, batchCrypto, isCancelled) });
    return;
  }
  const { id, plan, out, resume, key } = request;
  const material = openKey(key);
  const result = await issueMany({
    ...{ id, plan, out, resume, material, isCancelled, crypto: batchCrypto },
    progress: (progress) => answer({ kind: 'progress', progress }),
  });
  if (key.kind === 'secret') key.bytes.fill(0);
  answer({ kind: 'issued', result });
}

function openKey(key: TransferredKey): CandidateKey['material'] {
  if (key.kind === 'secret') return { kind: 'secret', bytes: key.bytes };
  const handle = createPrivateKey({ key: Buffer.from(key.der), format: 'der', type: 'pkcs8' });
  key.der.fill(0);
  return { kind: 'asymmetric', key: { family: key.family, private: true, handle } };
}
