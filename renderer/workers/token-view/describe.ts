import { encodeHex } from '../../../shared/bytes/hex.ts';
import type { CborMap, CborNode, Span } from '../../../shared/cbor/node.ts';
import type { ClaimEntry } from '../../../shared/claims/claims-set.ts';
import { isJsonObject, type Json } from '../../../shared/json.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { formatTimeOfDay } from '../../ui/local-time.ts';

const MAX_NOTE = 120;

export type MapNode = CborMap<CborNode> & Span;

/** The map in an item, out of the tag 259 that some encoders put around maps. */
export function unwrapMap(node: CborNode | undefined): MapNode | undefined {
  let inner = node;
  while (inner?.kind === 'tag' && inner.tag === 259) inner = inner.value;
  return inner?.kind === 'map' ? inner : undefined;
}

/** A map key as EDN writes it: `312`, `"name"`. */
export function formatKey(key: CborNode): string {
  switch (key.kind) {
    case 'int':
      return String(key.value);
    case 'text':
      return JSON.stringify(key.value);
    case 'float':
      return Number.isNaN(key.value) ? 'NaN' : String(key.value);
    case 'bytes':
      return `h'${encodeHex(key.value)}'`;
    default:
      return describeNode(key);
  }
}

/** What an item is, in a few words, when nothing more is known about it. */
export function describeNode(node: CborNode): string {
  switch (node.kind) {
    case 'int':
    case 'float':
      return String(node.value);
    case 'text':
      return cut(JSON.stringify(node.value));
    case 'bytes':
      return node.value.length <= 16 ? `h'${encodeHex(node.value)}'` : `${node.value.length} bytes`;
    case 'array':
      return `array of ${node.items.length}`;
    case 'map':
      return `map of ${node.entries.length}`;
    case 'tag':
      return `tag ${node.tag}, ${describeNode(node.value)}`;
    case 'simple':
      return { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' }[node.value] ?? `simple(${node.value})`;
    case 'broken':
      return node.partial === undefined ? 'cut off' : `${describeNode(node.partial as CborNode)}, cut off`;
  }
}

/** A claim's value in a few words for the byte map: `11:04:00`, `GET, HEAD`, `2 components`. */
export function describeClaim(entry: ClaimEntry): string {
  const { definition, value } = entry;
  if (definition === undefined || value === undefined) return describeNode(entry.node);
  const at = timeOf(entry);
  return at === undefined ? describeJson(definition.toJson(value)) : formatTimeOfDay(at);
}

/** The moment a time claim says. */
export function timeOf(entry: ClaimEntry): Seconds | undefined {
  if (!['exp', 'nbf', 'iat'].includes(entry.name)) return undefined;
  if (typeof entry.value === 'number') return seconds(entry.value);
  return typeof entry.value === 'bigint' ? seconds(Number(entry.value)) : undefined;
}

function describeJson(json: Json): string {
  if (typeof json === 'string') return cut(JSON.stringify(json));
  if (Array.isArray(json))
    return cut(json.map((item) => (typeof item === 'string' ? item : describeJson(item))).join(', '));
  if (!isJsonObject(json)) return JSON.stringify(json);
  const keys = Object.keys(json);
  if (keys.length === 1 && keys[0] === 'hex' && typeof json['hex'] === 'string')
    return json['hex'].length > 16 ? `${json['hex'].slice(0, 8)}…` : json['hex'];
  return keys.length === 1 ? `${keys[0]}` : `${keys.length} parts`;
}

const cut = (text: string): string => (text.length > MAX_NOTE ? `${text.slice(0, MAX_NOTE)}…` : text);
