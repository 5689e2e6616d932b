import { equalBytes } from '../../bytes/equal-bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8.ts';
import { array, bytes, int, NULL } from '../../cbor/build.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { ok } from '../../result.ts';
import type { JsonProblem, ReadContext } from '../claim.ts';
import { bytesCodec, bytesFromJson } from './bytes.ts';
import { bare, type Codec, type FromJson, problem, under, wrongType } from './codec.ts';

/** What a field of a namespace or a track's name must be, byte for byte. */
export interface BinaryMatch {
  readonly kind: 'exact' | 'prefix' | 'suffix';
  readonly bytes: Uint8Array;
}

/** One grant: these actions, on namespaces and tracks that match. Left out = any. */
export interface MoqtScope {
  readonly actions: readonly number[];
  /** the n-th match is for the n-th field; `null`, only last, means that the namespace ends there */
  readonly namespace?: readonly (BinaryMatch | null)[];
  readonly track?: BinaryMatch;
}

/** Actions by their number (CAT-4-MOQT §3.1.2); 1 is gone from newer drafts, 9 is new in them. */
export const MOQT_ACTIONS = [
  'CLIENT_SETUP',
  'SERVER_SETUP',
  'PUBLISH_NAMESPACE',
  'SUBSCRIBE_NAMESPACE',
  'SUBSCRIBE',
  'REQUEST_UPDATE',
  'PUBLISH',
  'FETCH',
  'TRACK_STATUS',
  'SUBSCRIBE_TRACKS',
] as const;

const KINDS = new Map<number, BinaryMatch['kind']>([
  [0, 'exact'],
  [1, 'prefix'],
  [2, 'suffix'],
]);

/** `[actions, ? [match…], ? match]` ↔ `{ actions, namespace, track }`. */
export const moqtScopeCodec: Codec<MoqtScope> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'array') return wrongType(item, 'an array of actions, namespace and track', ctx);
    const [actionsNode, namespaceNode, trackNode, extra] = item.items;
    if (actionsNode === undefined) {
      ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must have actions');
      return undefined;
    }
    if (extra !== undefined) ctx.issue(extra, 'ERR_CLAIM_UNKNOWN', 'Nothing is known after the track', 'warning');
    const actions = readActions(actionsNode, ctx);
    const namespace = namespaceNode === undefined ? undefined : readNamespace(namespaceNode, ctx);
    const track = trackNode === undefined ? undefined : readMatch(trackNode, ctx);
    // a part that could not be read must not make the grant wider
    if (actions === undefined) return undefined;
    if ((namespaceNode !== undefined && namespace === undefined) || (trackNode !== undefined && track === undefined)) {
      return undefined;
    }
    return { actions, ...(namespace === undefined ? {} : { namespace }), ...(track === undefined ? {} : { track }) };
  },
  write: ({ actions, namespace, track }) =>
    array(
      array(...actions.map(int)),
      ...(namespace === undefined && track === undefined
        ? []
        : [array(...(namespace ?? []).map((match) => (match === null ? NULL : writeMatch(match))))]),
      ...(track === undefined ? [] : [writeMatch(track)]),
    ),
  toJson: ({ actions, namespace, track }) => ({
    actions: actions.map((action) => MOQT_ACTIONS[action] ?? action),
    ...(namespace === undefined
      ? {}
      : { namespace: namespace.map((match) => (match === null ? null : matchToJson(match))) }),
    ...(track === undefined ? {} : { track: matchToJson(track) }),
  }),
  fromJson(json) {
    if (!isJsonObject(json)) return problem('Must be an object with actions');
    const { actions, namespace, track } = json;
    if (!Array.isArray(actions) || actions.length === 0) return problem('Must be a list of actions', 'actions');
    if (namespace !== undefined && !Array.isArray(namespace)) return problem('Must be a list', 'namespace');
    const problems: JsonProblem[] = [];
    const numbers = actions.map((action: Json, index: number) => {
      const number =
        typeof action === 'string' ? MOQT_ACTIONS.indexOf(action as (typeof MOQT_ACTIONS)[number]) : action;
      if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
      problems.push({ path: ['actions', index], message: 'Must be an action’s name or number' });
      return 0;
    });
    const fields = namespace?.map((match: Json, index: number) => {
      if (match === null) return null;
      const read = matchFromJson(match);
      if (!read.ok) problems.push(...under('namespace', under(index, read.error)));
      return read.ok ? read.value : null;
    });
    const trackMatch = track === undefined ? undefined : matchFromJson(track);
    if (trackMatch?.ok === false) problems.push(...under('track', trackMatch.error));
    if (problems.length > 0) return { ok: false, error: problems };
    return ok({
      actions: numbers,
      ...(fields === undefined ? {} : { namespace: fields }),
      ...(trackMatch?.ok ? { track: trackMatch.value } : {}),
    });
  },
};

