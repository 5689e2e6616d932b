import { denied, ignored, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { asList, oneOrManyCodec } from '../codec/list.ts';
import { inList } from '../codec/match-words.ts';
import { textCodec } from '../codec/text.ts';

const AUD = { label: 3, name: 'aud' } as const;

/** One name, or a list of which one is enough. */
export type Audience = string | readonly string[];

export const aud = defineClaim<Audience>({
  ...AUD,
  ...oneOrManyCodec(textCodec),
  title: 'Audience',
  summary: 'Which recipients the token is for. A recipient that is none of them refuses it.',
  source: 'RFC 8392 §3.1.3, CTA-5007-B §4.6.2',
  group: 'request',
  support: 'must',

  explain: (audience) => {
    const names = asList(audience).map((name) => rich`${value(name)}`);
    return names.length === 0 ? rich`for no recipient` : rich`for ${inList(names, 'or')}`;
  },

  evaluate(audience, { recipient, rules }) {
    const own = recipient.audiences;
    if (Array.isArray(audience) && rules.audience.list === 'ignored') {
      const reason = rich`A list of recipients is not read, as if there were none`;
      return rules.audience.missing === 'reject' && own !== undefined
        ? denied(AUD, 'DENY_MISSING', reason)
        : ignored(AUD, 'NOT_ENFORCED', reason);
    }
    if (own === undefined) return undecided(AUD, 'missing-input', rich`It was not said which names the recipient has`);
    const names = asList(audience);
    const met = names.find((name) => own.includes(name));
    if (met !== undefined) return passed(AUD, rich`The recipient is ${value(met)}`);
    return denied(AUD, 'DENY_AUDIENCE', rich`None of the recipients it is for is this one`, {
      expected: names.join(', '),
      actual: own.join(', '),
    });
  },

  form: { kind: 'text-list', placeholder: 'https://cdn.example', single: true },

  examples: [
    { title: 'One recipient', value: 'one', cbor: '636f6e65', json: 'one' },
    { title: 'Several', value: ['one', 'two'], cbor: '82636f6e656374776f', json: ['one', 'two'] },
    { title: 'A list of one stays a list', value: ['one'], cbor: '81636f6e65', json: ['one'] },
    { title: 'A list of nobody', value: [], cbor: '80', json: [] },
  ],
  refused: [
    { title: 'A number', cbor: '01', code: 'ERR_CLAIM_TYPE' },
    { title: 'A number in the list', cbor: '82636f6e6502', code: 'ERR_CLAIM_TYPE' },
    { title: 'A map', cbor: 'a0', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'the recipient itself', value: 'one', recipient: { audiences: ['one'] }, verdict: 'pass' },
    { title: 'one of the list', value: ['one', 'two'], recipient: { audiences: ['two', 'ten'] }, verdict: 'pass' },
    {
      title: 'somebody else',
      value: ['one', 'two'],
      recipient: { audiences: ['three'] },
      verdict: 'fail',
      code: 'DENY_AUDIENCE',
    },
    { title: 'nobody', value: [], recipient: { audiences: ['one'] }, verdict: 'fail', code: 'DENY_AUDIENCE' },
    { title: 'the empty name', value: '', recipient: { audiences: [''] }, verdict: 'pass' },
    { title: 'names not given', value: 'one', verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});
