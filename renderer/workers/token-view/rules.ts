import type { CborNode } from '../../../shared/cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from '../../../shared/claims/claims-set.ts';
import type { Match } from '../../../shared/claims/codec/match-map.ts';
import { matchInWords } from '../../../shared/claims/codec/match-words.ts';
import type { HeaderRules } from '../../../shared/claims/definitions/cath.ts';
import type { UriRules } from '../../../shared/claims/definitions/catu.ts';
import { type RichText, rich, value } from '../../../shared/explain/rich-text.ts';
import { formatKey, unwrapMap } from './describe.ts';
import { COMPONENT_WORDS, componentOf } from './names.ts';

/** A rule inside a claim that has a row of its own in the table. */
export interface Rule {
  /** positions of the entries that lead to it; a lone match stands for its component */
  readonly path: readonly number[];
  /** positions among the claim's nested verdicts */
  readonly verdictPath: readonly number[];
  readonly name: string;
  /** labels that lead to it: `3/1` */
  readonly label: string;
  readonly means: RichText;
  readonly node: CborNode;
}

interface Part {
  readonly name: string;
  readonly words: RichText;
  readonly matches: readonly Match[];
}

/** The rules of a URL or header claim, one row a match. What could not be read has no row: the claim's own row says why. */
export function readRules(entry: ClaimEntry): readonly Rule[] {
  const map = unwrapMap(entry.node);
  if (map === undefined || entry.value === undefined) return [];
  const parts = partsOf(entry);
  const used = new Set<number>();
  return map.entries.flatMap(({ key, value: node }, index): readonly Rule[] => {
    const name = nameOf(entry.name, key);
    const place = parts.findIndex((part, at) => part?.name === name && !used.has(at));
    const part = parts[place];
    if (part === undefined) return [];
    used.add(place);
    const inner = unwrapMap(node)?.entries ?? [];
    return part.matches.map((match, at) => {
      // in the array form of older drafts there is no map: the match is the component's value
      const item = inner.length === part.matches.length ? inner[at] : undefined;
      const isLone = part.matches.length === 1;
      return {
        path: isLone ? [index] : [index, at],
        verdictPath: isLone ? [place] : [place, at],
        name: part.name,
        label: item === undefined ? formatKey(key) : `${formatKey(key)}/${formatKey(item.key)}`,
        means: rich`${part.words} ${matchInWords(match, 'singular')}`,
        node: item?.value ?? node,
      };
    });
  });
}

const nameOf = (claim: string, key: CborNode): string | undefined => {
  if (claim === 'cath') return key.kind === 'text' ? key.value : undefined;
  const component = componentOf(key);
  return component === undefined ? undefined : COMPONENT_WORDS[component];
};

/** In the order of the verdicts; `undefined` for a component nobody has defined. */
function partsOf(entry: ClaimEntry): readonly (Part | undefined)[] {
  if (entry.name === 'catu')
    return (entry.value as UriRules).map((rule) => {
      if (rule.component === 'unknown') return undefined;
      const name = COMPONENT_WORDS[rule.component];
      return { name, words: rich`${name.charAt(0).toUpperCase() + name.slice(1)}`, matches: rule.matches };
    });
  if (entry.name === 'cath')
    return (entry.value as HeaderRules).map(({ header, matches }) => ({
      name: header,
      words: rich`Header ${value(header)}`,
      matches,
    }));
  return [];
}

/** The claims sets inside a composite, of which or asks for one, and for all and nor for none. */
export function readBranches(entry: ClaimEntry): readonly ClaimsSet[] {
  return ['or', 'nor', 'and'].includes(entry.name) && Array.isArray(entry.value)
    ? (entry.value as readonly ClaimsSet[])
    : [];
}
