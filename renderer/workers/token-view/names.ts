import type { CborNode } from '../../../shared/cbor/node.ts';
import { MATCH_LABELS, type MatchType } from '../../../shared/claims/codec/match-map.ts';
import { HEADER } from '../../../shared/cose/headers.ts';
import { URI_COMPONENTS, type UriComponent } from '../../../shared/evaluate/uri.ts';
import { formatKey } from './describe.ts';

const HEADER_NAMES: ReadonlyMap<number, string> = new Map([
  [HEADER.alg, 'alg'],
  [HEADER.crit, 'crit'],
  [HEADER.contentType, 'content type'],
  [HEADER.kid, 'kid'],
  [HEADER.iv, 'IV'],
  [HEADER.partialIv, 'Partial IV'],
  [HEADER.typ, 'typ'],
]);

/** A header's name; one that nobody here knows is called by its label. Text labels of digits count as the number. */
export const headerName = (key: CborNode): string =>
  HEADER_NAMES.get(Number(formatKey(key).replaceAll('"', ''))) ?? formatKey(key);

/** Components as one says them. */
export const COMPONENT_WORDS: Readonly<Record<UriComponent, string>> = {
  scheme: 'scheme',
  host: 'host',
  port: 'port',
  path: 'path',
  query: 'query',
  'parent-path': 'parent path',
  filename: 'file name',
  stem: 'file stem',
  extension: 'extension',
};

const MATCH_WORDS: Readonly<Record<MatchType, string>> = {
  exact: 'is exactly',
  prefix: 'starts with',
  suffix: 'ends with',
  contains: 'contains',
  regex: 'matches pattern',
  sha256: 'has the SHA-256',
  'sha512-256': 'has the SHA-512/256',
};
const MATCH_BY_LABEL: ReadonlyMap<number, string> = new Map(
  Object.entries(MATCH_LABELS).map(([type, label]) => [label, MATCH_WORDS[type as MatchType]]),
);

export const componentOf = (key: CborNode): UriComponent | undefined =>
  key.kind === 'int' ? URI_COMPONENTS[Number(key.value)] : undefined;

export const matchWord = (key: CborNode): string | undefined =>
  key.kind === 'int' ? MATCH_BY_LABEL.get(Number(key.value)) : undefined;

/** A key inside a claim in words, `path (3)`; `depth` counts the maps around it within the claim. */
export function ruleName(claim: string, depth: number, key: CborNode): string {
  const label = formatKey(key);
  const word = ruleWord(claim, depth, key);
  return word === undefined || word === label ? label : `${word} (${label})`;
}

export function ruleWord(claim: string, depth: number, key: CborNode): string | undefined {
  const component = componentOf(key);
  if (claim === 'catu' && depth === 0 && component !== undefined) return COMPONENT_WORDS[component];
  if (claim === 'cath' && depth === 0 && key.kind === 'text') return key.value;
  return (claim === 'catu' || claim === 'cath') && depth === 1 ? matchWord(key) : undefined;
}
