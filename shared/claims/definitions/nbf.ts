import { denied, passed } from '../../evaluate/make-verdict.ts';
import { duration, rich, time } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim } from '../claim.ts';
import { dateSeconds, type NumericDate, numberCodec } from '../codec/number.ts';

const NBF = { label: 5, name: 'nbf' } as const;

export const nbf = defineClaim<NumericDate>({
  ...NBF,
  ...numberCodec(),
  title: 'Not before',
  summary: 'Until this moment the token is refused.',
  source: 'RFC 8392 §3.1.5, CTA-5007-B §4.6.4',
  group: 'time',
  support: 'must',

  explain: (date) => rich`from ${time(dateSeconds(date))}`,

  evaluate(date, { recipient: { now, skew }, rules }) {
    const at = dateSeconds(date);
    if (rules.time.fraction === 'ill-formed' && !Number.isInteger(at)) {
      return denied(NBF, 'DENY_ILL_FORMED', rich`A start with a fraction of a second is not accepted`);
    }
    if (at === 0 && rules.time.zero === 'ill-formed') {
      return denied(NBF, 'DENY_ILL_FORMED', rich`A start of 0 is not accepted`);
    }
    if (at < 0 && rules.time.negative === 'never-expires') {
      // the same wrap-around that makes such an expiry endless
      return denied(NBF, 'DENY_NOT_YET_VALID', rich`A start before 1970 is read as one far in the future`);
    }
    if (now + skew >= at) return passed(NBF, rich`Valid since ${time(at)}`);
    return denied(NBF, 'DENY_NOT_YET_VALID', rich`Valid only from ${time(at)}, in ${duration(seconds(at - now))}`, {
      expected: `${at - skew} or later`,
      actual: String(now),
    });
  },

  form: { kind: 'time' },

  examples: [
    { title: 'A moment', value: 1443944944, cbor: '1a5610d9f0', json: 1443944944 },
    { title: 'A tenth of a second', value: 0.1, cbor: 'fb3fb999999999999a', json: 0.1 },
    { title: 'Zero', value: 0, cbor: '00', json: 0 },
    { title: 'Before 1970', value: -1000, cbor: '3903e7', json: -1000 },
  ],
  refused: [
    { title: 'Text', cbor: '6130', code: 'ERR_CLAIM_TYPE' },
    { title: 'true', cbor: 'f5', code: 'ERR_CLAIM_TYPE' },
    { title: 'Not a number', cbor: 'f97e00', code: 'ERR_CLAIM_RANGE' },
  ],
  cases: [
    { title: 'begun a second ago', value: 999, recipient: { now: seconds(1000) }, verdict: 'pass' },
    { title: 'at the very moment', value: 1000, recipient: { now: seconds(1000) }, verdict: 'pass' },
    { title: 'zero', value: 0, recipient: { now: seconds(1000) }, verdict: 'pass' },
    {
      title: 'in half a second',
      value: 1000.5,
      recipient: { now: seconds(1000) },
      verdict: 'fail',
      code: 'DENY_NOT_YET_VALID',
    },
    {
      title: 'within forgiven skew',
      value: 1010,
      recipient: { now: seconds(1000), skew: seconds(10) },
      verdict: 'pass',
    },
    {
      title: 'beyond forgiven skew',
      value: 1010.5,
      recipient: { now: seconds(1000), skew: seconds(10) },
      verdict: 'fail',
      code: 'DENY_NOT_YET_VALID',
    },
  ],
});
