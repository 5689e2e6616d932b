import { ignored } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { textCodec } from '../codec/text.ts';

const SUB = { label: 2, name: 'sub' } as const;

export const sub = defineClaim<string>({
  ...SUB,
  ...textCodec,
  title: 'Subject',
  summary: 'Whom or what the token is about. It decides nothing, and anybody who holds the token can read it.',
  source: 'RFC 8392 §3.1.2, CTA-5007-B §4.7.1',
  group: 'information',
  support: 'must',

  explain: (subject) => rich`about ${value(subject)}`,
  evaluate: (subject) => ignored(SUB, 'INFO', rich`${value(subject)} is only named`),

  form: { kind: 'text', placeholder: 'user 123' },

  examples: [
    { title: 'A name', value: 'jonas', cbor: '656a6f6e6173', json: 'jonas' },
    { title: 'Beyond ASCII', value: 'Jürgen', cbor: '674ac3bc7267656e', json: 'Jürgen' },
    { title: 'Empty', value: '', cbor: '60', json: '' },
  ],
  refused: [
    { title: 'A number', cbor: '1a0001e240', code: 'ERR_CLAIM_TYPE' },
    { title: 'A list', cbor: '816161', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [{ title: 'any subject', value: 'jonas', verdict: 'ignored', code: 'INFO' }],
});
