import { catif } from '../../claims/definitions/catif.ts';
import { catnip } from '../../claims/definitions/catnip.ts';
import { catr } from '../../claims/definitions/catr.ts';
import { catreplay } from '../../claims/definitions/catreplay.ts';
import { catu } from '../../claims/definitions/catu.ts';
import { catv } from '../../claims/definitions/catv.ts';
import { exp } from '../../claims/definitions/exp.ts';
import { geohash } from '../../claims/definitions/geohash.ts';
import { iat } from '../../claims/definitions/iat.ts';
import { CLAIMS } from '../../claims/registry.ts';
import { type ClaimRule, claimRule, type Target } from '../target.ts';
import { knownRules, refuseNeverMet, refuseSeveralMatches, refuseUnknownComponents } from '../uri-checks.ts';

const IGNORED: ReadonlySet<string> = new Set([
  'catpor',
  'catgeoalt',
  'cattpk',
  'cnf',
  'catdpop',
  'cattprint',
  'moqt',
  'moqt-reval',
]);

/** What version 1.0.2 does, by running it (CAT.md f and appendix). */
const rules = new Map<string, ClaimRule>([
  claimRule(catu, (uri, say) => {
    refuseUnknownComponents(uri, say);
    refuseSeveralMatches(uri, say, 'Akamai reads only the first');
    refuseNeverMet(uri, say);
    for (const { component, matches } of knownRules(uri)) {
      if (component === 'host')
        say('hint', 'host-header', 'Akamai compares the Host header, with its port when the request has one.');
      for (const match of matches) {
        if (match.type === 'sha512-256')
          say('refused', 'digest', 'Akamai computes a whole SHA-512 and never finds this digest. Use SHA-256.');
        if (match.type === 'regex' && match.groups.some((group) => group !== null))
          say('refused', 'regex-groups', 'Akamai takes what follows the expression for its flags, and fails.');
      }
    }
  }),
  claimRule(catnip, (networks, say) => {
    if (networks.length > 1)
      say('refused', 'several-networks', 'Akamai refuses a client that is outside the first network. Keep one.');
    if (networks.some(({ kind }) => kind === 'asn' || kind === 'asn-range'))
      say('refused', 'network-number', 'Akamai calls a network number ill-formed.');
  }),
  claimRule(catreplay, (_, say) =>
    say('refused', 'replay', 'Akamai refuses every request of a token with catreplay, whatever its value.'),
  ),
  claimRule(geohash, (cells, say) => {
    if (typeof cells !== 'string')
      say('refused', 'geohash-list', 'Akamai refuses a list of geohash cells. Give one as text.');
  }),
  claimRule(catif, (responses, say) => {
    if (responses.some(({ headers, kid }) => headers === undefined || kid === undefined))
      say('refused', 'response-items', 'Akamai wants status, headers and kid in every catif rule.');
  }),
  claimRule(catr, (renewal, say) => {
    if (renewal.expadd === undefined) say('refused', 'no-expadd', 'Akamai calls a renewal without expadd ill-formed.');
  }),
  claimRule(exp, (moment, say) => {
    if (Number(moment) === 0) say('refused', 'expiry-zero', 'Akamai calls an expiry of 0 ill-formed.');
  }),
  claimRule(iat, (moment, say) => {
    if (Number(moment) <= 0) say('refused', 'issued-at', 'Akamai wants a moment of issue after 1970.');
  }),
  claimRule(catv, (version, say) => {
    if (version !== 1) say('refused', 'version', 'Akamai takes version 1 only.');
  }),
]);

/** The CAT module of Akamai's EdgeWorkers examples. */
export const akamai: Target = {
  id: 'akamai',
  name: 'Akamai EdgeWorkers',
  summary: 'What the CAT module 1.0.2 of Akamai’s EdgeWorkers examples reads and enforces.',
  verifier: 'akamai',
  algorithms: ['HS256', 'ES256'],
  cwtTag: {
    written: true,
    otherwise: { kind: 'refused', code: 'no-cwt-tag', message: 'Akamai’s examples refuse a token without tag 61.' },
  },
  coseTag: {
    written: true,
    otherwise: {
      kind: 'refused',
      code: 'no-cose-tag',
      message: 'Akamai’s examples refuse a token without its COSE tag.',
    },
  },
  hexText: { refused: 'always', why: 'Akamai reads the claims from a byte string only.' },
  takes: {
    names: new Set(CLAIMS.map(({ name }) => name).filter((name) => !IGNORED.has(name))),
    why: 'Akamai’s module does not look at it.',
  },
  wants: [
    {
      claim: 'iss',
      kind: 'hint',
      code: 'no-issuer',
      message: 'With an issuer configured Akamai refuses a token without one.',
    },
  ],
  rules,
  together: (has) =>
    has('enc') && !has('crit')
      ? { kind: 'refused', code: 'enc-without-crit', message: 'Akamai fails on enc without crit. Add crit.' }
      : undefined,
  maxBytes: {
    limit: 4096,
    kind: 'hint',
    why: 'Recipients need not process more than 4096 bytes (CTA-5007-B §4.3.1.1).',
  },
};
