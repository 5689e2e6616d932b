import type { FoundToken } from '../../../shared/carrier/found.ts';
import type { RichText } from '../../../shared/explain/rich-text.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import type { TimeState } from '../../../shared/inspect/inspection.ts';
import type { Seconds } from '../../../shared/units.ts';

/**
 * One token as the Inspect screen draws it: plain data made in the worker, so the window only paints. Everything about
 * one item of the token (its row, its bytes, its characters, its EDN) carries the same link id; ids are paths, so what
 * lies inside an item begins with the item's id and a slash.
 */
export interface TokenView {
  readonly token: FoundToken;
  readonly envelope: EnvelopeView;
  /** in byte order; every byte of the token is in exactly one */
  readonly items: readonly ByteItem[];
  /** input ranges of the token's characters, in order */
  readonly runs: readonly CharacterRun[];
  readonly claims: readonly ClaimRow[];
  readonly edn: readonly CodeLine[];
  readonly json: readonly CodeLine[];
  readonly findings: readonly Finding[];
  /** what the token would let somebody do */
  readonly sentence: RichText;
  readonly time: TimeState;
  readonly issuedAt: Seconds | undefined;
}

export interface EnvelopeView {
  /** `COSE_Mac0`, `CAT-4-MOQT`, … */
  readonly title: string;
  readonly kind: 'mac' | 'signature' | 'encrypted' | 'unknown';
  readonly size: number;
  readonly alg: string | undefined;
  readonly kid: string | undefined;
  /** a kid stands among the unprotected headers, so that colour means it */
  readonly isKidUnprotected: boolean;
  /** first byte that could not be read */
  readonly damagedAt: number | undefined;
  /** the token itself ends early, so that nothing can be said about who made it */
  readonly isCut: boolean;
  readonly hasProof: boolean;
  readonly hasClaims: boolean;
}

/** Which part of the envelope a byte belongs to: the anatomy that colours it. */
export type Segment = 'tag' | 'protected' | 'unprotected' | 'payload' | 'mac';

/** One line of the byte map: an item, or the head of one whose content has lines of its own. */
export interface ByteItem {
  readonly id: string;
  readonly segment: Segment;
  /** bytes of the line */
  readonly start: number;
  readonly end: number;
  /** end of all that lies inside it */
  readonly wholeEnd: number;
  readonly depth: number;
  /** how it is called: `catu.path` */
  readonly title: string;
  /** what the line says beside the bytes */
  readonly note: string;
}

/** Characters of the pasted text that belong to one item. */
export interface CharacterRun {
  readonly start: number;
  readonly end: number;
  readonly id: string;
  readonly segment: Segment;
  /** the repair that was needed to read them */
  readonly isRepaired: boolean;
}

export interface ClaimRow {
  readonly id: string;
  /** positions among the verdicts of the claims set, and within the nested ones */
  readonly verdictPath: readonly number[];
  readonly depth: number;
  readonly name: string;
  /** label on the wire, as a path for a nested rule: `312/3/1` */
  readonly label: string;
  readonly group: ClaimGroup;
  /** one sentence about the claim */
  readonly summary: string | undefined;
  readonly means: RichText;
  /** EDN of the value, cut when it is very long */
  readonly raw: string;
  /** what is wrong with its shape */
  readonly problems: readonly string[];
  /** the time it says, for a time claim */
  readonly at: Seconds | undefined;
}

export type ClaimGroup = 'request' | 'time' | 'information';

/** One line of EDN or JSON. */
export interface CodeLine {
  readonly text: string;
  readonly indent: number;
  readonly id: string | undefined;
  readonly segment: Segment | undefined;
  readonly comment: string | undefined;
}
