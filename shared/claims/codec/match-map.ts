import { decodeHex, encodeHex } from '../../bytes/hex.ts';
import { array, bytes, int, NULL, text } from '../../cbor/build.ts';
import { isComplete } from '../../cbor/is-complete.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { err, ok } from '../../result.ts';
import type { JsonProblem, ReadContext } from '../claim.ts';
import { bytesFromJson } from './bytes.ts';
import { bare, type Codec, type FromJson, problem, under, wrongType } from './codec.ts';
import { labelOf, type OtherEntry } from './group.ts';
import { nodeToJson, numberRepeats, spellKey, withoutNumber } from './node-json.ts';
import { textCodec } from './text.ts';

/** How catu and cath compare one string (CTA-5007-B §4.6.10), by label. */
export const MATCH_LABELS = {
  exact: 0,
  prefix: 1,
  suffix: 2,
  contains: 3,
  regex: 4,
  sha256: -1,
  'sha512-256': -2,
} as const;

export type MatchType = keyof typeof MATCH_LABELS;
export type TextMatchType = 'exact' | 'prefix' | 'suffix' | 'contains';
export type DigestMatchType = 'sha256' | 'sha512-256';

export type Match = TextMatch | RegexMatch | DigestMatch | UnknownMatch;

export interface TextMatch {
  readonly type: TextMatchType;
  readonly text: string;
  /** further texts of which one may stand instead: only the CloudFront sample writes them */
  readonly or?: readonly string[];
}
export interface RegexMatch {
  readonly type: 'regex';
  readonly pattern: string;
  /** what the capture groups must hold, in order; `null` = anything */
  readonly groups: readonly (string | null)[];
  /** written as bare text instead of an array (cat-token) */
  readonly bare?: boolean;
}
export interface DigestMatch {
  readonly type: DigestMatchType;
  readonly digest: Uint8Array;
  /** written as hex digits in text instead of bytes (node-cat) */
  readonly hexText?: boolean;
}
/** A match type nobody has defined, kept as it stands. */
export interface UnknownMatch extends OtherEntry {
  readonly type: 'unknown';
}

const TYPE_BY_LABEL = new Map<number, MatchType>(
  Object.entries(MATCH_LABELS).map(([type, label]) => [label, type as MatchType]),
);

/** Spellings in claims JSON: the standard's, labels in decimal, node-cat's `exact-match`, underscores for hyphens. */
const TYPE_BY_NAME = new Map<string, MatchType>(
  [...TYPE_BY_LABEL].flatMap(([label, type]) => [
    [String(label), type],
    [type, type],
    [`${type}-match`, type],
  ]),
);
const typeByName = (name: string): MatchType | undefined => TYPE_BY_NAME.get(name.replaceAll('_', '-'));

/** `{ + match-type: value }` ↔ `{ "contains": "id" }`; at least one, usually exactly one. */
export const matchMapCodec: Codec<readonly Match[]> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind === 'array') return readArrayMatch(item, ctx);
    if (item.kind !== 'map') return wrongType(item, 'a map of matches', ctx);
    if (item.entries.length === 0) ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must have a match');
    if (item.entries.length > 1) {
      const draft = readDraft2023(item, ctx);
      if (draft !== undefined) return [draft];
      ctx.issue(item, 'ERR_CLAIM_RANGE', 'Several matches: recipients take all, the first, or any of them', 'warning');
    }
    const matches: Match[] = [];
    for (const { key, value } of item.entries) {
      const type = TYPE_BY_LABEL.get(labelOf(key, ctx) ?? Number.NaN);
      const match = type === undefined ? unknownMatch(key, value, ctx) : readMatch(type, value, ctx);
      if (match !== undefined) matches.push(match);
    }
    return matches;
  },
  write: (matches) => ({ kind: 'map', entries: matches.map(writeMatch) }),
  toJson: (matches) => numberRepeats(matches.map(matchToJson)),
  fromJson(json) {
    if (Array.isArray(json)) return arrayMatchFromJson(json);
    if (!isJsonObject(json)) return problem('Must be an object of matches, as { "contains": "…" }');
    const matches: Match[] = [];
    const problems: JsonProblem[] = [];
    for (const [name, one] of Object.entries(json)) {
      const match = matchFromJson(withoutNumber(name), one);
      if (match.ok) matches.push(match.value);
      else problems.push(...under(name, match.error));
    }
    if (matches.length === 0 && problems.length === 0) return problem('Must have a match');
    return problems.length === 0 ? ok(matches) : err(problems);
  },
};

