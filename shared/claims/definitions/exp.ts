import { denied, ignored, passed } from '../../evaluate/make-verdict.ts';
import { duration, rich, time } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim } from '../claim.ts';
import { dateSeconds, type NumericDate, numberCodec } from '../codec/number.ts';

const EXP = { label: 4, name: 'exp' } as const;

export const exp = defineClaim<NumericDate>({
  ...EXP,
  ...numberCodec(),
  title: 'Expires',
  summary: 'From this moment on the token is refused.',
  source: 'RFC 8392 §3.1.4, CTA-5007-B §4.6.3',
  group: 'time',
  support: 'must',

  explain: (date) => rich`until ${time(dateSeconds(date))}`,

  evaluate(date, { recipient, rules }) {
    const at = dateSeconds(date);
    const { zero, negative, fraction, atExpiry } = rules.time;
    if (at === 0 && zero === 'absent') return ignored(EXP, 'NOT_ENFORCED', rich`An expiry of 0 is read as no expiry`);
    if (at === 0 && zero === 'ill-formed') return denied(EXP, 'DENY_ILL_FORMED', rich`An expiry of 0 is not accepted`);
    if (at < 0 && negative === 'never-expires') {
      return passed(EXP, rich`An expiry before 1970 is read as one far in the future`);
    }
    if (fraction === 'ill-formed' && !Number.isInteger(at)) {
      return denied(EXP, 'DENY_ILL_FORMED', rich`An expiry with a fraction of a second is not accepted`);
    }
    const { now, skew } = recipient;
    const left = seconds(at + skew - now);
    if (left > 0 || (left === 0 && atExpiry === 'accept')) {
      return passed(EXP, rich`Expires ${time(at)}`);
    }
    const ago = seconds(now - at);
    return denied(EXP, 'DENY_EXPIRED', rich`Expired ${time(at)}, ${duration(ago)} ago`, {
      expected: `before ${at + skew}`,
      actual: String(now),
    });
  },

  form: { kind: 'time' },

  examples: [
    { title: 'A moment', value: 1444064944, cbor: '1a5612aeb0', json: 1444064944 },
    { title: 'Half a second', value: 1444064944.5, cbor: 'fb41d584abac200000', json: 1444064944.5 },
    { title: 'The first second of 1970: expired, not absent', value: 0, cbor: '00', json: 0 },
    { title: 'Before 1970', value: -1, cbor: '20', json: -1 },
    {
      title: 'The largest integer CBOR writes',
      value: 18446744073709551615n,
      cbor: '1bffffffffffffffff',
      json: { int: '18446744073709551615' },
    },
  ],
  refused: [
    { title: 'Text', cbor: '6a31343434303634393434', code: 'ERR_CLAIM_TYPE' },
    { title: 'null', cbor: 'f6', code: 'ERR_CLAIM_TYPE' },
    { title: 'Not a number', cbor: 'f97e00', code: 'ERR_CLAIM_RANGE' },
    { title: 'Endless', cbor: 'f97c00', code: 'ERR_CLAIM_RANGE' },
    { title: 'Tag 1 (RFC 8392 §2 leaves it out)', cbor: 'c11a5612aeb0', code: 'ERR_CLAIM_TAG' },
  ],
  cases: [
    { title: 'a second left', value: 1001, recipient: { now: seconds(1000) }, verdict: 'pass' },
    {
      title: 'at the very moment',
      value: 1000,
      recipient: { now: seconds(1000) },
      verdict: 'fail',
      code: 'DENY_EXPIRED',
    },
    { title: 'half a second left', value: 1000.5, recipient: { now: seconds(1000) }, verdict: 'pass' },
    { title: 'zero', value: 0, recipient: { now: seconds(1000) }, verdict: 'fail', code: 'DENY_EXPIRED' },
    { title: 'negative', value: -1, recipient: { now: seconds(1000) }, verdict: 'fail', code: 'DENY_EXPIRED' },
    {
      title: 'within forgiven skew',
      value: 990,
      recipient: { now: seconds(1000), skew: seconds(11) },
      verdict: 'pass',
    },
    {
      title: 'beyond forgiven skew',
      value: 990,
      recipient: { now: seconds(1000), skew: seconds(10) },
      verdict: 'fail',
      code: 'DENY_EXPIRED',
    },
    { title: 'in half a million million years', value: 18446744073709551615n, verdict: 'pass' },
  ],
});
