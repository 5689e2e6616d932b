import { int, map } from '../cbor/build.ts';
import { decode } from '../cbor/decode.ts';
import { encode } from '../cbor/encode.ts';
import type { ClaimDefinition } from '../claims/claim.ts';
import { claimFromJson } from '../claims/claims-json.ts';
import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import { readClaims } from '../claims/read-claims.ts';
import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import type { Json } from '../json.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import { decide } from './decision.ts';
import { judgeClaims } from './judge-claims.ts';
import { proposeFor } from './mend-proposals.ts';
import type { RecipientFacts, RequestFacts } from './request.ts';
import type { ClaimPath, ClaimVerdict } from './verdict.ts';

/** The smallest change of a token's claims that would let a request through, and what nobody may change unasked. */
export interface Mend {
  /** a patch of the claims JSON, in the order of the claims */
  readonly changes: readonly MendChange[];
  /** what refuses the request and is a rights decision: country, network, audience, issuer, key */
  readonly decisions: readonly MendDecision[];
  /** the changes alone let this request through, as far as can be told */
  readonly sufficient: boolean;
  /** all of it in words */
  readonly sentence: RichText;
}

export interface MendChange {
  readonly claim: string;
  /** steps into the claims JSON */
  readonly path: ClaimPath;
  /** left out = it was not there */
  readonly before?: Json;
  /** left out = it goes */
  readonly after?: Json;
  readonly sentence: RichText;
}

export interface MendDecision {
  readonly claim: string;
  readonly reason: RichText;
}

/** A change with the whole claim as it would be, to try it out. */
export interface Proposal {
  readonly change: MendChange;
  readonly definition: ClaimDefinition;
  /** claims JSON of the whole claim afterwards */
  readonly claimJson: Json;
}

/**
 * Proposes changes for the claims that refused, and keeps those that hold when the claim is judged again. Never widens
 * country, network, audience, issuer or key on its own. `undefined` = nothing was refused.
 */
export function suggestMend(
  set: ClaimsSet,
  verdicts: readonly ClaimVerdict[],
  request: RequestFacts,
  recipient: RecipientFacts,
  verifier: Verifier,
): Mend | undefined {
  const changes: MendChange[] = [];
  const decisions: MendDecision[] = [];
  const edits = new Map<ClaimEntry, ClaimEntry>();
  // each try judges the whole token again: a flood of claims gets fewer of them
  const mayTry = Math.min(MAX_TRIED, Math.ceil(MAX_JUDGED / Math.max(1, set.entries.length)));
  let tried = 0;
  verdicts.forEach((verdict, index) => {
    if (verdict.verdict !== 'fail') return;
    const entry = ++tried > mayTry ? undefined : set.entries[index];
    const accepted = (
      entry === undefined ? [] : proposeFor({ entry, verdict, set, request, recipient, rules: verifier.rules })
    ).find(
      (proposal) => entry !== undefined && isLetThrough(proposal, entry, set, request, recipient, verifier, edits),
    );
    if (accepted === undefined) decisions.push({ claim: verdict.name, reason: decisionFor(verdict) });
    else changes.push(accepted.change);
  });
  if (changes.length === 0 && decisions.length === 0) return undefined;
  const mended = withEdits(set, edits);
  const sufficient = decisions.length === 0 && decide(judgeClaims(mended, request, recipient, verifier)) !== 'reject';
  return { changes, decisions, sufficient, sentence: sentenceOf(changes, decisions) };
}

/** Refusals that mends are sought for: every one of them is judged again with the whole token. */
const MAX_TRIED = 24;
/** Entries judged in all of these tries together. */
const MAX_JUDGED = 10_000;
/** What one sentence can say. */
const MAX_SAID = 6;

