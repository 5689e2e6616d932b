import { int, raw } from '../cbor/build.ts';
import type { CborNode, CborValue } from '../cbor/node.ts';
import type { ClaimDefinition, JsonProblem } from '../claims/claim.ts';
import { claimFromJson, claimsFromJson } from '../claims/claims-json.ts';
import type { ClaimsSet } from '../claims/claims-set.ts';
import { spellKey } from '../claims/codec/node-json.ts';
import { and } from '../claims/definitions/and.ts';
import { nor } from '../claims/definitions/nor.ts';
import { or } from '../claims/definitions/or.ts';
import { claimByLabel, claimByName } from '../claims/registry.ts';
import type { Json } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import type { IssueNote, SayAboutClaim } from './issue-note.ts';
import type { Target } from './target.ts';

/** One claim as it will be written. */
export interface FittedClaim {
  readonly name: string;
  readonly key: CborValue;
  readonly value: CborValue;
}

/**
 * One member of claims JSON, fitted to a target: its entry in the claims map, or `undefined` when the target takes no
 * such claim. What there is to say goes to `notes`; the error is what is wrong with the JSON itself.
 */
export function fitClaim(
  member: string,
  json: Json,
  target: Target,
  notes: IssueNote[],
): Result<FittedClaim | undefined, readonly JsonProblem[]> {
  const named = claimByName(member);
  if (named !== undefined) return fitKnown(named, member, json, target, notes);
  // labels, other spellings, repeats
  const read = claimsFromJson({ [member]: json });
  if (!read.ok) return read;
  const [entry] = read.value.entries;
  if (entry === undefined) return ok(undefined);
  const { key } = entry;
  const definition = key.kind === 'int' ? claimByLabel(Number(key.value)) : undefined;
  return definition === undefined
    ? ok(fitUnknown(member, entry, target, notes))
    : fitKnown(definition, member, json, target, notes);
}

function fitKnown(
  definition: ClaimDefinition,
  member: string,
  json: Json,
  target: Target,
  notes: IssueNote[],
): Result<FittedClaim | undefined, readonly JsonProblem[]> {
  const value = claimFromJson(definition, json);
  if (!value.ok) return err(value.error.map((one) => ({ ...one, path: [member, ...one.path] })));
  const { name, label } = definition;
  const say: SayAboutClaim = (kind, code, message) => notes.push({ kind, code, message, claim: name });
  if (target.takes !== undefined && !target.takes.names.has(name)) {
    say('left-out', 'not-taken', target.takes.why);
    return ok(undefined);
  }
  if (COMPOSITES.has(definition)) for (const set of value.value as readonly ClaimsSet[]) checkSet(set, target, say);
  const rule = target.rules.get(name);
  rule?.check(value.value, say);
  const written = definition.write(value.value);
  return ok({ name, key: int(label), value: rule?.reshape?.(written, say) ?? written });
}

/** A claim of a cloned token that is written byte for byte: one nobody knows, or a known one of an odd shape. */
export function fitKept(
  entry: { readonly key: CborNode; readonly bytes: Uint8Array; readonly value: Uint8Array },
  target: Target,
  notes: IssueNote[],
): FittedClaim | undefined {
  const written = { key: raw(entry.bytes), value: raw(entry.value) };
  const known = entry.key.kind === 'int' ? claimByLabel(Number(entry.key.value)) : undefined;
  if (known === undefined) return fitUnknown(spellKey(entry.key), written, target, notes);
  const { name } = known;
  if (target.takes !== undefined && !target.takes.names.has(name)) {
    notes.push({ kind: 'left-out', code: 'not-taken', message: target.takes.why, claim: name });
    return undefined;
  }
  const message = `${name} is not of the shape the standard gives it; it is written as it was received.`;
  notes.push({ kind: 'hint', code: 'odd-shape', message, claim: name });
  return { name, ...written };
}

function fitUnknown(
  name: string,
  entry: { readonly key: CborValue; readonly value: CborValue },
  target: Target,
  notes: IssueNote[],
): FittedClaim | undefined {
  const { unknownClaims } = target;
  if (unknownClaims !== undefined) notes.push({ ...unknownClaims, code: 'unknown-claim', claim: name });
  return unknownClaims?.kind === 'left-out' ? undefined : { name, ...entry };
}

const COMPOSITES: ReadonlySet<ClaimDefinition> = new Set<ClaimDefinition>([or, nor, and]);

/** Inside a composite nothing can be left out or reshaped without changing what its branches mean. */
function checkSet(set: ClaimsSet, target: Target, say: SayAboutClaim): void {
  for (const { name, definition, value } of set.entries) {
    if (definition === undefined || value === undefined) continue;
    if (target.takes !== undefined && !target.takes.names.has(name))
      say(
        'refused',
        'not-taken',
        `${name} stands inside, and leaving it out would change what is meant. ${target.takes.why}`,
      );
    target.rules.get(name)?.check(value, say);
    if (COMPOSITES.has(definition)) for (const inner of value as readonly ClaimsSet[]) checkSet(inner, target, say);
  }
}