function readMatch(type: MatchType, node: CborNode, ctx: ReadContext): Match | undefined {
  const value = bare(node, ctx);
  if (type === 'regex') return readRegex(value, ctx);
  if (type === 'sha256' || type === 'sha512-256') return readDigest(type, value, ctx);
  if (value.kind === 'array') return readAlternatives(type, value, ctx);
  const read = textCodec.read(value, ctx);
  return read === undefined ? undefined : { type, text: read };
}

function readAlternatives(
  type: TextMatchType,
  node: CborNode & { kind: 'array' },
  ctx: ReadContext,
): Match | undefined {
  ctx.issue(node, 'ERR_CLAIM_TYPE', 'Must be one text; only the CloudFront sample takes several');
  const texts = node.items.flatMap((item) => (item.kind === 'text' ? [item.value] : []));
  const [first, ...or] = texts;
  return first === undefined ? undefined : { type, text: first, or };
}

function readRegex(node: CborNode, ctx: ReadContext): Match | undefined {
  if (node.kind === 'text') {
    ctx.issue(node, 'ERR_CLAIM_TYPE', 'Must be an array with the pattern; only cat-token takes bare text', 'warning');
    sayPerlSyntax(node, node.value, ctx);
    return { type: 'regex', pattern: node.value, groups: [], bare: true };
  }
  if (node.kind !== 'array') return wrongType(node, 'an array with the pattern', ctx);
  return readRegexItems(node, node.items, ctx);
}

function readRegexItems(node: CborNode, items: readonly CborNode[], ctx: ReadContext): Match | undefined {
  const [first, ...rest] = items;
  if (first === undefined) {
    ctx.issue(node, 'ERR_CLAIM_EMPTY', 'Must have a pattern');
    return undefined;
  }
  const pattern = textCodec.read(first, ctx);
  if (pattern === undefined) return undefined;
  sayPerlSyntax(first, pattern, ctx);
  const groups = rest.map((item) => {
    if (item.kind === 'simple' && item.value === 22) return null;
    return textCodec.read(item, ctx) ?? null;
  });
  return { type: 'regex', pattern, groups };
}

/** CTA-5007-B §4.6.10 takes POSIX extended expressions (IEEE 1003.1 §9.4), which leave Perl's additions undefined. */
function sayPerlSyntax(node: CborNode, pattern: string, ctx: ReadContext): void {
  const found = /\\[a-zA-Z]|\(\?|[*+?}][?+]/.exec(pattern)?.[0];
  if (found !== undefined) {
    ctx.issue(node, 'ERR_CLAIM_RANGE', `POSIX expressions have no ${found}: recipients differ`, 'warning');
  }
}

function readDigest(type: DigestMatchType, node: CborNode, ctx: ReadContext): Match | undefined {
  if (node.kind === 'text') {
    const hex = decodeHex(node.value);
    if (!hex.ok) return wrongType(node, 'bytes', ctx);
    ctx.issue(node, 'ERR_CLAIM_TYPE', 'Must be bytes; only node-cat takes hex digits', 'warning');
    sayDigestLength(node, hex.value, ctx);
    return { type, digest: hex.value, hexText: true };
  }
  if (node.kind !== 'bytes') return wrongType(node, 'bytes', ctx);
  sayDigestLength(node, node.value, ctx);
  return { type, digest: node.value };
}

/** Some recipients compare a whole SHA-512 (CAT.md b), so a wrong length is said and left to the judgement. */
function sayDigestLength(node: CborNode, digest: Uint8Array, ctx: ReadContext): void {
  if (digest.length !== 32) {
    ctx.issue(node, 'ERR_CLAIM_RANGE', `Must be 32 bytes, are ${digest.length}`, 'warning');
  }
}

function unknownMatch(key: CborNode, value: CborNode, ctx: ReadContext): Match | undefined {
  ctx.issue(key, 'ERR_CLAIM_UNKNOWN', `No match type ${spellKey(key)} is defined`);
  return isComplete(key) && isComplete(value) ? { type: 'unknown', key, value } : undefined;
}

