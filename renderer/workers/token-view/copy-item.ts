import { encodeHex } from '../../../shared/bytes/hex.ts';
import { formatEdn } from '../../../shared/cbor/edn.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import { nodeToJson } from '../../../shared/claims/codec/node-json.ts';
import type { Inspection } from '../../../shared/inspect/inspection.ts';
import type { Json } from '../../../shared/json.ts';
import { formatKey, unwrapMap } from './describe.ts';
import { headerName, ruleWord } from './names.ts';
import type { ItemCopies } from './protocol.ts';
import { readBranches } from './rules.ts';

const WIDTH = 80;

interface Place {
  readonly node: CborNode;
  readonly json: Json;
  readonly names: readonly string[];
  readonly labels: readonly string[];
}

/** The item of a link id as JSON, EDN, hex and path; `undefined` when the token has none of that id. */
export function copyItem(inspection: Inspection, id: string): ItemCopies | undefined {
  const place = findPlace(inspection, id);
  if (place === undefined) return undefined;
  const { node, json, names, labels } = place;
  const { bytes } = inspection.envelope;
  const named = names.join('.');
  const numbered = labels.join('/');
  return {
    json: JSON.stringify(json, null, 2),
    edn: formatEdn(node, { width: WIDTH }).text,
    hex: encodeHex(bytes.subarray(node.start, node.end)),
    path: numbered === '' || named === numbered ? named : `${named} (${numbered})`,
  };
}

function findPlace(inspection: Inspection, id: string): Place | undefined {
  const { envelope, claims } = inspection;
  const [part = '', ...steps] = id.split('/');
  const plain = (node: CborNode | undefined, name: string): Place | undefined =>
    node === undefined ? undefined : { node, json: nodeToJson(node), names: [name], labels: [] };
  switch (part) {
    case 'envelope':
      return plain(envelope.root, 'token');
    case 'proof':
      return plain(envelope.proof?.node, envelope.kind === 'cose-sign1' ? 'signature' : 'MAC');
    case 'protected':
    case 'unprotected': {
      const { node, map } = envelope[part];
      const entry = unwrapMap(map)?.entries[Number(steps[0])];
      if (entry === undefined) return plain(node, part);
      const { key, value } = entry;
      return { ...placeOf(value), names: [part, headerName(key)], labels: [formatKey(key)] };
    }
    case 'payload': {
      if (claims === undefined) return plain(envelope.payload?.node, 'payload');
      if (steps.length === 0) return { node: claims.node, json: claimsToJson(claims), names: ['claims'], labels: [] };
      return claimPlace(claims, steps.map(Number));
    }
    default:
      return undefined;
  }
}

const placeOf = (node: CborNode): Pick<Place, 'node' | 'json'> => ({ node, json: nodeToJson(node) });

function claimPlace(claims: NonNullable<Inspection['claims']>, steps: readonly number[]): Place | undefined {
  const [index = -1, ...rest] = steps;
  const entry = claims.entries[index];
  if (entry === undefined) return undefined;
  const { definition, value, node, name, keyNode } = entry;
  const json = definition !== undefined && value !== undefined ? definition.toJson(value) : nodeToJson(node);
  const claim: Place = { node, json, names: [name], labels: [formatKey(keyNode)] };
  const [first, ...inner] = rest;
  if (first === undefined) return claim;
  const branch = readBranches(entry)[first];
  if (branch === undefined) return insidePlace(claim, name, rest);
  const head = { names: [name, `branch ${first + 1}`], labels: [formatKey(keyNode), String(first)] };
  if (inner.length === 0) return { node: branch.node, json: claimsToJson(branch), ...head };
  const found = claimPlace(branch, inner);
  return found && { ...found, names: [...head.names, ...found.names], labels: [...head.labels, ...found.labels] };
}

/** Steps into the maps of one claim. */
function insidePlace(claim: Place, name: string, steps: readonly number[]): Place | undefined {
  let place = claim;
  for (const [level, step] of steps.entries()) {
    const entry = unwrapMap(place.node)?.entries[step];
    if (entry === undefined) return undefined;
    const label = formatKey(entry.key);
    place = {
      ...placeOf(entry.value),
      names: [...place.names, ruleWord(name, level, entry.key) ?? label],
      labels: [...place.labels, label],
    };
  }
  return place;
}
