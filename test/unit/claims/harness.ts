import { decodeHex } from '../../../shared/bytes/hex.ts';
import { map, raw } from '../../../shared/cbor/build.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { ClaimCase, ClaimDefinition, EvaluateContext } from '../../../shared/claims/claim.ts';
import { claimsFromJson } from '../../../shared/claims/claims-json.ts';
import type { ClaimEntry, ClaimsSet } from '../../../shared/claims/claims-set.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import { createRegexBudget } from '../../../shared/evaluate/match.ts';
import type { RecipientFacts, RequestFacts } from '../../../shared/evaluate/request.ts';
import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { seconds } from '../../../shared/units.ts';
import { cta5007Rules } from '../../../shared/verifiers/cta-5007.ts';
import type { Rules } from '../../../shared/verifiers/rules.ts';

/** Bytes of hex, for test data that is known to be hex. */
export function fromHex(hex: string): Uint8Array {
  const bytes = decodeHex(hex);
  if (!bytes.ok) throw new Error(`not hex at ${bytes.error.at}: ${hex}`);
  return bytes.value;
}

/** A claims map given in hex, read. */
export const readHex = (hex: string): ClaimsSet => readClaims(decode(fromHex(hex)).root);

/**
 * One claim's value, given in hex. It is read at the claim's name, which means the claim whatever the value's shape: at
 * 324 a list is another claim than a map.
 */
export function readValue(definition: ClaimDefinition, hex: string): ClaimEntry {
  const [entry] = readClaims(decode(encode(map([definition.name, raw(fromHex(hex))]))).root).entries;
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

/** A set with one claim of a given value, and others beside it. */
function setOf(definition: ClaimDefinition, value: unknown, beside: JsonObject): ClaimsSet {
  const others = claimsFromJson(beside);
  if (!others.ok) throw new Error(JSON.stringify(others.error));
  const set = readClaims(decode(encode(others.value)).root);
  const { node: keyNode } = set;
  const { label, name } = definition;
  const own = { label, name, definition, value, keyNode, node: keyNode, illFormed: false, issues: [], dialects: [] };
  return { ...set, entries: [own, ...set.entries] };
}

export interface Judgement {
  readonly request?: RequestFacts | undefined;
  readonly recipient?: Partial<RecipientFacts> | undefined;
  readonly beside?: JsonObject | undefined;
  readonly rules?: Rules;
}

/** A claim judged alone, by the standard's rules unless others are given; the clock stands in 2001. */
export function judge(definition: ClaimDefinition, value: unknown, judgement: Judgement = {}): ClaimVerdict {
  const ctx: EvaluateContext = {
    request: judgement.request ?? {},
    recipient: { now: seconds(1_000_000_000), skew: seconds(0), ...judgement.recipient },
    rules: judgement.rules ?? cta5007Rules,
    claims: setOf(definition, value, judgement.beside ?? {}),
    regexBudget: createRegexBudget(),
    evaluateClaims: (set) =>
      set.entries.flatMap((entry) =>
        entry.definition === undefined ? [] : [entry.definition.evaluate(entry.value, ctx)],
      ),
  };
  return definition.evaluate(value, ctx);
}

export const judgeCase = (definition: ClaimDefinition, one: ClaimCase<unknown>): ClaimVerdict =>
  judge(definition, one.value, { request: one.request, recipient: one.recipient, beside: one.beside });
