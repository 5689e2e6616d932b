import { KeyObject } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import type { TransferredKey, WorkerAnswer, WorkerRequest } from './worker-messages.ts';

/** A worker at its one job. */
export interface RunningWorker {
  /** asks it to stop; what it then answers is that it was cancelled */
  stop(): void;
  /** its last word; rejects when it died without one */
  readonly answered: Promise<Exclude<WorkerAnswer, { readonly kind: 'progress' }>>;
}

/** Beside this code in the build, and in the package. */
const PROGRAM = path.join(import.meta.dirname, 'issue-many.worker.js');

/** Tokens die young: room for many of them spares the collector. */
const YOUNG_MEGABYTES = 32;

export function startWorker(
  request: WorkerRequest,
  progress: (message: Extract<WorkerAnswer, { kind: 'progress' }>['progress']) => void,
  program = PROGRAM,
): RunningWorker {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(program, {
    workerData: { stop },
    // it needs nothing of the environment, and nothing of what started this process
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const answered = new Promise<Exclude<WorkerAnswer, { kind: 'progress' }>>((resolve, reject) => {
    worker.on('message', (message: WorkerAnswer) => {
      if (message.kind === 'progress') progress(message.progress);
      else resolve(message);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  const moved = request.kind === 'issue' ? [bufferOf(request.key)] : [];
  worker.postMessage(request, moved);
  return { stop: () => void Atomics.store(new Int32Array(stop), 0, 1), answered };
}

/** A copy of a key that can be moved: the original belongs to the ring of keys. */
export function copyKey(material: CandidateKey['material']): TransferredKey {
  if (material.kind === 'secret') return { kind: 'secret', bytes: Uint8Array.from(material.bytes) };
  const { family, handle } = material.key;
  if (!(handle instanceof KeyObject)) throw new TypeError('the key was made for another crypto port');
  const der = Uint8Array.from(handle.export({ type: 'pkcs8', format: 'der' }));
  return { kind: 'asymmetric', family, der };
}

const bufferOf = (key: TransferredKey): ArrayBuffer =>
  (key.kind === 'secret' ? key.bytes : key.der).buffer as ArrayBuffer;
