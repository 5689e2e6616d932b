import { CBOR_WORDS } from './cbor-findings.ts';
import type { Finding } from './finding.ts';
import { CLAIMS_CHECKS } from './lint-claims.ts';
import { TOKEN_CHECKS } from './token-checks.ts';

/** One thing a token is looked at for, and the codes of the findings it can make. */
export interface CheckName {
  readonly title: string;
  readonly codes: readonly string[];
}

/** What the envelope is looked at for; the findings are made in `cose/`. */
const ENVELOPE_CHECKS: readonly CheckName[] = [
  {
    title: 'Tags that are missing, out of place or not a token’s',
    codes: ['no-cwt-tag', 'no-cose-tag', 'tag-order', 'tag-repeated', 'unexpected-tag', 'cose-multi-recipient'],
  },
  { title: 'Algorithm and tag that do not fit', codes: ['tag-alg-mismatch'] },
  {
    title: 'Algorithm missing, unknown or unprotected',
    codes: [
      'alg-missing',
      'alg-bad-type',
      'alg-unknown',
      'alg-text',
      'alg-nonstandard',
      'alg-unsupported',
      'alg-unprotected',
    ],
  },
  {
    title: 'Key id out of place or of the wrong type',
    codes: ['kid-in-protected', 'kid-text', 'kid-bad-type', 'text-label-4'],
  },
  { title: 'Hex-text payload', codes: ['payload-hex-text'] },
  {
    title: 'Payload missing or unreadable',
    codes: ['payload-detached', 'payload-not-bytes', 'payload-unreadable', 'nested-token'],
  },
  { title: 'Tag 259 around maps', codes: ['tag-259'] },
  { title: 'MAC or signature of the wrong length', codes: ['proof-length', 'short-mac', 'proof-not-bytes'] },
  {
    title: 'Header fields that are odd',
    codes: [
      'protected-not-bytes',
      'protected-not-map',
      'protected-a0',
      'unprotected-not-map',
      'header-in-both',
      'text-header-label',
      'typ-16',
      'crit-empty',
      'crit-unknown',
      'crit-unprotected',
      'iv-missing',
      'iv-length',
    ],
  },
  {
    title: 'No envelope, or not a COSE one',
    codes: ['no-envelope', 'not-an-envelope', 'c4m-dot', 'items-extra', 'items-missing'],
  },
];

const CBOR_CHECKS: readonly CheckName[] = Object.values(CBOR_WORDS).map(({ code, title }) => ({
  title,
  codes: [code],
}));

/** Codes of shape errors inside claims, see `claims/claim.ts`. */
const SHAPE_CHECK: CheckName = {
  title: 'Claims of the wrong shape',
  codes: ['claim-type', 'claim-range', 'claim-unknown', 'claim-conflict', 'claim-empty', 'claim-tag'],
};

/** Everything that is looked for, so that a screen can also say what was not found. */
export const CHECKS: readonly CheckName[] = [
  ...ENVELOPE_CHECKS,
  SHAPE_CHECK,
  ...[...CLAIMS_CHECKS, ...TOKEN_CHECKS].map(({ code, title }) => ({ title, codes: [code] })),
  ...CBOR_CHECKS,
];

/** The checks that found nothing. */
export function quietChecks(findings: readonly Finding[]): readonly CheckName[] {
  const found = new Set(findings.map(({ code }) => code));
  return CHECKS.filter(({ codes }) => !codes.some((code) => found.has(code)));
}
