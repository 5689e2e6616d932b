import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { duration, rich } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim } from '../claim.ts';
import { numberCodec, type WireNumber } from '../codec/number.ts';

const MOQT_REVAL = { label: 328, name: 'moqt-reval' } as const;

export const moqtReval = defineClaim<WireNumber>({
  ...MOQT_REVAL,
  ...numberCodec({ min: 0 }),
  title: 'Asked again',
  summary: 'How often a MOQT relay must ask again whether the token still holds.',
  source: 'draft-ietf-moq-c4m',
  group: 'request',
  support: 'unregistered',

  explain: (interval) =>
    Number(interval) === 0
      ? rich`never asked about again`
      : rich`asked about every ${duration(seconds(Number(interval)))}`,

  evaluate(interval, { recipient }) {
    const wanted = Number(interval);
    if (wanted === 0) return passed(MOQT_REVAL, rich`Need not be asked about again`);
    const able = recipient.revalidatesEvery;
    if (able === undefined) {
      return undecided(MOQT_REVAL, 'only-the-edge', rich`Only the relay knows how often it can ask`);
    }
    if (able <= wanted) return passed(MOQT_REVAL, rich`Asked about every ${duration(able)}`);
    return denied(
      MOQT_REVAL,
      'DENY_MOQT',
      rich`Must be asked about every ${duration(seconds(wanted))}, and the relay only can every ${duration(able)}`,
      { expected: `${wanted} s`, actual: `${able} s` },
    );
  },

  form: { kind: 'duration' },

  examples: [
    { title: 'Every five minutes', value: 300, cbor: '19012c', json: 300 },
    { title: 'Never', value: 0, cbor: '00', json: 0 },
  ],
  refused: [
    { title: 'Text', cbor: '6130', code: 'ERR_CLAIM_TYPE' },
    { title: 'Negative', cbor: '20', code: 'ERR_CLAIM_RANGE' },
  ],
  cases: [
    { title: 'never', value: 0, verdict: 'pass' },
    { title: 'often enough', value: 300, recipient: { revalidatesEvery: seconds(300) }, verdict: 'pass' },
    {
      title: 'too seldom',
      value: 300,
      recipient: { revalidatesEvery: seconds(301) },
      verdict: 'fail',
      code: 'DENY_MOQT',
    },
    { title: 'not said', value: 300, verdict: 'unknown', code: 'ONLY_EDGE' },
  ],
});
