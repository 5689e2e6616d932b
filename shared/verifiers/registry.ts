import { akamai } from './akamai.ts';
import { catToken } from './cat-token.ts';
import { cloudfront } from './cloudfront.ts';
import { cta5007 } from './cta-5007.ts';
import { fastly } from './fastly.ts';
import { flowplayer } from './flowplayer.ts';
import { nodeCat, nodeCatHttp } from './node-cat.ts';
import type { Verifier } from './verifier.ts';
import { zig } from './zig.ts';

/** Every verifier the house can predict; the first is the default. */
export const VERIFIERS: readonly Verifier[] = [
  cta5007,
  flowplayer,
  akamai,
  nodeCat,
  nodeCatHttp,
  cloudfront,
  fastly,
  zig,
  catToken,
];

/** The verifier of an id as a person types it. */
export const verifierById = (id: string): Verifier | undefined => VERIFIERS.find((verifier) => verifier.id === id);
