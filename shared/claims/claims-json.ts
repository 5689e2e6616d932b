import { int } from '../cbor/build.ts';
import { decode } from '../cbor/decode.ts';
import { encode } from '../cbor/encode.ts';
import { CBOR_LIMITS, type CborMap, type CborValue } from '../cbor/node.ts';
import { isJsonObject, type Json } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import type { ClaimDefinition, JsonContext, JsonProblem } from './claim.ts';
import type { ClaimsSet } from './claims-set.ts';
import { problem, under } from './codec/codec.ts';
import { nodeFromJson, parseKey, withoutNumber } from './codec/node-json.ts';
import { readClaims } from './read-claims.ts';
import { claimByLabel, claimByName } from './registry.ts';

/**
 * Claims JSON as a claims map, ready to encode. Members are names, labels in decimal, text labels in quotes of their
 * own, and numbered repeats; values are in the standard's names or the spellings of the OVP, node-cat and Akamai.
 * Every problem is reported, each with its path.
 */
export function claimsFromJson(json: Json): Result<CborMap<CborValue>, readonly JsonProblem[]> {
  return new ClaimsJsonReader().claims(json);
}

/** One claim's JSON as its value: for forms, which hold claims JSON and show the problems. */
export function claimFromJson<T>(definition: ClaimDefinition<T>, json: Json): Result<T, readonly JsonProblem[]> {
  return definition.fromJson(json, new ClaimsJsonReader());
}

/** The context of every definition's `fromJson`; composites nest, so it counts how deep. */
class ClaimsJsonReader implements JsonContext {
  private depth = 0;

  claims(json: Json): Result<CborMap<CborValue>, readonly JsonProblem[]> {
    if (!isJsonObject(json)) return problem('Claims must be an object');
    const entries: { key: CborValue; value: CborValue }[] = [];
    const problems: JsonProblem[] = [];
    for (const [member, one] of Object.entries(json)) {
      const named = findClaim(member);
      if (named === undefined) {
        problems.push({
          path: [member],
          message: `No claim is called “${member}”; a text label needs quotes of its own`,
        });
        continue;
      }
      const value = named.definition === undefined ? nodeFromJson(one) : this.claim(named.definition, one);
      if (value.ok) entries.push({ key: named.key, value: value.value });
      else problems.push(...under(member, value.error));
    }
    return problems.length === 0 ? ok({ kind: 'map', entries }) : err(problems);
  }

  private claim(definition: ClaimDefinition, json: Json): Result<CborValue, readonly JsonProblem[]> {
    const value = definition.fromJson(json, this);
    return value.ok ? ok(definition.write(value.value)) : value;
  }

  readClaims(json: Json): Result<ClaimsSet, readonly JsonProblem[]> {
    // a composite takes an array and a map, so half of what CBOR may nest
    if (this.depth >= CBOR_LIMITS.depth / 2) return problem('Claims are nested too deep');
    this.depth++;
    const map = this.claims(json);
    this.depth--;
    return map.ok ? ok(readClaims(decode(encode(map.value)).root)) : map;
  }

  claimKey(name: string): CborValue | undefined {
    return findClaim(name)?.key;
  }
}

/** Names other tools give to claims (CAT.md f): OVP and Akamai use the standard's, node-cat misspells one. */
const OTHER_NAMES = new Map([['catadpop', 'catdpop']]);

function findClaim(member: string): { key: CborValue; definition: ClaimDefinition | undefined } | undefined {
  const name = withoutNumber(member);
  const definition = claimByName(OTHER_NAMES.get(name) ?? name);
  if (definition !== undefined) return { key: int(definition.label), definition };
  const key = parseKey(name);
  if (key === undefined) return undefined;
  return { key, definition: key.kind === 'int' ? claimByLabel(Number(key.value)) : undefined };
}
