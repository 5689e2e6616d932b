import { encodeUtf8 } from '../bytes/utf8.ts';
import { array, int, map, text } from '../cbor/build.ts';
import type { CborMap, CborValue } from '../cbor/node.ts';
import { catm } from '../claims/definitions/catm.ts';
import { catu } from '../claims/definitions/catu.ts';
import { exp } from '../claims/definitions/exp.ts';
import { nbf } from '../claims/definitions/nbf.ts';
import type { CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import type { EnvelopeForm } from '../cose/sign.ts';
import type { VerdictCode } from '../evaluate/verdict.ts';
import type { Seconds } from '../units.ts';

export type NegativeId =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-path'
  | 'wrong-method'
  | 'array-matches'
  | 'legacy-labels'
  | 'wrong-key'
  | 'unknown-kid'
  | 'flipped-bit'
  | 'shortened-mac'
  | 'algorithm-confusion'
  | 'no-tags'
  | 'hex-text-payload';

/** What a negative is and what must happen to it. */
export interface NegativeLabel {
  readonly id: NegativeId;
  readonly title: string;
  /** what a recipient that keeps to the standard stops it by */
  readonly stoppedBy: 'envelope' | 'integrity' | 'time' | 'claims';
  /** the claim whose verdict stops it, and with which code; absent when the envelope or the proof does */
  readonly claim?: { readonly name: string; readonly code: VerdictCode };
  /** what must happen, and why: one or two sentences */
  readonly must: string;
}

interface Ingredients {
  readonly claims: CborMap<CborValue>;
  readonly form: EnvelopeForm;
  readonly key: CandidateKey['material'];
  readonly publicKey?: Uint8Array;
  readonly now: Seconds;
  readonly crypto: CryptoPort;
}

/** In what a negative differs from the token it is made of. */
interface Changes {
  readonly claims?: CborMap<CborValue>;
  readonly form?: Partial<EnvelopeForm>;
  readonly key?: CandidateKey['material'];
  readonly spoil?: (token: Uint8Array) => Uint8Array;
}

interface Recipe extends NegativeLabel {
  /** `undefined` when the token it is made of rules it out */
  make(from: Ingredients): Changes | undefined;
}

const HOUR = 3600;
/** Contained in no path that anybody asks for. */
const NO_SUCH_PATH = 'catwalk-no-such-path';

export const NEGATIVE_RECIPES: readonly Recipe[] = [
  {
    id: 'expired',
    title: 'Expired an hour ago',
    stoppedBy: 'time',
    claim: { name: 'exp', code: 'DENY_EXPIRED' },
    must: 'Must be refused: its expiry is an hour past, more than any clock difference that is forgiven.',
    make: ({ claims, now }) => {
      const at = Math.floor(now) - HOUR;
      const expired = withClaim(claims, exp.label, int(at));
      // a token that begins after its end is another fault
      const begins = findClaim(claims, nbf.label) !== undefined;
      return { claims: begins ? withClaim(expired, nbf.label, int(at - HOUR)) : expired };
    },
  },
  {
    id: 'not-yet-valid',
    title: 'Not valid for another hour',
    stoppedBy: 'time',
    claim: { name: 'nbf', code: 'DENY_NOT_YET_VALID' },
    must: 'Must be refused: it is valid from an hour hence.',
    make: ({ claims, now }) => {
      // its expiry must not be the reason
      const later = withClaim(claims, exp.label, int(Math.floor(now) + 2 * HOUR));
      return { claims: withClaim(later, nbf.label, int(Math.floor(now) + HOUR)) };
    },
  },
  {
    id: 'wrong-path',
    title: 'For another path',
    stoppedBy: 'claims',
    claim: { name: 'catu', code: 'DENY_URI' },
    must: `Must be refused: no path that is asked for contains “${NO_SUCH_PATH}”.`,
    make: ({ claims }) => ({ claims: withClaim(claims, catu.label, pathContains(NO_SUCH_PATH)) }),
  },
  {
    id: 'wrong-method',
    title: 'For DELETE only',
    stoppedBy: 'claims',
    claim: { name: 'catm', code: 'DENY_METHOD' },
    must: 'Must be refused: players use GET, and the token allows only DELETE.',
    make: ({ claims }) => ({ claims: withClaim(claims, catm.label, array(text('DELETE'))) }),
  },
  {
    id: 'array-matches',
    title: 'URL rules as arrays',
    stoppedBy: 'claims',
    claim: { name: 'catu', code: 'DENY_ILL_FORMED' },
    must: 'Must be refused: a match written as [type, value] is the shape of a draft, and ill-formed since December 2024.',
    make: ({ claims }) => ({ claims: withClaim(claims, catu.label, matchesAsArrays(findClaim(claims, catu.label))) }),
  },
  {
    id: 'legacy-labels',
    title: 'Labels of the 2024 drafts',
    stoppedBy: 'claims',
    claim: { name: 'catu', code: 'DENY_UNKNOWN_CLAIM' },
    must: 'Must be refused: 267 to 283 are no CAT claims today, and a CAT with unknown claims is not acceptable.',
    make: ({ claims }) => {
      const restricted =
        findClaim(claims, catu.label) === undefined ? withClaim(claims, catu.label, pathContains('/')) : claims;
      return { claims: mapKeys(restricted, (label) => LEGACY_LABELS.get(label) ?? label) };
    },
  },
  {
    id: 'wrong-key',
    title: 'Made with another key',
    stoppedBy: 'integrity',
    must: 'Must be refused: its MAC was made with a random key, under the kid of the right one.',
    make: ({ key, crypto }) =>
      key.kind === 'secret' ? { key: { kind: 'secret', bytes: crypto.randomBytes(key.bytes.length) } } : undefined,
  },
  {
    id: 'unknown-kid',
    title: 'With a kid nobody knows',
    stoppedBy: 'integrity',
    must: 'Must be refused where keys are chosen by their kid. Recipients that try every key find the right one.',
    make: () => ({ form: { kid: encodeUtf8('catwalk-unknown-kid') } }),
  },
  {
    id: 'flipped-bit',
    title: 'With one bit of its proof flipped',
    stoppedBy: 'integrity',
    must: 'Must be refused: the last bit of its MAC or signature is wrong.',
    make: () => ({ spoil: flipLastBit }),
  },
  {
    id: 'shortened-mac',
    title: 'With a MAC of 8 bytes',
    stoppedBy: 'integrity',
    must: 'Must be refused: the key is made for HS256, and eight bytes of MAC are easier to guess than thirty-two.',
    make: ({ form }) => (form.alg === 'HS256' ? { form: { alg: 'HS256/64' } } : undefined),
  },
  {
    id: 'algorithm-confusion',
    title: 'With the algorithm of another kind of key',
    stoppedBy: 'integrity',
    must: 'Must be refused: the algorithm is not one the key was made for, and a recipient that believes the token about it can be fooled.',
    make: ({ form, key, publicKey }) => {
      // a shared secret used as if its MAC were a signature; a public key, which is no secret, used as one
      if (key.kind === 'secret')
        return form.alg === 'HS256'
          ? { form: { tags: swapTag(form.tags, 17, 18), context: 'Signature1', protectedHeaders: [[1, int(-7)]] } }
          : undefined;
      if (publicKey === undefined) return undefined;
      return { form: { alg: 'HS256', tags: swapTag(form.tags, 18, 17) }, key: { kind: 'secret', bytes: publicKey } };
    },
  },
  {
    id: 'no-tags',
    title: 'Without tags',
    stoppedBy: 'envelope',
    must: 'Must be refused where tags are required; the standard leaves them to what sender and recipient have agreed on.',
    make: ({ form }) => (form.tags.length > 0 ? { form: { tags: [] } } : undefined),
  },
  {
    id: 'hex-text-payload',
    title: 'With its claims as hex text',
    stoppedBy: 'envelope',
    must: 'Must be refused: a payload is a byte string (RFC 9052 §4.2, §6.2). Text of hex digits is a habit of node-cat.',
    make: ({ form }) =>
      form.payloadForm === 'hex-text'
        ? undefined
        : // as node-cat writes it: never inside tag 61
          { form: { payloadForm: 'hex-text', tags: form.tags.filter((tag) => tag !== 61) } },
  },
];

/** Where today's claims stood before December 2024 (CAT.md a.4). */
const LEGACY_LABELS = new Map([
  [308, 267],
  [311, 269],
  [312, 270],
  [313, 271],
  [314, 272],
  [316, 273],
  [319, 274],
  [322, 277],
  [323, 278],
  [310, 279],
  [315, 280],
  [317, 281],
  [309, 283],
]);

const pathContains = (part: string): CborValue => map([3, map([3, text(part)])]);

function withClaim(claims: CborMap<CborValue>, label: number, value: CborValue): CborMap<CborValue> {
  const others = claims.entries.filter(({ key }) => !isLabel(key, label));
  return { kind: 'map', entries: [...others, { key: int(label), value }] };
}

const findClaim = (claims: CborMap<CborValue>, label: number): CborValue | undefined =>
  claims.entries.find(({ key }) => isLabel(key, label))?.value;

const isLabel = (key: CborValue, label: number): boolean => key.kind === 'int' && key.value === label;

function mapKeys(claims: CborMap<CborValue>, change: (label: number) => number): CborMap<CborValue> {
  return {
    kind: 'map',
    entries: claims.entries.map(({ key, value }) => ({
      key: key.kind === 'int' && typeof key.value === 'number' ? int(change(key.value)) : key,
      value,
    })),
  };
}

/** `{3: {3: "id"}}` as `{3: [3, "id"]}`: the first match of each component. */
function matchesAsArrays(rules: CborValue | undefined): CborValue {
  const source = rules?.kind === 'map' ? rules : map([3, map([3, text('/')])]);
  return {
    kind: 'map',
    entries: source.entries.map(({ key, value }) => {
      const first = value.kind === 'map' ? value.entries[0] : undefined;
      return { key, value: first === undefined ? value : array(first.key, first.value) };
    }),
  };
}

const swapTag = (tags: readonly number[], from: number, to: number): readonly number[] =>
  tags.map((tag) => (tag === from ? to : tag));

/** The proof is the last item of every structure. */
function flipLastBit(token: Uint8Array): Uint8Array {
  const spoiled = token.slice();
  const last = spoiled.length - 1;
  spoiled[last] = (spoiled[last] ?? 0) ^ 1;
  return spoiled;
}
