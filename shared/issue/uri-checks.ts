import type { UriRule, UriRules } from '../claims/definitions/catu.ts';
import type { SayAboutClaim } from './issue-note.ts';

/** The rules for components the standard has. */
export const knownRules = (rules: UriRules): readonly UriRule[] =>
  rules.filter((rule): rule is UriRule => rule.component !== 'unknown');

/** CAT.md b: with several matches in a component recipients take all, the first, or any of them. */
export function refuseSeveralMatches(rules: UriRules, say: SayAboutClaim, reads: string): void {
  for (const { component, matches } of knownRules(rules))
    if (matches.length > 1)
      say('refused', 'several-matches', `${component} has ${matches.length} matches, and ${reads}. Keep one.`);
}

/** A component nobody has defined is refused by some, ignored by others. */
export function refuseUnknownComponents(rules: UriRules, say: SayAboutClaim): void {
  if (rules.some(({ component }) => component === 'unknown'))
    say('refused', 'unknown-component', 'It names a URI component that no recipient knows. Take it out.');
}

/** CAT.md g2: where the public sources part ways, and nobody can say who is right. */
export function hintOpenComponents(rules: UriRules, say: SayAboutClaim): void {
  for (const { component, matches } of knownRules(rules)) {
    const types = matches.map(({ type }) => type);
    if (component === 'extension' && (types.includes('exact') || types.includes('prefix')))
      say('hint', 'extension-dot', 'Recipients differ on whether an extension has its dot: “contains” fits both.');
    if (component === 'parent-path' && (types.includes('exact') || types.includes('suffix')))
      say(
        'hint',
        'parent-path-slash',
        'Recipients differ on whether a parent path ends with a slash: “starts with” fits both.',
      );
  }
}

/** For recipients that read extensions with their dot and parent paths without a slash at the end. */
export function refuseNeverMet(rules: UriRules, say: SayAboutClaim): void {
  for (const { component, matches } of knownRules(rules))
    for (const match of matches) {
      if (!('text' in match)) continue;
      const { type, text } = match;
      if (component === 'extension' && (type === 'exact' || type === 'prefix') && text !== '' && !text.startsWith('.'))
        say('refused', 'extension-dot', `An extension is read with its dot here: write “.${text}”.`);
      if (component === 'parent-path' && (type === 'exact' || type === 'suffix') && text.endsWith('/'))
        say('refused', 'parent-path-slash', 'A parent path is read without a slash at its end here.');
    }
}
