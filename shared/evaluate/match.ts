import { sha256, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { RE2JS } from 're2js';
import { equalBytes } from '../bytes/equal-bytes.ts';
import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { RegexBudget } from '../claims/claim.ts';
import type { DigestMatch, RegexMatch, TextMatchType } from '../claims/codec/match-map.ts';
import type { Rules } from '../verifiers/rules.ts';

/** Whether a text matches, and where it first does not. */
export interface Comparison {
  readonly matches: boolean;
  /**
   * 1-based position, in UTF-16 units, of the first character that differs: in both texts for `exact` and `prefix`, in
   * the request's text for `suffix`, in the token's for `contains` (1 + the longest beginning of it that was found)
   */
  readonly at?: number;
}

const MATCHES: Comparison = { matches: true };

/** Compares character by character; the caller has normalised what is to be normalised. */
export function compareText(type: TextMatchType, expected: string, actual: string): Comparison {
  switch (type) {
    case 'exact':
      return expected === actual ? MATCHES : { matches: false, at: 1 + commonPrefix(expected, actual) };
    case 'prefix':
      return actual.startsWith(expected) ? MATCHES : { matches: false, at: 1 + commonPrefix(expected, actual) };
    case 'suffix':
      if (actual.endsWith(expected)) return MATCHES;
      return { matches: false, at: Math.max(1, actual.length - commonSuffix(expected, actual)) };
    case 'contains':
      return compareInside(expected, actual);
  }
}

function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let i = 0;
  while (i < end && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

function commonSuffix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let i = 0;
  while (i < end && a.charCodeAt(a.length - 1 - i) === b.charCodeAt(b.length - 1 - i)) i++;
  return i;
}

/** Up to this product of lengths the built-in search is quick whatever stands there. */
const SMALL = 1 << 16;

/** Knuth–Morris–Pratt: linear whatever stands there, and it knows the longest beginning that was found. */
function compareInside(expected: string, actual: string): Comparison {
  if (expected.length * actual.length <= SMALL && actual.includes(expected)) return MATCHES;
  if (expected.length === 0) return MATCHES;
  const fallback = new Int32Array(expected.length);
  for (let i = 1, k = 0; i < expected.length; i++) {
    while (k > 0 && expected.charCodeAt(i) !== expected.charCodeAt(k)) k = fallback[k - 1] ?? 0;
    if (expected.charCodeAt(i) === expected.charCodeAt(k)) k++;
    fallback[i] = k;
  }
  let longest = 0;
  for (let i = 0, k = 0; i < actual.length; i++) {
    while (k > 0 && actual.charCodeAt(i) !== expected.charCodeAt(k)) k = fallback[k - 1] ?? 0;
    if (actual.charCodeAt(i) === expected.charCodeAt(k)) k++;
    if (k === expected.length) return MATCHES;
    if (k > longest) longest = k;
  }
  return { matches: false, at: 1 + longest };
}

/** What a digest or an expression came to. */
export type MatchOutcome =
  | { readonly kind: 'matches' }
  | { readonly kind: 'differs' /** the text that was compared, when it is not the whole */; readonly actual?: string }
  /** a capture group holds something else than the token asks for */
  | { readonly kind: 'group-differs'; readonly group: number; readonly expected: string; readonly actual: string }
  /** this recipient does not take the value as it is written, and says so */
  | { readonly kind: 'ill-formed'; readonly why: string }
  /** this recipient never matches by such a rule */
  | { readonly kind: 'never' }
  | { readonly kind: 'cannot-judge'; readonly why: string };

const MATCHED: MatchOutcome = { kind: 'matches' };

/** The hash a recipient compares, over the UTF-8 of the text (CAT.md b: three of them mean different things by −2). */
export function compareDigest(match: DigestMatch, actual: string, rules: Rules['uri']): MatchOutcome {
  const wanted = match.type === 'sha256' ? rules.sha256Value : rules.sha512_256;
  if (wanted === 'never') return { kind: 'never' };
  const asHexText = wanted === 'hex-text' || wanted === 'sha512-hex-text';
  if (asHexText !== (match.hexText === true)) {
    return {
      kind: 'ill-formed',
      why: asHexText ? 'takes hex digits in text, not bytes' : 'takes bytes, not hex digits',
    };
  }
  const digest = HASHES[wanted](encodeUtf8(actual));
  return equalBytes(digest, match.digest) ? MATCHED : { kind: 'differs', actual: encodeHex(digest) };
}

const HASHES = {
  bytes: sha256,
  'hex-text': sha256,
  fips: sha512_256,
  sha512,
  'sha512-hex-text': sha512,
  'sha512-truncated': (text: Uint8Array) => sha512(text).subarray(0, 32),
} as const;

/** One token's share: about 80 ms at worst on the machine it was measured on, a thousandth of it for a plain rule. */
const BUDGET = 2_000_000;
/** Compiling an instruction, or a character of a pattern, costs about as much as running it over this many characters. */
const COMPILE_COST = 100;
/** Longest pattern that is compiled at all. */
const MAX_PATTERN = 1_000;

export const createRegexBudget = (): RegexBudget => ({ left: BUDGET });

/**
 * Runs an expression in RE2's linear-time engine, never in the host's, and only as far as the budget goes. POSIX finds
 * the longest of the leftmost matches; that changes what groups hold, never whether there is a match.
 */
export function matchRegex(match: RegexMatch, actual: string, rules: Rules['uri'], budget: RegexBudget): MatchOutcome {
  if (rules.regex === 'never') return { kind: 'never' };
  if ((rules.regex === 'text') !== (match.bare === true)) {
    const why = match.bare
      ? 'takes the pattern in an array, not as text'
      : 'takes the pattern as text, not in an array';
    return { kind: 'ill-formed', why };
  }
  const isFlag = (group: string | null) => group !== null || rules.regexGroups === 'error';
  if (rules.regexGroups !== 'constraints' && match.groups.some(isFlag)) {
    return { kind: 'ill-formed', why: 'takes what follows the pattern for flags' };
  }
  const groups = rules.regexGroups === 'constraints' ? match.groups : [];
  const longest = rules.regex !== 'javascript-search';
  const regex = compile(match.pattern, longest, budget);
  if (typeof regex === 'string') return { kind: 'cannot-judge', why: regex };
  const cost = regex.programSize() * (actual.length + 1);
  if (cost > budget.left) return { kind: 'cannot-judge', why: 'would take too long on a text of this length' };
  budget.left -= cost;
  if (groups.every((group) => group === null)) return regex.test(actual) ? MATCHED : { kind: 'differs' };
  return matchGroups(regex, groups, actual);
}

function matchGroups(regex: RE2JS, groups: readonly (string | null)[], actual: string): MatchOutcome {
  const matcher = regex.matcher(actual);
  if (!matcher.find()) return { kind: 'differs' };
  for (const [index, expected] of groups.entries()) {
    if (expected === null) continue;
    const group = index + 1;
    if (group > matcher.groupCount()) return { kind: 'ill-formed', why: `has no group ${group}` };
    const held = matcher.group(group) ?? '';
    if (held !== expected) return { kind: 'group-differs', group, expected, actual: held };
  }
  return MATCHED;
}

/** Compiled expressions of the tokens judged last: one token meets many requests. */
const compiled = new Map<string, RE2JS>();
const MAX_COMPILED = 64;

/** The expression, or why there is none. */
function compile(pattern: string, longest: boolean, budget: RegexBudget): RE2JS | string {
  const key = (longest ? 'L' : 'F') + pattern;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  budget.left -= pattern.length * COMPILE_COST;
  if (budget.left <= 0) return 'is one of too many';
  // IEEE 1003.1 §9.3.5: collating symbols and equivalence classes, which RE2 would read as something else
  if (/\[[^\]]*\[[.=]/.test(pattern)) return 'uses a collating element';
  try {
    const regex = RE2JS.compile(pattern, longest ? RE2JS.LONGEST_MATCH : 0);
    budget.left -= regex.programSize() * COMPILE_COST;
    if (compiled.size >= MAX_COMPILED) compiled.delete(compiled.keys().next().value ?? '');
    compiled.set(key, regex);
    return regex;
  } catch (error) {
    // RE2JS throws for what it cannot express: look-around, back-references, bad syntax
    const message = error instanceof Error ? error.message : 'no reason given';
    return `could not be compiled: ${message.replace(/^error parsing regexp: /, '')}`;
  }
}
