/**
 * Where recipients differ, as data: one member a question, one union a set of answers (CAT.md b, d, f, g, appendix).
 * A verifier is a value of this type plus its carrier and envelope habits; the standard's answers are `cta-5007.ts`.
 * Where the standard's text is not public and sources conflict, the member's comment says so.
 */
export interface Rules {
  /** per claim name: enforced, skipped as if absent, or a reason to reject; anything not listed is enforced */
  readonly support: Readonly<Record<string, ClaimSupport>>;
  /** claims nobody registered: S says a CAT with one is unacceptable; most code ignores them */
  readonly unknownClaims: 'reject' | 'ignore';
  /** a claim of the wrong shape */
  readonly illFormed: 'reject' | 'ignore';
  /** which label families are understood; others count as unknown claims */
  readonly dialects: { readonly compositesAt41: boolean; readonly compositesAt324: boolean; readonly legacyLabels: boolean; readonly arrayMatches: boolean; readonly textKeys: boolean; readonly awsLabels: boolean };

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
  readonly replay: { readonly permitted: 'pass' | 'ill-formed'; readonly prohibited: 'count' | 'reject' | 'pass'; readonly detection: 'count' | 'reject' | 'pass' | 'ill-formed' };
  readonly uri: {
    /** several matches in one component: open in the public sources; AND is the natural reading */
    readonly several: 'all' | 'first' | 'any';
    readonly unknownComponent: 'reject' | 'ignore' | 'error';
    readonly unknownMatch: 'reject' | 'ignore' | 'error';
    /** RFC 3986 §6.2.2 and RFC 9110 §4.2.3 before matching */
    readonly normalise: boolean;
    readonly removeToken: boolean;
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
    /** extra items of a regex match are capture-group constraints (strong, not certain), or flags by mistake */
    readonly regexGroups: 'constraints' | 'error';
    readonly sha256Value: 'bytes' | 'hex-text' | 'never';
    readonly sha512_256: 'fips' | 'sha512' | 'sha512-truncated' | 'sha512-hex-text' | 'never';
  };
  readonly network: {
    readonly several: 'any' | 'all';
    readonly asn: 'match' | 'ill-formed' | 'never';
    readonly elidedPrefix: 'match' | 'error';
    /** the recipient never hands the address to the check */
    readonly addressKnown: boolean;
  };
  readonly method: { readonly caseSensitive: boolean };
  readonly header: { readonly values: 'combined' | 'every' };
  readonly geohash: { readonly list: 'any' | 'reject' };
  readonly coordinate: { readonly boundary: 'inside-or-on' | 'inside' };
  readonly renewal: { readonly requireExpadd: boolean; /** open */ readonly deadlineUnit: 'seconds-before-expiry' | 'absolute' };
  readonly responseRules: { readonly keys: 'any' | 'exp-only'; readonly items: '1-3' | 'exactly-3' };
}

export type ClaimSupport = 'enforce' | 'ignore' | 'reject';
