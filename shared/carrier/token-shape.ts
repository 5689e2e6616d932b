import type { CborNode } from '../cbor/node.ts';

/** COSE structures and what is put around them: RFC 9052 §2, RFC 8392 §6, RFC 8949 §3.4.6. */
const COSE_TAGS = new Set([16, 17, 18, 61, 96, 97, 98, 55_799]);
/** Tags that may stand before a claims map that has no envelope; 259 is what cbor-x puts around maps. */
const MAP_TAGS = new Set([61, 259, 55_799]);

/** Whether an integer is a claim label of CWT, CAT, its drafts, EAT or a vendor met in the field (CAT.md a.1 to a.4). */
const isClaimLabel = (label: number): boolean =>
  (label >= 1 && label <= 8) ||
  (label >= 38 && label <= 45) ||
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
      return info >= 3 && info <= 6 ? second >> 5 === 2 : info >= 24;
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
  if (array.width >= 0 && (array.argument < 3 || array.argument > 6)) return false;
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

const isClaimKey = (key: CborNode): boolean =>
  key.kind === 'int'
    ? typeof key.value === 'number' && isClaimLabel(key.value)
    : key.kind === 'text' && CLAIM_NAMES.has(key.value);

/** Whether a decoded item can be shown as a token. Of a damaged one (`complete: false`) more must be there to be sure. */
export function isTokenShaped(root: CborNode, complete: boolean): boolean {
  let inner = root;
  const tags: number[] = [];
  while (inner.kind === 'tag') {
    tags.push(Number(inner.tag));
    inner = inner.value;
  }
  if (inner.kind === 'array')
    return isEnvelopeShaped(
      inner.items,
      complete,
      tags.some((tag) => COSE_TAGS.has(tag)),
    );
  if (inner.kind !== 'map') return false;
  const known = inner.entries.filter(({ key, value }) => isClaimKey(key) && value.kind !== 'broken').length;
  return known >= (complete ? 1 : 2);
}

/** Whether the beginning of an item can still become a token: something of a token's shape stands in it already. */
export const mayBecomeToken = (beginning: CborNode): boolean =>
  isTokenShaped(beginning, false) || (untagged(beginning).kind === 'map' && isTokenShaped(beginning, true));

function untagged(node: CborNode): CborNode {
  let inner = node;
  while (inner.kind === 'tag') inner = inner.value;
  return inner;
}

function isEnvelopeShaped(items: readonly CborNode[], complete: boolean, coseTag: boolean): boolean {
  const [first, second] = items;
  if (first?.kind !== 'bytes') return !complete && coseTag && first?.kind === 'broken' && first.partial !== undefined;
  if (second === undefined || second.kind === 'broken') return !complete && (coseTag || first.value.length > 0);
  return second.kind === 'map' || (second.kind === 'tag' && second.tag === 259);
}

/** The header of the dot form of CAT-4-MOQT before COSE: a map with the algorithm, `{1: alg, 16: "CAT"}`. */
export function isDotHeader(root: CborNode): boolean {
  return (
    root.kind === 'map' &&
    root.entries.some(({ key, value }) => key.kind === 'int' && key.value === 1 && value.kind === 'int')
  );
}
