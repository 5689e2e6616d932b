import { randomBytes } from 'node:crypto';
import { decodeBase64url } from '../../shared/bytes/base64.ts';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyVerification } from '../../shared/contract/keys.ts';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { verify } from '../../shared/cose/verify.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { applyMend } from '../../shared/evaluate/apply-mend.ts';
import { issueToken } from '../../shared/issue/issue-token.ts';
import { cta5007B } from '../../shared/issue/targets/cta-5007-b.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { SAMPLE_ISSUER } from '../../shared/sample-issuer.ts';
import { keyId } from '../../shared/units.ts';

/** What the token lets in, and what is asked for: another rendition than the one it was made for. */
const COVERED = '/hls/sample-clip/720p/';
const ASKED = 'https://cdn.example.com/hls/sample-clip/1080p/seg_0017.ts';
const VALID_SECONDS = 2 * 3600;
const KID = 'sample';
const KEY = { id: keyId('00000000-0000-4000-8000-000000000001'), name: KID, environment: 'dev', kid: KID } as const;

/** A token that gets a 403, and the key that proves it genuine. */
export interface Sample {
  make(input: ParsedInput<'sample.make'>): Result<{ readonly text: string }, AppError>;
  /** `undefined`: not a token that was made here */
  verify(token: string): KeyVerification | undefined;
}

/** The key is made anew at each start and is in no list, so whoever has this program cannot make a token that it trusts. */
export function createSample(crypto: CryptoPort, now: () => number = Date.now): Sample {
  const material = { kind: 'secret', bytes: randomBytes(32) } as const;
  return {
    make: ({ changes }) => {
      const at = Math.floor(now() / 1000);
      const claims = {
        iss: SAMPLE_ISSUER,
        exp: at + VALID_SECONDS,
        nbf: at,
        catv: 1,
        catu: { path: { prefix: COVERED } },
        catm: ['GET', 'HEAD'],
      };
      const draft = { claims: applyMend(claims, changes), kept: [], envelope: { kid: KID } };
      const issued = issueToken(draft, cta5007B, material, crypto);
      return issued.ok
        ? ok({ text: `curl '${ASKED}?CAT=${issued.value.text}'` })
        : err(createError('ERR_ISSUE_REFUSED'));
    },
    verify: (token) => {
      const bytes = decodeBase64url(token);
      if (!bytes.ok) return undefined;
      const candidate = { ref: KID, encoding: 'raw', kid: KID, material } as const;
      const integrity = verify(openEnvelope(bytes.value), [candidate], crypto);
      if (integrity.state !== 'verified') return undefined;
      const { encoding, withNewline, context, tried } = integrity;
      return { state: 'verified', key: KEY, isBuiltIn: true, encoding, withNewline, context, kidMatches: true, tried };
    },
  };
}