/** Compares byte for byte; nothing is normalised. */
export function isBinaryMatch({ kind, bytes: wanted }: BinaryMatch, actual: Uint8Array): boolean {
  if (kind === 'exact') return equalBytes(wanted, actual);
  if (actual.length < wanted.length) return false;
  const from = kind === 'prefix' ? 0 : actual.length - wanted.length;
  return equalBytes(wanted, actual.subarray(from, from + wanted.length));
}

/** Bytes as text where they are text. */
export function binaryText(value: Uint8Array): string {
  const text = decodeUtf8(value);
  return text.ok ? text.value : Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function readActions(node: CborNode, ctx: ReadContext): readonly number[] | undefined {
  const item = bare(node, ctx);
  if (item.kind !== 'array') return wrongType(item, 'an array of actions', ctx);
  if (item.items.length === 0) ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must not be empty');
  return item.items.flatMap((action): number[] => {
    if (action.kind === 'int') return [Number(action.value)];
    wrongType(action, 'the number of an action', ctx);
    return [];
  });
}

function readNamespace(node: CborNode, ctx: ReadContext): readonly (BinaryMatch | null)[] | undefined {
  const item = bare(node, ctx);
  if (item.kind !== 'array') return wrongType(item, 'an array of matches', ctx);
  const matches: (BinaryMatch | null)[] = [];
  for (const [index, child] of item.items.entries()) {
    if (child.kind === 'simple' && child.value === 22) {
      if (index < item.items.length - 1) ctx.issue(child, 'ERR_CLAIM_CONFLICT', 'null may only stand last');
      matches.push(null);
      continue;
    }
    const match = readMatch(child, ctx);
    if (match === undefined) return undefined;
    matches.push(match);
  }
  return matches;
}

function readMatch(node: CborNode, ctx: ReadContext): BinaryMatch | undefined {
  const item = bare(node, ctx);
  if (item.kind === 'bytes') return { kind: 'exact', bytes: item.value };
  if (item.kind === 'array' && item.items.length === 2) return readPair(item.items[0], item.items[1], item, ctx);
  const [entry] = item.kind === 'map' && item.entries.length === 1 ? item.entries : [];
  if (entry === undefined) return wrongType(item, 'bytes, or an array of kind and bytes', ctx);
  // the draft's own examples still show an older form
  ctx.dialect('c4m', item);
  wrongType(item, 'bytes, or an array of kind and bytes', ctx);
  return readPair(entry.key, entry.value, item, ctx);
}

function readPair(
  kindNode: CborNode | undefined,
  value: CborNode | undefined,
  node: CborNode,
  ctx: ReadContext,
): BinaryMatch | undefined {
  if (kindNode?.kind !== 'int' || value === undefined) return wrongType(node, 'an array of kind and bytes', ctx);
  const kind = KINDS.get(Number(kindNode.value));
  if (kind === undefined) {
    ctx.issue(kindNode, 'ERR_CLAIM_UNKNOWN', `A kind is 1 (prefix) or 2 (suffix), is ${kindNode.value}`);
    return undefined;
  }
  if (value.kind === 'text') {
    wrongType(value, 'a byte string', ctx);
    return { kind, bytes: encodeUtf8(value.value) };
  }
  const read = bytesCodec.read(value, ctx);
  return read === undefined ? undefined : { kind, bytes: read };
}

function writeMatch({ kind, bytes: value }: BinaryMatch): CborValue {
  return kind === 'exact' ? bytes(value) : array(int(kind === 'prefix' ? 1 : 2), bytes(value));
}

/** A match as `{ "prefix": "video-" }`; bytes that are no text as `{ "prefix": { "hex": "…" } }`. */
function matchToJson({ kind, bytes: value }: BinaryMatch): Json {
  const text = decodeUtf8(value);
  return { [kind]: text.ok ? text.value : bytesCodec.toJson(value) };
}

function matchFromJson(json: Json): FromJson<BinaryMatch> {
  if (typeof json === 'string') return ok({ kind: 'exact', bytes: encodeUtf8(json) });
  if (!isJsonObject(json)) return problem('Must be a match such as { "prefix": "video-" }');
  const [entry, ...more] = Object.entries(json);
  const [kind, value] = entry ?? [];
  if (more.length > 0 || value === undefined || (kind !== 'exact' && kind !== 'prefix' && kind !== 'suffix')) {
    return problem('Must be one of exact, prefix and suffix');
  }
  if (typeof value === 'string') return ok({ kind, bytes: encodeUtf8(value) });
  const read = bytesFromJson(value);
  return read.ok ? ok({ kind, bytes: read.value }) : { ok: false, error: under(kind, read.error) };
}
