import { catu } from '../../claims/definitions/catu.ts';
import { catv } from '../../claims/definitions/catv.ts';
import { CLAIMS } from '../../claims/registry.ts';
import { type ClaimRule, claimRule, type Target } from '../target.ts';
import { hintOpenComponents, refuseUnknownComponents } from '../uri-checks.ts';

/** CTA-5007-B reserves no label for these: a strict recipient knows none of them. */
const unregistered = CLAIMS.filter(({ support }) => support === 'unregistered').map((claim) =>
  claimRule(claim, (_, say) =>
    say(
      'hint',
      'unregistered-claim',
      `${claim.name} has no registered label: recipients that do not know it at ${claim.label} must refuse the token.`,
    ),
  ),
);

const rules = new Map<string, ClaimRule>([
  ...unregistered,
  claimRule(catu, (uri, say) => {
    refuseUnknownComponents(uri, say);
    if (uri.some((rule) => rule.component !== 'unknown' && rule.matches.length > 1))
      say(
        'hint',
        'several-matches',
        'Recipients take all of several matches in a component, the first, or any. One is safe.',
      );
    hintOpenComponents(uri, say);
  }),
  claimRule(catv, (version, say) => {
    if (version !== 1) say('refused', 'version', 'A CAT has version 1 (CTA-5007-B §4.6.8).');
  }),
]);

/** Any recipient that keeps to the standard. */
export const cta5007B: Target = {
  id: 'cta-5007-b',
  name: 'CTA-5007-B',
  summary: 'Every claim of the standard, for recipients that keep to it.',
  verifier: 'cta-5007',
  algorithms: ['HS256', 'ES256', 'PS256', 'HS256/64', 'A128GCM', 'A256GCM'],
  cwtTag: { written: true },
  coseTag: { written: true },
  hexText: { refused: 'always', why: 'The payload of a CAT is a byte string (RFC 9052 §4.2, §6.2).' },
  unknownClaims: {
    kind: 'hint',
    message: 'Recipients must refuse a token with a claim they do not know (CTA-5007-B §4).',
  },
  wants: [],
  rules,
  maxBytes: {
    limit: 4096,
    kind: 'hint',
    why: 'Recipients need not process more than 4096 bytes (CTA-5007-B §4.3.1.1).',
  },
};
