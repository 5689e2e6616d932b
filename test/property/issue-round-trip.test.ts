import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { encodeHex } from '../../shared/bytes/hex.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { readClaims } from '../../shared/claims/read-claims.ts';
import { CLAIMS } from '../../shared/claims/registry.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { signEnvelope } from '../../shared/cose/sign.ts';
import { cloneToken } from '../../shared/issue/clone-token.ts';
import type { Draft, EnvelopeChoices, KeptClaim } from '../../shared/issue/draft.ts';
import { prepareToken } from '../../shared/issue/prepare-token.ts';
import { cta5007B } from '../../shared/issue/targets/cta-5007-b.ts';
import type { JsonObject } from '../../shared/json.ts';
import { authoredValue, SEED } from './cbor-arbitraries.ts';

const SECRET = { kind: 'secret', bytes: new Uint8Array(32).fill(7) } as const;

/** Any of the registry's examples, one a claim at most. */
const someClaims: fc.Arbitrary<JsonObject> = fc
  .subarray([...CLAIMS])
  .chain((claims) =>
    fc.tuple(
      ...claims.map(({ name, examples }) => fc.constantFrom(...examples).map(({ json }) => [name, json] as const)),
    ),
  )
  .map((entries) => Object.fromEntries(entries));

/** Claims nobody knows, written in any way. */
const someKept: fc.Arbitrary<readonly KeptClaim[]> = fc.uniqueArray(
  fc.record({
    label: fc.integer({ min: 70_000, max: 80_000 }).map((label) => encodeHex(encode({ kind: 'int', value: label }))),
    value: authoredValue.map((value) => encodeHex(encode(value, { form: 'authored' }))),
  }),
  { maxLength: 3, selector: ({ label }) => label },
);

const someEnvelope: fc.Arbitrary<EnvelopeChoices> = fc
  .record({
    alg: fc.constantFrom('HS256', 'HS256/64'),
    cwtTag: fc.boolean(),
    coseTag: fc.boolean(),
    kid: fc.oneof(fc.constantFrom('k1', 'clé'), fc.constant({ hex: '00ff' })),
    kidIn: fc.constantFrom('protected', 'unprotected'),
    hexText: fc.boolean(),
  })
  .map(({ hexText, ...choices }) => ({ ...choices, ...(hexText && { payloadForm: 'hex-text' as const }) }));

it('draft → token → draft is the identity over the registry’s examples', () => {
  fc.assert(
    fc.property(someClaims, someKept, someEnvelope, (claims, kept, envelope) => {
      const draft: Draft = { claims, kept, envelope };
      const prepared = prepareToken(draft, cta5007B);
      if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
      const { bytes, form } = prepared.value;
      // claims nobody knows may hold anything
      if (kept.length === 0) expect(decode(bytes).issues.map(({ code }) => code)).not.toContain('ERR_CBOR_KEY_ORDER');
      const token = signEnvelope({ ...form, claims: bytes }, SECRET, nodeCrypto);
      if (!token.ok) throw new Error(token.error.message);

      const opened = openEnvelope(token.value);
      const node = opened.payload?.claims;
      const again = cloneToken(opened, node && readClaims(node));
      expect(again.claims).toEqual(draft.claims);
      expect([...again.kept].sort(byLabel)).toEqual([...draft.kept].sort(byLabel));
      expect(again.envelope).toEqual(draft.envelope);

      const second = prepareToken(again, cta5007B);
      expect(second.ok && encodeHex(second.value.bytes)).toBe(encodeHex(bytes));
    }),
    { seed: SEED, numRuns: 300 },
  );
});

it('makes a token of every example by itself, by name and by label', () => {
  for (const claim of CLAIMS) {
    for (const { json, cbor } of claim.examples) {
      for (const member of [claim.name, String(claim.label)]) {
        const prepared = prepareToken({ claims: { [member]: json }, kept: [], envelope: {} }, cta5007B);
        if (!prepared.ok) throw new Error(`${member}: ${JSON.stringify(prepared.error)}`);
        expect(encodeHex(prepared.value.bytes)).toBe(
          `a1${encodeHex(encode({ kind: 'int', value: claim.label }))}${cbor}`,
        );
      }
    }
  }
});

const byLabel = (a: KeptClaim, b: KeptClaim): number => (a.label < b.label ? -1 : 1);
