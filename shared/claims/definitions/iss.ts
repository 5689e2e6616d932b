import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { textCodec } from '../codec/text.ts';

const ISS = { label: 1, name: 'iss' } as const;

export const iss = defineClaim<string>({
  ...ISS,
  ...textCodec,
  title: 'Issuer',
  summary: 'Who made the token. A recipient that does not know the issuer refuses it.',
  source: 'RFC 8392 §3.1.1, CTA-5007-B §4.6.1',
  group: 'request',
  support: 'must',

  explain: (issuer) => rich`issued by ${value(issuer)}`,

  evaluate(issuer, { recipient }) {
    const known = recipient.issuers;
    if (known === undefined) {
      return undecided(ISS, 'missing-input', rich`It was not said which issuers the recipient knows`);
    }
    // compared as they stand: RFC 8392 gives issuers no normal form
    if (known.includes(issuer)) return passed(ISS, rich`${value(issuer)} is a known issuer`);
    return denied(ISS, 'DENY_ISSUER', rich`${value(issuer)} is not an issuer the recipient knows`, {
      expected: known.join(', '),
      actual: issuer,
    });
  },

  form: { kind: 'text', placeholder: 'https://issuer.example' },

  examples: [
    {
      title: 'A URL',
      value: 'https://a.example',
      cbor: '7168747470733a2f2f612e6578616d706c65',
      json: 'https://a.example',
    },
    { title: 'A plain name', value: 'eyevinn', cbor: '6765796576696e6e', json: 'eyevinn' },
    { title: 'Empty, which is still an issuer', value: '', cbor: '60', json: '' },
  ],
  refused: [
    { title: 'A number', cbor: '05', code: 'ERR_CLAIM_TYPE' },
    { title: 'Bytes', cbor: '4178', code: 'ERR_CLAIM_TYPE' },
    { title: 'Tagged text', cbor: 'd8206178', code: 'ERR_CLAIM_TAG' },
  ],
  cases: [
    { title: 'known', value: 'a', recipient: { issuers: ['b', 'a'] }, verdict: 'pass' },
    { title: 'not known', value: 'a', recipient: { issuers: ['b'] }, verdict: 'fail', code: 'DENY_ISSUER' },
    {
      title: 'known in other letters',
      value: 'A',
      recipient: { issuers: ['a'] },
      verdict: 'fail',
      code: 'DENY_ISSUER',
    },
    {
      title: 'a recipient that knows nobody',
      value: '',
      recipient: { issuers: [] },
      verdict: 'fail',
      code: 'DENY_ISSUER',
    },
    { title: 'issuers not given', value: 'a', verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});
