import { decode } from '../cbor/decode.ts';
import { isComplete } from '../cbor/is-complete.ts';
import type { CborNode } from '../cbor/node.ts';

/** COSE structures and what is put around them: RFC 9052 §2, RFC 8392 §6, RFC 8949 §3.4.6. */
const COSE_TAGS = new Set([16, 17, 18, 61, 96, 97, 98, 55_799]);
/** Tags that may stand before a claims map that has no envelope; 259 is what cbor-x puts around maps. */
const MAP_TAGS = new Set([61, 259, 55_799]);

/** Whether an integer is a claim label of CWT, CAT, its drafts, EAT or a vendor met in the field (CAT.md a.1 to a.4). */
const isClaimLabel = (label: number): boolean =>
  (label >= 1 && label <= 8) ||
  (label >= 41 && label <= 45) ||
  (label >= 256 && label <= 283) ||
  (label >= 300 && label <= 328) ||
  (label >= 400 && label <= 404) ||
  label === 65_000 ||
  label === 65_001 ||
  label === 65_536;

/** Claims met with text keys: the registered names and those Akamai's drafts wrote out. */
const CLAIM_NAMES = new Set(
  (
    'iss sub aud exp nbf iat cti cnf geohash or nor and crit enc env moqt moqt-reval cattprint catreplay catpor catv ' +
    'catnip catu catm catalpn cath catgeoiso3166 catgeocoord catgeoalt cattpk catifdata catdpop catif catr catdpopjti'
  ).split(' '),
);

interface Head {
  readonly major: number;
  readonly argument: number;
  /** -1 = indefinite length */
  readonly width: number;
  readonly next: number;
}

/** The head at `at`; `undefined` while its bytes are missing, `null` when none starts so. */
function headAt(bytes: ArrayLike<number>, at: number): Head | null | undefined {
  const initial = bytes[at];
  if (initial === undefined) return undefined;
  const info = initial & 31;
  const major = initial >> 5;
  if (info < 24) return { major, argument: info, width: 0, next: at + 1 };
  if (info === 31) return { major, argument: Number.POSITIVE_INFINITY, width: -1, next: at + 1 };
  if (info > 27) return null;
  const width = 1 << (info - 24);
  if (at + width >= bytes.length) return undefined;
  let argument = 0;
  for (let i = 1; i <= width; i++) argument = argument * 256 + (bytes[at + i] ?? 0);
  return { major, argument, width, next: at + 1 + width };
}

/**
 * The same by the first three bytes alone, for the many words of a text that begin as no token does. Says `true` when
 * more would have to be looked at.
 */
export function mayStartToken(first: number, second: number, third: number): boolean {
  const info = first & 31;
  switch (first >> 5) {
    case 4:
      return info >= 3 && info <= 5 ? second >> 5 === 2 : info >= 24;
    case 5:
      return info >= 24 || (info > 0 && mayBeClaimKey(second));
    case 6:
      if (info < 24) return isContainerOrTag(second);
      return info === 24 ? isContainerOrTag(third) : info < 28;
    default:
      return false;
  }
}

const isContainerOrTag = (byte: number): boolean => byte >= 0x80 && byte < 0xe0;
const mayBeClaimKey = (byte: number): boolean =>
  (byte >= 1 && byte <= 8) || (byte >= 0x18 && byte <= 0x1a) || (byte >= 0x62 && byte <= 0x78) || byte >= 0xf9;

/** Enough bytes to tell any beginning by: four tags, a long array head, a long string head, the map inside it. */
export const START_BYTES = 24;

/**
 * Whether bytes begin as a token does: tags, then an array whose first item is a byte string that holds a map or
 * nothing (RFC 9052 §3), or a map whose first key is a claim's. `undefined` while there are too few to say.
 */
export function startsLikeToken(bytes: ArrayLike<number>): boolean | undefined {
  let at = 0;
  let tagged = false;
  let onlyMapTags = true;
  for (let depth = 0; depth <= 4; depth++) {
    const head = headAt(bytes, at);
    if (!head) return head === null ? false : undefined;
    if (head.major === 4) return startsLikeEnvelope(bytes, head, tagged);
    if (head.major === 5) return onlyMapTags && startsLikeClaims(bytes, head);
    if (head.major !== 6) return false;
    tagged = true;
    onlyMapTags &&= MAP_TAGS.has(head.argument);
    at = head.next;
  }
  return false;
}

function startsLikeEnvelope(bytes: ArrayLike<number>, array: Head, tagged: boolean): boolean | undefined {
  if (array.width >= 0 && (array.argument < 3 || array.argument > 5)) return false;
  const first = headAt(bytes, array.next);
  if (!first) return first === null ? false : undefined;
  if (first.major !== 2 || first.width < 0) return tagged && first.major === 2;
  if (first.argument === 0) return true;
  const content = headAt(bytes, first.next);
  if (!content) return content === null ? false : undefined;
  return content.major === 5 || (content.major === 6 && content.argument === 259);
}

function startsLikeClaims(bytes: ArrayLike<number>, map: Head): boolean | undefined {
  if (map.argument === 0) return false;
  const key = headAt(bytes, map.next);
  if (!key) return key === null ? false : undefined;
  if (key.major === 0) return isClaimLabel(key.argument);
  // of a text key the name is looked at when the whole map stands; node-cat writes NaN for names it does not know
  return key.major === 3 ? key.argument >= 2 && key.argument <= 16 : key.major === 7 && key.width >= 2;
}

