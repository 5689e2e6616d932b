import { cta5007Rules } from './cta-5007.ts';
import type { Verifier } from './verifier.ts';

/** The CWT module of CloudFront Functions: it checks a MAC, and the function's author checks claims. */
export const cloudfront: Verifier = {
  id: 'cloudfront',
  name: 'CloudFront Functions',
  version: 'runtime 2.0',
  basis: 'documented',
  summary: 'Checks an HS256 MAC on a token of at most 1 KB; every claim is left to the function’s own code.',
  notes: [
    'No claim is checked by the module, not even exp: what the function does with them is not known here.',
    'Amazon’s sample code uses labels of its own (401 to 404) that other verifiers do not know.',
    'The sample skips an exp of 0 and compares countries in lower case.',
  ],
  rules: {
    ...cta5007Rules,
    supportOtherwise: 'ignore',
    unknownClaims: 'ignore',
    illFormed: 'ignore',
    duplicates: 'last',
    dialects: { ...cta5007Rules.dialects, awsLabels: true },
    issuer: { missing: 'accept' },
  },
  open: [],
  envelope: {
    cwtTag: 'optional',
    coseTag: 'required',
    tagMustFitAlgorithm: true,
    algorithms: ['HS256'],
    algorithmFrom: 'key',
    macContexts: ['MAC0'],
    truncatedMac: false,
    hexTextPayload: false,
    lowS: false,
    verifiesIntegrity: true,
    keyChoice: 'one-key',
    maxBytes: 1024,
  },
  carrier: {
    choice: 'first',
    order: ['header', 'cookie', 'query', 'path'],
    stopsAt: [],
    headers: ['CTA-Common-Access-Token'],
    cookies: ['CTA-Common-Access-Token'],
    queries: ['CAT'],
    pathPrefix: '',
    exactCase: { cookies: true, queries: true },
  },
  outcome: {},
};
