import type { CborNode, CborValue } from '../cbor/node.ts';
import type { RecipientFacts, RequestFacts } from '../evaluate/request.ts';
import type { ClaimVerdict } from '../evaluate/verdict.ts';
import type { RichText } from '../explain/rich-text.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Result } from '../result.ts';
import type { Rules } from '../verifiers/rules.ts';
import type { ClaimsSet } from './claims-set.ts';
import type { DialectId } from './dialects.ts';
import type { FieldSpec } from './field-spec.ts';

/**
 * Everything the house knows about one claim, in one place (one file each in `definitions/`).
 * `T` is the claim's value as the domain sees it, with dialects already resolved.
 */
export interface ClaimDefinition<T = unknown> {
  readonly label: number;
  /** the standard's JSON name, the key of claims JSON */
  readonly name: string;
  /** what a person calls it: "URL rules" */
  readonly title: string;
  /** one sentence for a tooltip */
  readonly summary: string;
  /** where it is defined: "CTA-5007-B §4.6.10", "RFC 8392 §3.1.1" */
  readonly source: string;
  /** the table group it stands in; composites count as request claims */
  readonly group: 'request' | 'time' | 'information';
  /** whether every recipient must support it (S§4) */
  readonly support: 'must' | 'may' | 'unregistered';

  /** Tree → value. Says every shape error through `ctx`, each at the node that is wrong; `undefined` = unusable. */
  read(node: CborNode, ctx: ReadContext): T | undefined;
  /** Value → tree in today's registered shape, deterministic. */
  write(value: T): CborValue;
  /** Value → claims JSON by the standard's names (see CLI contract). */
  toJson(value: T): Json;
  /** Claims JSON → value; also takes the OVP's, node-cat's and Akamai's spellings. */
  fromJson(json: Json, ctx: JsonContext): Result<T, readonly JsonProblem[]>;

  /** What it demands, as a clause: "paths that contain “id”". */
  explain(value: T): RichText;
  /** Judges it. Never throws; what is not known gives `unknown`. */
  evaluate(value: T, ctx: EvaluateContext): ClaimVerdict;

  /** How a form edits it; `field-spec.ts` values ↔ claims JSON is the form's business. */
  readonly form: FieldSpec;

  readonly examples: readonly ClaimExample<T>[];
  /** values that must be refused, with the code of the issue and the bytes that carry it */
  readonly refused: readonly { readonly title: string; readonly cbor: string; readonly code: ClaimIssueCode }[];
  /** requests that pass, fail and cannot be told, from the standard's rule; informational claims are `ignored` in all */
  readonly cases: readonly ClaimCase<T>[];
}

export interface ClaimExample<T> {
  readonly title: string;
  readonly value: T;
  /** hex of the deterministic encoding of the value: read → write gives the same bytes */
  readonly cbor: string;
  readonly json: Json;
  /** its form does not offer it: entered as claims JSON, which every claim takes */
  readonly beyondForm?: true;
}

export interface ClaimCase<T> {
  readonly title: string;
  readonly value: T;
  readonly request?: RequestFacts;
  readonly recipient?: Partial<RecipientFacts>;
  /** claims JSON of the claims around it, for one that looks at others */
  readonly beside?: JsonObject;
  readonly verdict: ClaimVerdict['verdict'];
  readonly code?: ClaimVerdict['code'];
}

/** Keeps a definition's value type while the registry forgets it. */
export const defineClaim = <T>(definition: ClaimDefinition<T>): ClaimDefinition<T> => definition;

export type ClaimIssueCode =
  | 'ERR_CLAIM_TYPE'
  | 'ERR_CLAIM_RANGE'
  | 'ERR_CLAIM_UNKNOWN'
  | 'ERR_CLAIM_CONFLICT'
  | 'ERR_CLAIM_EMPTY'
  | 'ERR_CLAIM_TAG';

/** A shape error inside a claim, with the node it stands at. */
export interface ClaimIssue {
  readonly code: ClaimIssueCode;
  /** `error`: ill-formed by the standard; `warning`: tolerated, but recipients differ */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly node: CborNode;
  readonly claim: string;
}

/** Where in pasted claims JSON something is wrong: a JSON pointer in steps, and what was expected. */
export interface JsonProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export interface ReadContext {
  issue(node: CborNode, code: ClaimIssueCode, message: string, severity?: ClaimIssue['severity']): void;
  /** names the dialect a shape belongs to; the value is read all the same */
  dialect(id: DialectId, node: CborNode): void;
  /** reads a nested claims set (composites) with the same dialect rules */
  readClaims(node: CborNode): ClaimsSet | undefined;
  /** what the claim of a label is called, by the same dialect rules: for claims that name other claims */
  claimName(key: CborNode): string;
}

/** What reading claims JSON needs beside the value: composites hold claims sets, and a definition knows no other. */
export interface JsonContext {
  /** a claims JSON object as a claims set; its offsets count in its own deterministic encoding */
  readClaims(json: Json): Result<ClaimsSet, readonly JsonProblem[]>;
  /** the label of a claim by its name or its spelling as a member; `undefined` = no such claim */
  claimKey(name: string): CborValue | undefined;
}

export interface EvaluateContext {
  readonly request: RequestFacts;
  readonly recipient: RecipientFacts;
  readonly rules: Rules;
  /** the set the claim stands in: cti for catreplay, catdpop for cnf */
  readonly claims: ClaimsSet;
  /** judges a nested claims set (composites), with everything of the base set that is relevant */
  evaluateClaims(set: ClaimsSet): readonly ClaimVerdict[];
  /** what regular expressions of one token may still cost: shared by all its claims, so that many dear ones cannot add up */
  readonly regexBudget: RegexBudget;
}

/** Counted in instructions × characters; `evaluate/match.ts` takes from it. */
export interface RegexBudget {
  left: number;
}
