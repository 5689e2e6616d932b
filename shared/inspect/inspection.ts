import type { FoundToken } from '../carrier/found.ts';
import type { CborIssue, CborNode } from '../cbor/node.ts';
import type { ClaimsSet } from '../claims/claims-set.ts';
import type { DialectId } from '../claims/dialects.ts';
import type { Envelope } from '../cose/envelope.ts';
import type { RichText } from '../explain/rich-text.ts';
import type { Finding } from '../findings/finding.ts';
import type { Seconds } from '../units.ts';

/** Everything the engine can say about one token without a key, a clock's verdict or a request. */
export interface Inspection {
  readonly found: FoundToken;
  readonly root: CborNode;
  readonly cborIssues: readonly CborIssue[];
  readonly envelope: Envelope;
  readonly claims?: ClaimsSet | undefined;
  /** `cta-5007` first when it applies, then the others in order of appearance */
  readonly dialects: readonly DialectId[];
  readonly findings: readonly Finding[];
  /** "Lets GET on paths that contain “id” until …, issued by x." */
  readonly sentence: RichText;
  readonly time: TimeState;
}

export interface TimeState {
  readonly state: 'valid' | 'expired' | 'not-yet' | 'unbounded';
  readonly notBefore: Seconds | undefined;
  readonly expires: Seconds | undefined;
}