/** How sure one must be that an item is a token. */
export interface Evidence {
  /** nothing is missing at its end */
  readonly complete: boolean;
  /** the text holds this one value, so that it need not be told from noise */
  readonly alone: boolean;
}

/** Whether a decoded item can be shown as a token. Of a damaged one, and of one found in noise, more must be there. */
export function isTokenShaped(root: CborNode, evidence: Evidence): boolean {
  let inner = root;
  let coseTag = false;
  while (inner.kind === 'tag') {
    coseTag ||= COSE_TAGS.has(Number(inner.tag));
    inner = inner.value;
  }
  if (inner.kind === 'array') return isEnvelopeShaped(inner.items, coseTag, evidence);
  return inner.kind === 'map' && isClaimsShaped(inner.entries, evidence);
}

/** Whether the beginning of an item can still become a token: something of a token's shape stands in it already. */
export const mayBecomeToken = (beginning: CborNode, alone: boolean): boolean =>
  isTokenShaped(beginning, { complete: false, alone }) || isTokenShaped(beginning, { complete: true, alone: true });

/** A header this long is none; noise that claims to be one goes on and on. */
const LONGEST_HEADER = 64;

function isEnvelopeShaped(items: readonly CborNode[], coseTag: boolean, { complete, alone }: Evidence): boolean {
  const [first, second] = items;
  if (first?.kind === 'broken') {
    // cut inside the protected header
    const length = first.partial?.kind === 'bytes' ? first.partial.value.length : LONGEST_HEADER;
    return first.code === 'ERR_CBOR_TRUNCATED' && coseTag && (alone || length < LONGEST_HEADER);
  }
  if (first?.kind !== 'bytes') return false;
  const cut = !complete && (second === undefined || second.kind === 'broken');
  const map = second?.kind === 'map' || (second?.kind === 'tag' && second.tag === 259);
  if (alone) return map || (cut && (coseTag || namesAlgorithm(first.value)));
  if (!map && !cut) return false;
  if (first.value.length > 0) return complete ? isMapBytes(first.value) : namesAlgorithm(first.value);
  // the algorithm is optional, so a whole token need not name it
  return complete || (coseTag && second !== undefined && hasAlgorithm(second));
}

function isMapBytes(header: Uint8Array): boolean {
  const { root } = decode(header);
  return isComplete(root) && (root.kind === 'map' || root.kind === 'tag');
}

const namesAlgorithm = (header: Uint8Array): boolean => hasAlgorithm(decode(header).root);

/** Label 1, the algorithm, as the number or text that COSE and AWS's documentation have. */
function hasAlgorithm(header: CborNode): boolean {
  let map = header;
  while (map.kind === 'tag') map = map.value;
  return (
    map.kind === 'map' &&
    map.entries.some(
      ({ key, value }) => key.kind === 'int' && key.value === 1 && (value.kind === 'int' || value.kind === 'text'),
    )
  );
}

function isClaimsShaped(
  entries: readonly { key: CborNode; value: CborNode }[],
  { complete, alone }: Evidence,
): boolean {
  let known = 0;
  let unknown = 0;
  for (const { key, value } of entries) {
    if (value.kind === 'broken') break;
    const fits = fitsClaim(key, value, alone);
    if (fits === false) return false;
    if (fits) known++;
    else unknown++;
  }
  if (!alone && entries.length === 1 && (entries[0]?.value.kind === 'int' || entries[0]?.value.kind === 'simple'))
    return false;
  return known >= (complete ? 1 : 2) && (unknown === 0 || (complete && alone));
}

/** Whether a value is of a type its claim has been met with; `undefined` for a key that is no claim's. */
function fitsClaim(key: CborNode, value: CborNode, alone: boolean): boolean | undefined {
  if (!alone && value.kind === 'text' && value.raw !== undefined) return false;
  if (key.kind === 'float') return Number.isNaN(key.value) ? true : undefined;
  if (key.kind === 'text') return CLAIM_NAMES.has(key.value) ? true : undefined;
  if (key.kind !== 'int' || typeof key.value === 'bigint' || !isClaimLabel(key.value)) return undefined;
  const kinds = KINDS.get(key.value);
  // a time that is text is ill-formed and met, and noise is full of it
  return kinds === undefined || kinds.includes(value.kind) || (alone && value.kind === 'text');
}

/** Types of the registered CWT claims and of the composites at Akamai's labels, which noise hits most easily. */
const NUMBER = ['int', 'float'] as const;
const KINDS: ReadonlyMap<number, readonly CborNode['kind'][]> = new Map<number, readonly CborNode['kind'][]>([
  [1, ['text']],
  [2, ['text']],
  [3, ['text', 'array']],
  [4, NUMBER],
  [5, NUMBER],
  [6, NUMBER],
  [7, ['bytes', 'text']],
  [8, ['map', 'tag']],
  [41, ['array']],
  [42, ['array']],
  [43, ['array']],
  [44, ['map']],
  [45, ['array']],
]);

/** The header of the dot form of CAT-4-MOQT before COSE: a map with the algorithm, `{1: alg, 16: "CAT"}`. */
export const isDotHeader = (root: CborNode): boolean => root.kind === 'map' && hasAlgorithm(root);
