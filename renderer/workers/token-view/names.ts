import type { CborNode } from '../../../shared/cbor/node.ts';
import { HEADER } from '../../../shared/cose/headers.ts';
import { formatKey } from './describe.ts';

const HEADER_NAMES: ReadonlyMap<string, string> = new Map([
  [HEADER.alg, 'alg'],
  [HEADER.crit, 'crit'],
  [HEADER.contentType, 'content type'],
  [HEADER.kid, 'kid'],
  [HEADER.iv, 'IV'],
  [HEADER.partialIv, 'Partial IV'],
  [HEADER.typ, 'typ'],
].map(([label, name]) => [String(label), String(name)]));

/** A header's name; one that nobody here knows is called by its label. Text labels of digits count as the number. */
export const headerName = (key: CborNode): string => HEADER_NAMES.get(formatKey(key).replaceAll('"', '')) ?? formatKey(key);

/** A key inside a claim in words, `path (3)`; `path` leads from the claim's name to the map it stands in. */
export function ruleName(_path: readonly string[], key: CborNode): string {
  return formatKey(key);
}
