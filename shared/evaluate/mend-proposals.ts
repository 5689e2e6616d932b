import type { ClaimDefinition } from '../claims/claim.ts';
import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import { nodeToJson } from '../claims/codec/node-json.ts';
import { duration, value as literal, rich, time } from '../explain/rich-text.ts';
import type { Json } from '../json.ts';
import { seconds } from '../units.ts';
import type { Rules } from '../verifiers/rules.ts';
import type { MendChange, Proposal } from './mend.ts';
import { proposeUriRules } from './mend-uri.ts';
import type { RecipientFacts, RequestFacts } from './request.ts';
import type { ClaimVerdict } from './verdict.ts';

/** A claim that refused, and everything a change may be measured by. */
export interface Refusal {
  readonly entry: ClaimEntry;
  readonly verdict: ClaimVerdict;
  readonly set: ClaimsSet;
  readonly request: RequestFacts;
  readonly recipient: RecipientFacts;
  readonly rules: Rules;
}

/** Seconds a token lasts when it does not tell how long it was meant to. */
const DEFAULT_LIFETIME = 3600;

/** Changes that may let the request through, the smallest first; none for what is a rights decision. */
export function proposeFor(refusal: Refusal): readonly Proposal[] {
  const { definition } = refusal.entry;
  if (definition === undefined) return [];
  switch (definition.name) {
    case 'exp':
      return [proposeExpiry(refusal, definition)];
    case 'nbf':
    case 'iat':
      return [proposeStart(refusal, definition)];
    case 'catv':
      return [replace(refusal, definition, 1, rich`Write version ${'1'}`)];
    default:
  }
  switch (refusal.verdict.code) {
    case 'DENY_METHOD':
      return proposeMethod(refusal, definition);
    case 'DENY_URI':
      return definition.name === 'catu'
        ? proposeUriRules(refusal.verdict, jsonOf(refusal.entry, definition), definition)
        : [];
    case 'DENY_ILL_FORMED':
    case 'DENY_VERIFIER_ERROR':
    case 'DENY_UNKNOWN_CLAIM':
      return proposeRewriting(refusal, definition);
    default:
      return [];
  }
}

/** As long as it was meant to last, counted from now. */
function proposeExpiry({ entry, set, recipient }: Refusal, definition: ClaimDefinition): Proposal {
  const before = entry.value === undefined ? undefined : Number(entry.value);
  const from = numberAt(set, 'iat') ?? numberAt(set, 'nbf');
  const meant = before === undefined || from === undefined ? 0 : before - from;
  const lifetime = meant > 0 ? Math.ceil(meant) : DEFAULT_LIFETIME;
  const after = Math.ceil(recipient.now) + lifetime;
  const how =
    meant > 0 ? rich`as long as it was meant to last` : rich`since it does not tell how long it was meant to last`;
  const sentence = rich`Let it last until ${time(seconds(after))}, ${duration(seconds(lifetime))} from now, ${how}`;
  return replace({ entry }, definition, after, sentence);
}

function proposeStart({ entry, recipient }: Refusal, definition: ClaimDefinition): Proposal {
  const after = Math.floor(recipient.now);
  return replace({ entry }, definition, after, rich`Let ${definition.name} be now, ${time(seconds(after))}`);
}

function proposeMethod({ entry, request }: Refusal, definition: ClaimDefinition): readonly Proposal[] {
  const { method } = request;
  const methods = jsonOf(entry, definition);
  if (method === undefined || !Array.isArray(methods)) return [];
  return [replace({ entry }, definition, [...methods, method], rich`Allow ${literal(method)} as well`)];
}

/** The same demand in today's label and shape: no wider, and readable to a recipient of today. */
function proposeRewriting({ entry }: Refusal, definition: ClaimDefinition): readonly Proposal[] {
  if (entry.value === undefined) return [];
  const claimJson = definition.toJson(entry.value);
  const change: MendChange = {
    claim: definition.name,
    path: [definition.name],
    before: nodeToJson(entry.node),
    after: claimJson,
    sentence:
      entry.label === definition.label
        ? rich`Write ${literal(definition.name)} in today’s form`
        : rich`Write ${literal(definition.name)} at label ${String(definition.label)}, in today’s form`,
  };
  return [{ change, definition, claimJson }];
}

/** A change of the whole claim. */
function replace(
  { entry }: Pick<Refusal, 'entry'>,
  definition: ClaimDefinition,
  after: Json,
  sentence: MendChange['sentence'],
): Proposal {
  const change = {
    claim: definition.name,
    path: [definition.name],
    before: jsonOf(entry, definition),
    after,
    sentence,
  };
  return { change, definition, claimJson: after };
}

const jsonOf = (entry: ClaimEntry, definition: ClaimDefinition): Json =>
  entry.value === undefined ? nodeToJson(entry.node) : definition.toJson(entry.value);

function numberAt(set: ClaimsSet, name: string): number | undefined {
  const value = set.entries.find((entry) => entry.name === name)?.value;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}
