import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import type { ClaimVerdict } from '../../evaluate/verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { defineClaim, type EvaluateContext } from '../claim.ts';
import { integerCodec } from '../codec/number.ts';

const CATREPLAY = { label: 308, name: 'catreplay' } as const;
const PERMITTED = 0;
const PROHIBITED = 1;

export const catreplay = defineClaim<number>({
  ...CATREPLAY,
  ...integerCodec({ min: 0, max: 2 }),
  title: 'Replay',
  summary: 'Whether the token may be used more than once. A recipient has to remember tokens by their cti to tell.',
  source: 'CTA-5007-B §4.6.6',
  group: 'request',
  support: 'may',

  explain(mode) {
    if (mode === PERMITTED) return rich`as often as wanted`;
    return mode === PROHIBITED ? rich`once only` : rich`with reuse watched for`;
  },

  evaluate(mode, ctx) {
    if (mode === PERMITTED) {
      return ctx.rules.replay.permitted === 'ill-formed'
        ? denied(CATREPLAY, 'DENY_ILL_FORMED', rich`0 is not accepted as a replay mode`)
        : passed(CATREPLAY, rich`May be used again`);
    }
    return mode === PROHIBITED ? judgeProhibited(ctx) : judgeDetection(ctx);
  },

  form: {
    kind: 'choice',
    options: [
      { value: 0, label: 'May be used again' },
      { value: 1, label: 'Once only', hint: 'Refused on second sight of the same cti' },
      { value: 2, label: 'Reuse is detected', hint: 'What follows is the recipient’s affair' },
    ],
  },

  examples: [
    { title: 'Permitted', value: 0, cbor: '00', json: 0 },
    { title: 'Prohibited', value: 1, cbor: '01', json: 1 },
    { title: 'Reuse detection', value: 2, cbor: '02', json: 2 },
  ],
  refused: [
    { title: 'A mode nobody has defined', cbor: '03', code: 'ERR_CLAIM_RANGE' },
    { title: 'Negative', cbor: '20', code: 'ERR_CLAIM_RANGE' },
    { title: 'true', cbor: 'f5', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'permitted, seen before', value: 0, request: { seen: 7 }, verdict: 'pass' },
    { title: 'prohibited, first time', value: 1, request: { seen: 0 }, verdict: 'pass' },
    { title: 'prohibited, second time', value: 1, request: { seen: 1 }, verdict: 'fail', code: 'DENY_REPLAY' },
    { title: 'prohibited, nobody counted', value: 1, verdict: 'unknown', code: 'ONLY_EDGE' },
    { title: 'detection, first time', value: 2, request: { seen: 0 }, verdict: 'pass' },
    { title: 'detection, second time', value: 2, request: { seen: 1 }, verdict: 'unknown', code: 'ONLY_EDGE' },
    { title: 'detection, nobody counted', value: 2, verdict: 'unknown', code: 'ONLY_EDGE' },
  ],
});

function judgeProhibited({ request, rules }: EvaluateContext): ClaimVerdict {
  const { prohibited } = rules.replay;
  if (prohibited === 'pass') return passed(CATREPLAY, rich`Replays are not counted here`);
  if (prohibited === 'reject') {
    return denied(CATREPLAY, 'DENY_REPLAY', rich`Replays cannot be counted here, so every use is refused`);
  }
  if (request.seen === undefined) {
    return undecided(CATREPLAY, 'only-the-edge', rich`Only the recipient knows whether it has seen this token before`);
  }
  if (request.seen === 0) return passed(CATREPLAY, rich`Not seen before`);
  return denied(CATREPLAY, 'DENY_REPLAY', rich`May be used once, and was seen ${times(request.seen)} before`, {
    expected: '0',
    actual: String(request.seen),
  });
}

function judgeDetection({ request, rules }: EvaluateContext): ClaimVerdict {
  const { detection } = rules.replay;
  if (detection === 'pass') return passed(CATREPLAY, rich`Reuse is noticed and let through`);
  if (detection === 'reject') return denied(CATREPLAY, 'DENY_REPLAY', rich`Reuse detection is not supported here`);
  if (detection === 'ill-formed') {
    return denied(CATREPLAY, 'DENY_ILL_FORMED', rich`2 is not accepted as a replay mode`);
  }
  if (request.seen === 0) return passed(CATREPLAY, rich`Not seen before`);
  return undecided(
    CATREPLAY,
    'only-the-edge',
    request.seen === undefined
      ? rich`Only the recipient knows whether it has seen this token before`
      : rich`Seen ${times(request.seen)} before; what follows is the recipient’s own affair`,
  );
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
