import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBase64Lenient } from '../../shared/bytes/base64.ts';
import { encodeUtf8 } from '../../shared/bytes/utf8.ts';
import { readClaims } from '../../shared/claims/read-claims.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { openDotEnvelope } from '../../shared/cose/open-dot.ts';
import { judgeClaims } from '../../shared/evaluate/judge-claims.ts';
import { seconds } from '../../shared/units.ts';
import { cta5007 } from '../../shared/verifiers/cta-5007.ts';

/** Authorisation tests that the published MOQT vectors carry along. */
interface Vector {
  readonly id: string;
  readonly token: string;
  readonly form: string;
  readonly context: { readonly authorization_tests?: readonly AuthorisationTest[] } | null;
}
type AuthorisationTest =
  | {
      readonly action: number;
      readonly namespace: readonly string[];
      readonly track: string;
      readonly expected: boolean;
    }
  | readonly [action: number, namespace: readonly string[], track: string, expected: boolean];

const { vectors } = JSON.parse(readFileSync(new URL('../vectors/tokens.json', import.meta.url), 'utf8')) as {
  vectors: readonly Vector[];
};
const withTests = vectors.flatMap(({ id, token, context }) =>
  (context?.authorization_tests ?? []).map((test) => {
    const [action, namespace, track, expected] =
      'action' in test ? ([test.action, test.namespace, test.track, test.expected] as const) : test;
    return { id, token, action, namespace, track, expected };
  }),
);

describe('MOQT scopes of the published vectors', () => {
  it('are many', () => expect(withTests.length).toBeGreaterThan(20));

  it.each(withTests)(
    '$id: action $action on $namespace, $track: $expected',
    ({ token, action, namespace, track, expected }) => {
      const payload = claimsNodeOf(token);
      if (payload === undefined) throw new Error('no claims');
      const request = {
        moqt: { action, namespace: namespace.map((field) => encodeUtf8(field)), track: encodeUtf8(track) },
      };
      const verdict = judgeClaims(readClaims(payload), request, { now: seconds(0), skew: seconds(0) }, cta5007).find(
        ({ name }) => name === 'moqt',
      );
      expect(verdict?.verdict).toBe(expected ? 'pass' : 'fail');
    },
  );
});

function claimsNodeOf(token: string) {
  const envelope = token.includes('.') ? openDotEnvelope(token) : openEnvelope(decodeBase64Lenient(token).bytes);
  return envelope.payload?.claims;
}
