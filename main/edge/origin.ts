import type { SentRequest } from '../../shared/edge/judge-request.ts';
import type { Result } from '../../shared/result.ts';

/** What a real server answered. A redirect is an answer: the player follows it, and the edge sees that request too. */
export interface OriginAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export interface OriginFailure {
  /** a sentence */
  readonly message: string;
  /** it left this computer, or may have */
  readonly sent: boolean;
}

/** Sends one request out of this computer. */
export type AskOrigin = (request: SentRequest) => Promise<Result<OriginAnswer, OriginFailure>>;
