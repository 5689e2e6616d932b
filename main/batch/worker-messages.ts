import type { IssueManyPreview } from '../../shared/contract/batch.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { BatchProgress } from './issue-many.ts';
import type { BatchPlan } from './plan.ts';

/** A key on its way into the worker: its bytes move there and leave nothing behind. Never an argument, never the environment. */
export type TransferredKey =
  | { readonly kind: 'secret'; readonly bytes: Uint8Array }
  /** PKCS#8 */
  | { readonly kind: 'asymmetric'; readonly family: 'ec-p256' | 'rsa'; readonly der: Uint8Array };

export type WorkerRequest =
  | { readonly kind: 'preview'; readonly plan: BatchPlan }
  | {
      readonly kind: 'issue';
      readonly id: string;
      readonly plan: BatchPlan;
      readonly out: string;
      readonly resume: boolean;
      readonly key: TransferredKey;
    };

export type WorkerAnswer =
  | { readonly kind: 'progress'; readonly progress: BatchProgress }
  | { readonly kind: 'previewed'; readonly result: Result<IssueManyPreview, AppError> }
  | { readonly kind: 'issued'; readonly result: Result<BatchProgress, AppError> };

/** Shared memory of one number: not zero asks the worker to stop, which it sees in the midst of its work. */
export interface WorkerStart {
  readonly stop: SharedArrayBuffer;
}
