import { denied, ignored } from '../../evaluate/make-verdict.ts';
import { rich, time } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { dateSeconds, type NumericDate, numberCodec } from '../codec/number.ts';

const IAT = { label: 6, name: 'iat' } as const;

export const iat = defineClaim<NumericDate>({
  ...IAT,
  ...numberCodec(),
  title: 'Issued at',
  summary: 'When the token was made. It decides nothing, not even when it lies in the future.',
  source: 'RFC 8392 §3.1.6, CTA-5007-B §4.7.2',
  group: 'information',
  support: 'must',

  explain: (date) => rich`issued ${time(dateSeconds(date))}`,

  evaluate(date, { rules }) {
    const at = dateSeconds(date);
    if (rules.time.issuedAtMustBePositive && at <= 0) {
      return denied(IAT, 'DENY_ILL_FORMED', rich`A time of issue before 1970 is not accepted`);
    }
    return ignored(IAT, 'INFO', rich`Issued ${time(at)}`);
  },

  form: { kind: 'time' },

  examples: [
    { title: 'A moment', value: 1443944944, cbor: '1a5610d9f0', json: 1443944944 },
    { title: 'With milliseconds', value: 1443944944.25, cbor: 'fb41d584367c100000', json: 1443944944.25 },
    { title: 'Zero', value: 0, cbor: '00', json: 0 },
  ],
  refused: [
    { title: 'Text', cbor: '6a31343433393434393434', code: 'ERR_CLAIM_TYPE' },
    { title: 'Tag 0, a date as text', cbor: 'c074323031332d30332d32315432303a30343a30305a', code: 'ERR_CLAIM_TAG' },
  ],
  cases: [
    { title: 'in the past', value: 1, verdict: 'ignored', code: 'INFO' },
    { title: 'in the future', value: 99999999999, verdict: 'ignored', code: 'INFO' },
  ],
});
