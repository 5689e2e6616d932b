import { cta5007Rules } from './cta-5007.ts';
import type { Rules } from './rules.ts';
import type { Verifier } from './verifier.ts';

const NO_BUFFER = ['int', 'float', 'simple', 'map', 'tag'] as const;
const NO_LIST = ['int', 'float', 'simple', 'text', 'map', 'tag'] as const;

/** `CAT.validate` of `@eyevinn/cat` 0.16.4, as observed and as its code reads. */
export const nodeCatRules: Rules = {
  ...cta5007Rules,
  support: {
    iss: 'enforce',
    aud: 'enforce',
    exp: 'enforce',
    nbf: 'enforce',
    catu: 'enforce',
    catnip: 'enforce',
    catr: 'enforce',
    catif: 'enforce',
  },
  supportOtherwise: 'ignore',
  unknownClaims: 'ignore',
  // its type check runs in a promise that nobody waits for
  illFormed: 'ignore',
  illFormedClaims: { iss: 'reject', aud: 'reject', catu: 'error', catr: 'error', catif: 'error' },
  // made into a Buffer, or walked through, before anything looks at them
  throwsOn: { cti: NO_BUFFER, cattpk: NO_BUFFER, catnip: NO_LIST },
  emptyIsAbsent: ['iss', 'aud', 'exp', 'nbf'],
  duplicates: 'last',
  dialects: {
    compositesAt41: false,
    compositesAt324: false,
    cattprintAt324: false,
    legacyLabels: false,
    arrayMatches: false,
    textKeys: false,
    awsLabels: false,
  },
  issuer: { missing: 'accept' },
  audience: { missing: 'accept', list: 'any' },
  time: { ...cta5007Rules.time, atExpiry: 'accept', zero: 'absent', wrongType: 'absent' },
  version: { accepts: 'any' },
  replay: { permitted: 'pass', prohibited: 'pass', detection: 'pass' },
  uri: {
    ...cta5007Rules.uri,
    several: 'first',
    unknownComponent: 'error',
    unknownMatch: 'error',
    tokenParameters: ['cat'],
    queryOrder: 'sorted',
    stem: 'to-first-dot',
    extension: 'from-first-dot',
    regex: 'javascript-search',
    regexGroups: 'error',
    sha256Value: 'hex-text',
    sha512_256: 'sha512-hex-text',
  },
  network: { several: 'any', asn: 'also', elidedPrefix: 'error', addressKnown: true },
  responseRules: { keys: 'exp-only', items: '2-3' },
};

export const nodeCat: Verifier = {
  id: 'node-cat',
  name: 'node-cat, CAT.validate',
  version: '0.16.4',
  basis: 'executed',
  summary:
    'The library call of @eyevinn/cat: times, issuer, audience, URL and network; everything else is let through.',
  notes: [
    'Ignores catm, cath, catreplay, catpor, catv, every geographic claim, key binding and composites.',
    'A claim of the wrong type is accepted and leaves an unhandled rejection behind, which may end the process.',
    'Reads only the first match of a catu component; extension and stem are cut at the first dot.',
    'Throws on catnip prefixes whose trailing zero bytes are left out, as RFC 9164 asks.',
    'Turns JSON claim names it does not know into one NaN key when it issues.',
  ],
  rules: nodeCatRules,
  open: [],
  envelope: {
    cwtTag: 'optional',
    coseTag: 'optional',
    tagMustFitAlgorithm: false,
    algorithms: ['HS256', 'HS256/64'],
    algorithmFrom: 'token',
    macContexts: ['MAC0'],
    truncatedMac: true,
    hexTextPayload: true,
    lowS: false,
    verifiesIntegrity: true,
    keyChoice: 'every-key',
    maxBytes: undefined,
  },
  carrier: {
    choice: 'first',
    order: ['header', 'cookie', 'query'],
    stopsAt: ['cookie'],
    headers: ['CTA-Common-Access-Token'],
    cookies: ['CTA-Common-Access-Token'],
    queries: ['cat'],
    pathPrefix: undefined,
    exactCase: { cookies: false, queries: true },
  },
  outcome: {},
};

/** The same library behind an HTTP server: more claims, no client address, and a carrier. */
export const nodeCatHttp: Verifier = {
  ...nodeCat,
  id: 'node-cat-http',
  name: 'node-cat, HttpValidator',
  summary:
    'The HTTP front of @eyevinn/cat: also checks methods and counts replays, but never learns the client address.',
  notes: [
    ...nodeCat.notes,
    'Any catnip refuses every request: the address is not handed to the check.',
    'Any Cookie header without a token hides a token in the query.',
    'Counts replays only when the server was given a store.',
  ],
  rules: {
    ...nodeCatRules,
    support: { ...nodeCatRules.support, catm: 'enforce', catreplay: 'enforce' },
    replay: { permitted: 'pass', prohibited: 'count', detection: 'pass' },
    network: { ...nodeCatRules.network, addressKnown: false },
  },
  envelope: { ...nodeCat.envelope, cwtTag: 'required', coseTag: 'required', hexTextPayload: false },
  outcome: {
    missing: { message: 'No CTA token could be found' },
    unknownKey: { status: 401, message: 'Failed to validate token signature with any of the available keys' },
    unmetClaim: { status: 401 },
    otherFailure: { status: 500 },
  },
};
