import type { ClaimDefinition } from '../claims/claim.ts';
import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Proposal } from './mend.ts';
import type { ClaimVerdict } from './verdict.ts';

/** One rule of one component that refused. */
interface RefusedRule {
  readonly component: string;
  readonly type: string;
  readonly expected: string;
  readonly actual: string;
}

/** A rule that would let the request through. */
interface NewRule {
  readonly type: string;
  readonly value: Json;
  readonly sentence: RichText;
}

/**
 * catu with every rule that refused replaced by the narrowest one that covers what it covered, as far as that was meant,
 * and this request. None where a part of the URL says whose content it is: host, scheme, port, query.
 */
export function proposeUriRules(verdict: ClaimVerdict, before: Json, definition: ClaimDefinition): readonly Proposal[] {
  const refused = refusedRules(verdict);
  if (!isJsonObject(before) || refused.length === 0) return [];
  const alternatives = refused.map(mendRule);
  // the first choice for every rule, and then the second where there is one
  const rounds = Math.max(...alternatives.map((rules) => rules.length));
  if (alternatives.some((rules) => rules.length === 0)) return [];
  return Array.from({ length: rounds }, (_, round) => {
    const chosen = alternatives.map((rules) => rules[Math.min(round, rules.length - 1)]);
    return propose(before, refused, chosen, definition);
  }).filter((proposal) => proposal !== undefined);
}

function propose(
  before: JsonObject,
  refused: readonly RefusedRule[],
  chosen: readonly (NewRule | undefined)[],
  definition: ClaimDefinition,
): Proposal | undefined {
  let after: JsonObject = before;
  const sentences: RichText[] = [];
  for (const [index, rule] of refused.entries()) {
    const next = chosen[index];
    const matches = after[rule.component];
    if (next === undefined || !isJsonObject(matches)) return undefined;
    const kept = Object.fromEntries(Object.entries(matches).filter(([type]) => type !== rule.type));
    after = { ...after, [rule.component]: { ...kept, [next.type]: next.value } };
    sentences.push(rich`the ${WORDS.get(rule.component) ?? rule.component} ${next.sentence}`);
  }
  const [only] = refused;
  const isOne = refused.length === 1 && only !== undefined;
  return {
    definition,
    claimJson: after,
    change: {
      claim: definition.name,
      path: isOne ? [definition.name, only.component] : [definition.name],
      before: isOne ? (before[only.component] ?? null) : before,
      after: isOne ? (after[only.component] ?? null) : after,
      sentence: rich`Let ${sentences.flatMap((one, index): RichText => (index === 0 ? one : rich`, and ${one}`))}`,
    },
  };
}

/** Components that are not called by their name. */
const WORDS = new Map([
  ['parent-path', 'parent path'],
  ['filename', 'file name'],
  ['stem', 'file stem'],
]);

/** The leaves of catu's verdict that refused: `['catu', component, type]`. */
function refusedRules(verdict: ClaimVerdict): readonly RefusedRule[] {
  const { path, children } = verdict;
  const [, component, type] = path;
  if (path.length === 3 && children === undefined) {
    if (verdict.verdict !== 'fail' || verdict.expected === undefined || verdict.actual === undefined) return [];
    return [{ component: String(component), type: String(type), expected: verdict.expected, actual: verdict.actual }];
  }
  return (children ?? []).filter((child) => child !== verdict).flatMap(refusedRules);
}

function mendRule(rule: RefusedRule): readonly NewRule[] {
  if (rule.component === 'path' || rule.component === 'parent-path') return mendPath(rule);
  if (rule.component === 'extension' && rule.type === 'exact') return mendExtension(rule);
  const id = rule.component === 'filename' || rule.component === 'stem' ? sharedId(rule) : undefined;
  return id === undefined ? [] : [containing(id)];
}

/** An id that rule and path share holds wherever the path moves; else what they share from the left, by whole segments. */
function mendPath(rule: RefusedRule): readonly NewRule[] {
  if (!['exact', 'prefix', 'suffix', 'contains'].includes(rule.type)) return [];
  const rules: NewRule[] = [];
  const id = sharedId(rule);
  if (id !== undefined) rules.push(containing(id));
  if (rule.type === 'exact' || rule.type === 'prefix') {
    const shared = sharedSegments(rule.expected, rule.actual);
    if (shared !== undefined) {
      const sentence = rich`start with ${literal(shared)}, which it shares with the request`;
      rules.push({ type: 'prefix', value: shared, sentence });
    }
  }
  return rules;
}

/** A list of both: the playlist's rule that met its first segment. */
function mendExtension({ expected, actual }: RefusedRule): readonly NewRule[] {
  if (expected === '' || actual === '') return [];
  const pattern = `^(${[expected, actual].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;
  return [{ type: 'regex', value: pattern, sentence: rich`be ${literal(expected)} or ${literal(actual)}` }];
}

const containing = (id: string): NewRule => ({
  type: 'contains',
  value: id,
  sentence: rich`contain ${literal(id)}, which rule and request share`,
});

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The longest id of the rule that the request has as well: a UUID, or a segment with digits that names no file. */
function sharedId({ expected, actual }: RefusedRule): string | undefined {
  const segments = new Set(actual.split('/'));
  const ids = [
    ...(expected.match(UUID) ?? []).filter((id) => actual.includes(id)),
    ...expected.split('/').filter((segment) => isIdLike(segment) && segments.has(segment)),
  ];
  return ids.sort((a, b) => b.length - a.length)[0];
}

const isIdLike = (segment: string): boolean =>
  /^[\w~-]{6,}$/.test(segment) && /\d/.test(segment) && !/^\d+p$/.test(segment);

/** `/a/b/` of `/a/b/c.m3u8` and `/a/b/d.ts`; `undefined` when only the slash is shared. */
function sharedSegments(a: string, b: string): string | undefined {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end++;
  const shared = a.slice(0, a.lastIndexOf('/', end - 1) + 1);
  return /[^/]/.test(shared) ? shared : undefined;
}
