/** What went wrong with a call, in plain words; the screen shows cause and next step, and the raw answer on demand. */
export interface OvpProblem {
  readonly kind: OvpProblemKind;
  /** one or two sentences: what the OVP answered and what that means */
  readonly cause: string;
  /** one or two sentences: what can be done */
  readonly nextStep: string;
  readonly status?: number;
  /** the answer’s body as it came, cut at `RAW_LIMIT` */
  readonly raw: string;
  /** the OVP’s own code: ERR-422-RecordInvalid */
  readonly code?: string;
}

export type OvpProblemKind =
  /** the API key is not accepted */
  | 'key-refused'
  /** the API key is good, and this is not open to it */
  | 'no-access'
  | 'not-found'
  | 'deleted'
  /** the request’s content was refused */
  | 'refused'
  | 'too-many'
  /** a fault on the OVP’s side */
  | 'fault'
  /** this API does not have the call */
  | 'not-offered'
  | 'redirect'
  /** an answer that is no JSON, or JSON of an unknown shape */
  | 'unreadable'
  | 'other';

export const RAW_LIMIT = 4000;
