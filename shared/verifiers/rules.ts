import type { CborNode } from '../cbor/node.ts';

/**
 * Where recipients differ, as data: one member a question, one union a set of answers (CAT.md b, d, f, g, appendix).
 * A verifier is a value of this type plus its carrier and envelope habits; the standard's answers are `cta-5007.ts`.
 * Where the standard's text is not public and sources conflict, the member's comment says so.
 */
export interface Rules {
  /** per claim name: enforced, skipped as if absent, or a reason to reject */
  readonly support: Readonly<Record<string, ClaimSupport>>;
  /** the same for claims that `support` does not list */
  readonly supportOtherwise: ClaimSupport;
  /** claims nobody registered: S says a CAT with one is unacceptable; most code ignores them */
  readonly unknownClaims: 'reject' | 'ignore' | 'unconfirmed';
  /** a claim of the wrong shape */
  readonly illFormed: IllFormedAnswer;
  /** whether lengths, ranges and emptiness count as shape, or only types (Akamai) */
  readonly shape: 'full' | 'types';
  /** claims whose wrong shape is answered otherwise, by name */
  readonly illFormedClaims: Readonly<Record<string, IllFormedAnswer>>;
  /** per claim name: kinds of CBOR value that make the verifier throw, even where it does not enforce the claim */
  readonly throwsOn: Readonly<Record<string, readonly CborNode['kind'][]>>;
  /** claims that are taken for absent when their value is 0, false, null or the empty text */
  readonly emptyIsAbsent: readonly string[];
  /** two entries with one label: RFC 8949 §5.6 calls such a map invalid; most decoders keep the last */
  readonly duplicates: 'reject' | 'last';
  /** what the recipient's CBOR reader stops at, losing the whole token */
  readonly decoding: {
    readonly floats: 'read' | 'error';
    readonly tags: 'read' | 'error';
    readonly textKeys: 'read' | 'error';
    readonly booleans: 'read' | 'error';
  };
  /** which label families are understood; others count as unknown claims */
  readonly dialects: {
    readonly compositesAt41: boolean;
    readonly compositesAt324: boolean;
    readonly cattprintAt324: boolean;
    readonly legacyLabels: boolean;
    readonly arrayMatches: boolean;
    readonly textKeys: boolean;
    readonly awsLabels: boolean;
  };

  readonly issuer: { readonly missing: 'accept' | 'reject' };
  readonly audience: { readonly missing: 'accept' | 'reject'; readonly list: 'any' | 'ignored' };
  readonly time: {
    /** at now == exp: the standard rejects; node-cat, zig and Akamai accept */
    readonly atExpiry: 'reject' | 'accept';
    /** exp: 0 */
    readonly zero: 'value' | 'absent' | 'ill-formed';
    readonly negative: 'value' | 'never-expires';
    readonly fraction: 'value' | 'ill-formed';
    /** a time that is not a number */
    readonly wrongType: 'ill-formed' | 'absent';
    readonly requireExpiry: boolean;
    /** seconds forgiven by default */
    readonly skew: number;
    readonly issuedAtMustBePositive: boolean;
  };
  readonly version: { readonly accepts: 'one' | 'one-or-two' | 'any' };
  /** catreplay values 0 permitted, 1 prohibited, 2 reuse detection */
  readonly replay: {
    readonly permitted: 'pass' | 'ill-formed';
    readonly prohibited: 'count' | 'reject' | 'pass';
    readonly detection: 'count' | 'reject' | 'pass' | 'ill-formed';
  };
  readonly uri: {
    /** several matches in one component: open in the public sources; AND is the natural reading */
    readonly several: 'all' | 'first' | 'any';
    readonly unknownComponent: 'reject' | 'ignore' | 'error';
    readonly unknownMatch: 'reject' | 'ignore' | 'error';
    /** RFC 3986 §6.2.2 and RFC 9110 §4.2.3 before matching */
    readonly normalise: boolean;
    readonly removeToken: boolean;
    /** query parameters that carry the token and are removed with it; left out = every name in use */
    readonly tokenParameters?: readonly string[];
    readonly host: 'hostname' | 'host-header' | 'first-colon';
    readonly defaultPort: 'empty' | 'number' | 'never';
    readonly queryOrder: 'kept' | 'sorted';
    /** open: `/a` or `/a/` for `/a/b.ts` */
    readonly parentPath: 'without-slash' | 'with-slash';
    /** file name of a path with no dot in its last segment */
    readonly filenameNeedsDot: boolean;
    /** open: stem of `b.tar.gz` */
    readonly stem: 'to-last-dot' | 'to-first-dot';
    /** open: `.gz`, `gz` or `.tar.gz` */
    readonly extension: 'with-dot' | 'without-dot' | 'from-first-dot';
    readonly regex: 'posix-search' | 'javascript-search' | 'text' | 'never';
    /** extra items of a regex match are capture-group constraints (strong, not certain), or taken for flags, which throws */
    readonly regexGroups: 'constraints' | 'error' | 'error-unless-nil';
    readonly sha256Value: 'bytes' | 'hex-text' | 'never';
    readonly sha512_256: 'fips' | 'sha512' | 'sha512-truncated' | 'sha512-hex-text' | 'never';
  };
  readonly network: {
    /** `first`: an entry after the first is only read once the first has matched (Akamai's loop returns early) */
    readonly several: 'any' | 'all' | 'first';
    /** `also`: an address must match and, where the network number is known, a number entry must match as well (node-cat) */
    readonly asn: 'match' | 'ill-formed' | 'never' | 'also';
    /** `whole-bytes`: one byte for every eight bits of the length, or it does not match (cat-token) */
    readonly elidedPrefix: 'match' | 'whole-bytes' | 'error';
    /** the recipient never hands the address to the check */
    readonly addressKnown: boolean;
  };
  readonly method: { readonly caseSensitive: boolean };
  readonly header: { readonly values: 'combined' | 'every' };
  readonly geohash: { readonly list: 'any' | 'reject' };
  /** `wrapper`: tag 279 with a reference system around a place */
  readonly coordinate: { readonly boundary: 'inside-or-on' | 'inside'; readonly wrapper: 'read' | 'ill-formed' };
  readonly renewal: {
    readonly requireExpadd: boolean /** open */;
    readonly deadlineUnit: 'seconds-before-expiry' | 'absolute';
  };
  /** proof of possession: how long a proof lasts when catdpop does not say, and what no `jti` setting means */
  readonly binding: { readonly window: number; readonly jti: 'ignored' | 'honoured' };
  /** claims inside `enc` that nobody here can open: cannot be judged, or skipped unless `crit` lists one, which throws when there is no `crit` (Akamai) */
  readonly encrypted: 'cannot-judge' | 'skipped-unless-critical';
  readonly responseRules: {
    readonly keys: 'any' | 'exp-only' /** `2-3`: throws when there are no headers (node-cat) */;
    readonly items: '1-3' | '2-3' | 'exactly-3';
  };
}

/** `unconfirmed`: nobody outside knows whether it is enforced, so it is never said to pass or fail. */
export type ClaimSupport = 'enforce' | 'ignore' | 'reject' | 'unconfirmed';

/**
 * `ignore`: what could be read of it is judged, and it is skipped when nothing could; `error`: a value of the wrong type
 * in it makes the verifier throw, anything else is judged.
 */
export type IllFormedAnswer = 'reject' | 'ignore' | 'error' | 'unconfirmed';

/** What a verifier does about a known claim. */
export function supportOf(rules: Rules, claim: string): ClaimSupport {
  return (Object.hasOwn(rules.support, claim) ? rules.support[claim] : undefined) ?? rules.supportOtherwise;
}
