import { aud } from '../../claims/definitions/aud.ts';
import { catgeoiso3166 } from '../../claims/definitions/catgeoiso3166.ts';
import { catnip } from '../../claims/definitions/catnip.ts';
import { catu } from '../../claims/definitions/catu.ts';
import { catv } from '../../claims/definitions/catv.ts';
import { type ClaimRule, claimRule, type Target } from '../target.ts';
import { hintOpenComponents, knownRules, refuseSeveralMatches, refuseUnknownComponents } from '../uri-checks.ts';

/** The API's own lists stop here: URI components, networks, countries. */
const MOST = 5;
const OFFERED_MATCHES: ReadonlySet<string> = new Set(['exact', 'prefix', 'suffix', 'contains']);

const rules = new Map<string, ClaimRule>([
  claimRule(catu, (uri, say) => {
    if (uri.length > MOST)
      say('refused', 'too-many-components', `The OVP takes rules for at most ${MOST} URI components.`);
    refuseUnknownComponents(uri, say);
    refuseSeveralMatches(uri, say, 'the OVP takes one');
    for (const { component, matches } of knownRules(uri)) {
      if (matches.some((match) => !OFFERED_MATCHES.has(match.type) || ('or' in match && match.or !== undefined)))
        say(
          'refused',
          'match-type',
          `The OVP takes “is exactly”, “starts with”, “ends with” and “contains”; ${component} uses something else.`,
        );
      else if (component === 'path' && matches.some(({ type }) => type === 'exact' || type === 'prefix'))
        say(
          'hint',
          'path-base',
          'Whether /pt:… counts as path is not confirmed for Flowplayer: “contains” with the video id is safe either way.',
        );
    }
    hintOpenComponents(uri, say);
  }),
  claimRule(catnip, (networks, say) => {
    if (networks.length > MOST) say('refused', 'too-many-networks', `The OVP takes at most ${MOST} networks.`);
    for (const network of networks) {
      if (network.kind === 'asn' || network.kind === 'asn-range')
        say('refused', 'network-number', 'The OVP takes address ranges, no network numbers.');
      else {
        const bits = network.kind === 'address' ? network.family * 8 : network.bits;
        // its text asks for less than /24 and /56, its sample has 24 and 48
        const narrow = network.family === 4 ? 24 : 56;
        if (bits >= narrow)
          say(
            'hint',
            'narrow-network',
            `The OVP’s documentation asks for prefixes shorter than /${narrow} and contradicts itself in its sample: a narrower range may be refused.`,
          );
      }
    }
  }),
  claimRule(catgeoiso3166, (countries, say) => {
    if (countries.length > MOST) say('refused', 'too-many-countries', `The OVP takes at most ${MOST} countries.`);
  }),
  claimRule(catv, (version, say) => {
    if (version !== 1) say('refused', 'version', 'The OVP takes version 1 only.');
  }),
  claimRule(aud, (audience, say) => {
    if (typeof audience !== 'string' && audience.length > 1)
      say('hint', 'audience-list', 'The OVP’s API documents one audience, not a list.');
  }),
]);

/** Flowplayer's CDN, with the limits of the OVP's token API, whose documentation is all that is public. */
export const flowplayerOvp: Target = {
  id: 'flowplayer-ovp',
  name: 'Flowplayer OVP',
  summary: 'The claims and limits of the OVP’s token API, signed here or by the OVP.',
  verifier: 'flowplayer',
  algorithms: ['HS256'],
  cwtTag: { written: false },
  coseTag: {
    written: true,
    otherwise: { kind: 'hint', code: 'no-cose-tag', message: 'Recipients on CloudFront require tag 17.' },
  },
  withoutKid: {
    kind: 'hint',
    code: 'no-kid',
    message: 'The OVP knows its keys by their id: without a kid it cannot tell which one signed.',
  },
  hexText: { refused: 'always', why: 'Nothing shows that Flowplayer reads a payload as hex text.' },
  takes: {
    names: new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'cti', 'catu', 'catnip', 'catgeoiso3166', 'catv']),
    why: 'The OVP’s token API takes no such claim, and whether its CDN enforces it is not known.',
  },
  unknownClaims: { kind: 'left-out', message: 'The OVP’s token API takes no claim of this label.' },
  wants: [
    {
      claim: 'exp',
      kind: 'refused',
      code: 'no-expiry',
      message: 'The OVP requires an expiry. Say until when it is valid.',
    },
  ],
  rules,
  maxBytes: {
    limit: 1024,
    kind: 'hint',
    why: 'Flowplayer’s hosts look like CloudFront, whose functions stop at 1 KB.',
  },
};
