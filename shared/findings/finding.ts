import type { ByteOffset } from '../units.ts';

/** Something about a token worth saying that is not a verdict: a quirk of its bytes, a lint on its claims, an alarm. */
export interface Finding {
  /** kebab-case, stable: `payload-hex-text`, `duplicate-key`, `exp-in-milliseconds`, … */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** one or two plain sentences: what it is and who trips over it */
  readonly message: string;
  /** bytes of the decoded token it is about, when it is about bytes */
  readonly range?: { readonly start: ByteOffset; readonly end: ByteOffset };
  /** name of the claim it is about, when it is about one */
  readonly claim?: string;
  /** what to do about it, as a sentence that starts with a verb */
  readonly mend?: string;
}