/** `[3, "id"]`: the shape of mid-2024 drafts. A regular expression's items follow its type. */
function readArrayMatch(node: CborNode & { kind: 'array' }, ctx: ReadContext): readonly Match[] | undefined {
  const [first, second] = node.items;
  const type = first?.kind === 'int' ? TYPE_BY_LABEL.get(Number(first.value)) : undefined;
  if (first === undefined || second === undefined || type === undefined) {
    return wrongType(node, 'a map of matches', ctx);
  }
  ctx.dialect('array-matches', node);
  if (type === 'regex' && second.kind === 'text') return asOne(readRegexItems(node, node.items.slice(1), ctx));
  if (node.items.length > 2) ctx.issue(node, 'ERR_CLAIM_RANGE', 'Must be a type and one value');
  return asOne(readMatch(type, second, ctx));
}

/** `{0: 3, 2: "^/.*", 4: "title"}`: the 2023 draft's expression with what its group must hold. */
function readDraft2023(node: CborNode & { kind: 'map' }, ctx: ReadContext): Match | undefined {
  const at = (label: number) => node.entries.find(({ key }) => key.kind === 'int' && key.value === label)?.value;
  const pattern = at(2);
  const group = at(4);
  if (at(0)?.kind !== 'int' || pattern?.kind !== 'text') return undefined;
  ctx.dialect('draft-2023-catu', node);
  return { type: 'regex', pattern: pattern.value, groups: group?.kind === 'text' ? [group.value] : [] };
}

const asOne = (match: Match | undefined): readonly Match[] => (match === undefined ? [] : [match]);

function writeMatch(match: Match): { key: CborValue; value: CborValue } {
  if (match.type === 'unknown') return match;
  return { key: int(MATCH_LABELS[match.type]), value: writeMatchValue(match) };
}

function writeMatchValue(match: Exclude<Match, UnknownMatch>): CborValue {
  if (match.type === 'regex') {
    return array(text(match.pattern), ...match.groups.map((group) => (group === null ? NULL : text(group))));
  }
  if ('digest' in match) return bytes(match.digest);
  return match.or === undefined ? text(match.text) : array(text(match.text), ...match.or.map(text));
}

function matchToJson(match: Match): [string, Json] {
  if (match.type === 'unknown') return [spellKey(match.key), nodeToJson(match.value)];
  if (match.type === 'regex') {
    return [match.type, match.groups.length === 0 ? match.pattern : [match.pattern, ...match.groups]];
  }
  if ('digest' in match) return [match.type, { hex: encodeHex(match.digest) }];
  return [match.type, match.or === undefined ? match.text : [match.text, ...match.or]];
}

function arrayMatchFromJson(json: readonly Json[]): FromJson<readonly Match[]> {
  const [label, ...rest] = json;
  const type = typeof label === 'number' ? TYPE_BY_LABEL.get(label) : undefined;
  if (type === undefined) return problem('Must be a match type from −2 to 4', 0);
  if (rest.length === 0 || (rest.length > 1 && type !== 'regex')) return problem('Must be [type, value]');
  const match = matchFromJson(type, type === 'regex' && !Array.isArray(rest[0]) ? rest : (rest[0] ?? null));
  return match.ok ? ok([match.value]) : err(under(1, match.error));
}

function matchFromJson(name: string, json: Json): FromJson<Match> {
  const type = typeByName(name);
  if (type === undefined) return problem(`Must be one of ${Object.keys(MATCH_LABELS).join(', ')}`);
  if (type === 'regex') return regexFromJson(json);
  if (type === 'sha256' || type === 'sha512-256') {
    const digest = bytesFromJson(json);
    if (!digest.ok) return digest;
    return digest.value.length === 32 ? ok({ type, digest: digest.value }) : problem('Must be 32 bytes');
  }
  return typeof json === 'string' ? ok({ type, text: json }) : problem('Must be one text');
}

function regexFromJson(json: Json): FromJson<Match> {
  const [pattern, ...rest] = Array.isArray(json) ? (json as readonly Json[]) : [json];
  if (typeof pattern !== 'string') return problem('Must be a pattern, or a list of it and what its groups must hold');
  const groups: (string | null)[] = [];
  for (const [index, group] of rest.entries()) {
    if (group !== null && typeof group !== 'string') return problem('Must be text or null', index + 1);
    groups.push(group);
  }
  return ok({ type: 'regex', pattern, groups });
}
