import { encodeHex } from '../../bytes/hex.ts';
import { type RichText, rich, value } from '../../explain/rich-text.ts';
import type { Match } from './match-map.ts';
import { spellKey } from './node-json.ts';

/** How a match is said: of many things, of one, and of one that does not. */
export type Voice = 'plural' | 'singular' | 'negated';

const VERBS: Readonly<Record<Match['type'], Readonly<Record<Voice, string>>>> = {
  exact: { plural: 'are', singular: 'is', negated: 'is not' },
  prefix: { plural: 'start with', singular: 'starts with', negated: 'does not start with' },
  suffix: { plural: 'end with', singular: 'ends with', negated: 'does not end with' },
  contains: { plural: 'contain', singular: 'contains', negated: 'does not contain' },
  regex: { plural: 'match', singular: 'matches', negated: 'does not match' },
  sha256: { plural: 'have the SHA-256', singular: 'has the SHA-256', negated: 'does not have the SHA-256' },
  'sha512-256': {
    plural: 'have the SHA-512/256',
    singular: 'has the SHA-512/256',
    negated: 'does not have the SHA-512/256',
  },
  unknown: {
    plural: 'are matched in an unknown way, by type',
    singular: 'is matched in an unknown way, by type',
    negated: 'cannot be matched by the unknown type',
  },
};

const EMPTY_WORDS: Readonly<Record<Voice, RichText>> = {
  plural: rich`are empty`,
  singular: rich`is empty`,
  negated: rich`is not empty`,
};

/** "contains “id”", "match “^/a/(.*)$” with group 1 “b”". `at` marks the first character of it that differs, 1-based. */
export function matchInWords(match: Match, voice: Voice, at?: number): RichText {
  if (match.type === 'exact' && match.text === '' && match.or === undefined) return EMPTY_WORDS[voice];
  const verb = VERBS[match.type][voice];
  const what = value(expectedText(match), at === undefined ? undefined : at - 1);
  if (match.type === 'regex') return rich`${verb} ${what}${groupsInWords(match.groups)}`;
  if (!('or' in match) || match.or === undefined) return [{ kind: 'text', text: `${verb} ` }, what];
  return rich`${verb} ${what}${match.or.flatMap((text) => rich` or ${value(text)}`)}`;
}

function groupsInWords(groups: readonly (string | null)[]): RichText {
  const held = groups.flatMap((text, index) =>
    text === null ? [] : [rich`group ${String(index + 1)} ${value(text)}`],
  );
  return held.length === 0 ? [] : rich` with ${inList(held, 'and')}`;
}

/** What the token asks for, as one text: digests and unknown values in hex and claims JSON. */
export function expectedText(match: Match): string {
  switch (match.type) {
    case 'regex':
      return match.pattern;
    case 'sha256':
    case 'sha512-256':
      return encodeHex(match.digest);
    case 'unknown':
      return spellKey(match.key);
    default:
      return match.text;
  }
}

/** "a, b and c". */
export function inList(items: readonly RichText[], word: 'and' | 'or'): RichText {
  return items.flatMap((item, index) => {
    if (index === 0) return item;
    return rich`${index === items.length - 1 ? ` ${word} ` : ', '}${item}`;
  });
}
