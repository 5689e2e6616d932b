import { cta5007Rules } from './cta-5007.ts';
import type { Rules } from './rules.ts';
import type { Verifier } from './verifier.ts';

/** What the OVP's API lets a token say is taken to be enforced; nobody outside has seen its CDN judge the rest. */
const rules: Rules = {
  ...cta5007Rules,
  support: {
    exp: 'enforce',
    nbf: 'enforce',
    catv: 'enforce',
    catu: 'enforce',
    catnip: 'enforce',
    catgeoiso3166: 'enforce',
  },
  supportOtherwise: 'unconfirmed',
  unknownClaims: 'unconfirmed',
  illFormed: 'unconfirmed',
  // the API's JSON writes matches as [type, value]; whether the wire does is not known
  dialects: { ...cta5007Rules.dialects, arrayMatches: true },
  issuer: { missing: 'accept' },
};

const withUri = (uri: Partial<Rules['uri']>): Rules => ({ ...rules, uri: { ...rules.uri, ...uri } });

/** The CDN behind Flowplayer's Advanced playback tokens. */
export const flowplayer: Verifier = {
  id: 'flowplayer',
  name: 'Flowplayer OVP',
  version: 'platform API v3',
  basis: 'documented',
  summary: 'Flowplayer’s CDN, as far as its API and player tell: the token is the path’s first segment, after /pt:.',
  notes: [
    'How the CDN judges a token is not published; nothing here is confirmed for Flowplayer.',
    'Whether /pt:… is part of the path that catu sees is not known: “contains” with the video id is safe, “starts with” and “is exactly” are not.',
    'The API offers exp, nbf, iat, iss, sub, aud, cti, catu, catnip, catgeoiso3166 and catv; whether other claims are enforced is not known.',
    'The player adds the token to https addresses only.',
  ],
  rules,
  open: [
    {
      claim: 'catu',
      question: 'whether the token’s own segment is part of the path',
      rules: withUri({ removeToken: false }),
    },
    {
      claim: 'catu',
      question: 'whether an extension has its dot and a parent path its slash',
      rules: withUri({ extension: 'without-dot', parentPath: 'with-slash' }),
    },
  ],
  envelope: {
    cwtTag: 'optional',
    coseTag: 'required',
    tagMustFitAlgorithm: false,
    algorithms: ['HS256'],
    algorithmFrom: 'key',
    macContexts: ['MAC0'],
    truncatedMac: false,
    hexTextPayload: false,
    lowS: false,
    verifiesIntegrity: true,
    keyChoice: 'kid',
    // its hosts look like CloudFront, whose module stops at 1 KB: a guess, and said as one
    maxBytes: undefined,
  },
  carrier: {
    choice: 'first',
    order: ['path'],
    stopsAt: [],
    headers: [],
    cookies: [],
    queries: [],
    pathPrefix: 'pt:',
    exactCase: { cookies: true, queries: true },
  },
  outcome: {},
};
