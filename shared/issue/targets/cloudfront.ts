import type { Target } from '../target.ts';

/** CloudFront Functions: the module checks the MAC, the function's own code checks claims. */
export const cloudfront: Target = {
  id: 'cloudfront',
  name: 'CloudFront Functions',
  summary: 'An HS256 token of at most 1 KB; which claims count is up to the function’s own code.',
  verifier: 'cloudfront',
  algorithms: ['HS256'],
  cwtTag: { written: false },
  coseTag: {
    written: true,
    otherwise: { kind: 'refused', code: 'no-cose-tag', message: 'CloudFront requires tag 17.' },
  },
  withoutKid: {
    kind: 'hint',
    code: 'no-kid',
    message: 'Amazon’s sample looks the key up by its kid.',
  },
  hexText: { refused: 'always', why: 'CloudFront reads the claims from a byte string only.' },
  wants: [
    {
      claim: 'exp',
      kind: 'hint',
      code: 'no-expiry',
      message: 'Nothing ends this token. The module itself does not ask for an expiry.',
    },
  ],
  rules: new Map(),
  maxBytes: { limit: 1024, kind: 'refused', why: 'CloudFront stops at 1 KB.' },
};