/** Tries a proposal on the token itself, so that a mend is never only believed. Remembers what it came to. */
function isLetThrough(
  { definition, claimJson }: Proposal,
  entry: ClaimEntry,
  set: ClaimsSet,
  request: RequestFacts,
  recipient: RecipientFacts,
  verifier: Verifier,
  edits: Map<ClaimEntry, ClaimEntry>,
): boolean {
  const replaced = entryOf(definition, claimJson);
  if (replaced === undefined) return false;
  const trial = new Map(edits).set(entry, replaced);
  const verdict = judgeClaims(withEdits(set, trial), request, recipient, verifier)[set.entries.indexOf(entry)];
  if (verdict === undefined || verdict.verdict === 'fail') return false;
  edits.set(entry, replaced);
  return true;
}

/** The claim as a token would carry it: encoded, and read again. */
function entryOf(definition: ClaimDefinition, json: Json): ClaimEntry | undefined {
  const value = claimFromJson(definition, json);
  if (!value.ok) return undefined;
  return readClaims(decode(encode(map([int(definition.label), definition.write(value.value)]))).root).entries[0];
}

const withEdits = (set: ClaimsSet, edits: ReadonlyMap<ClaimEntry, ClaimEntry>): ClaimsSet =>
  edits.size === 0 ? set : { ...set, entries: set.entries.map((entry) => edits.get(entry) ?? entry) };

/** Whose decision it is that a claim refuses. */
function decisionFor({ code, name }: ClaimVerdict): RichText {
  switch (code) {
    case 'DENY_GEO':
    case 'DENY_ALTITUDE':
      return rich`Where it may be watched is a rights decision`;
    case 'DENY_NETWORK':
    case 'DENY_ASN':
      return rich`From which networks it may be watched is a rights decision`;
    case 'DENY_ISSUER':
    case 'DENY_AUDIENCE':
      return rich`Whom to trust and whom it is for is a rights decision`;
    case 'DENY_MISSING':
      return rich`Who issues it and whom it is for must be said by whoever decides it`;
    case 'DENY_REPLAY':
      return rich`A token that was used up is replaced by one with a cti of its own`;
    case 'DENY_BINDING':
    case 'DENY_TLS_KEY':
      return rich`Which key it is bound to is a rights decision`;
    case 'DENY_PROBABILITY':
      return rich`Refusing by chance is the issuer’s own wish`;
    case 'DENY_HEADER':
      return rich`The request must bring the header; without it the token would be wider`;
    case 'DENY_URI':
      return rich`The rule and the URL share nothing to build a rule on that is no wider than needed`;
    case 'DENY_COMPOSITE':
      return rich`Which branch to change is a rights decision`;
    case 'DENY_UNKNOWN_CLAIM':
    case 'DENY_CRITICAL':
      return rich`Leaving ${literal(name)} out would drop a condition, which is a rights decision`;
    default:
      return rich`Changing ${literal(name)} is a decision of whoever issues the token`;
  }
}

function sentenceOf(changes: readonly MendChange[], decisions: readonly MendDecision[]): RichText {
  const first = changes.flatMap(
    ({ sentence }, index): RichText => (index === 0 ? sentence : rich`; ${lowered(sentence)}`),
  );
  if (decisions.length === 0) return rich`${first}.`;
  const more = decisions.length > MAX_SAID ? rich`; and ${String(decisions.length - MAX_SAID)} more` : [];
  const rest = decisions.slice(0, MAX_SAID).flatMap(({ claim, reason }, index): RichText => {
    const one = rich`${literal(claim)} needs a rights decision (${lowered(reason)})`;
    return index === 0 ? one : rich`; ${one}`;
  });
  return changes.length === 0 ? rich`${rest}${more}.` : rich`${first}. But ${rest}${more}.`;
}

/** A sentence as the middle of another. */
function lowered(text: RichText): RichText {
  const [first, ...rest] = text;
  if (first?.kind !== 'text') return text;
  return [{ kind: 'text', text: first.text.charAt(0).toLowerCase() + first.text.slice(1) }, ...rest];
}
