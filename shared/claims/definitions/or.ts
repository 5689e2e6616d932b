import { anyOf } from '../../evaluate/verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim } from '../claim.ts';
import type { ClaimsSet } from '../claims-set.ts';
import { claimsSetsCodec } from '../codec/claims-sets.ts';
import { explainBranches, judgeBranches, setOf } from './composite.ts';
import { exp } from './exp.ts';
import { iss } from './iss.ts';

const OR = { label: 41, name: 'or' } as const;

const issuedBy = (issuer: string) => setOf({ label: 1, name: 'iss', definition: iss, value: issuer });
const until = (at: number) => setOf({ label: 4, name: 'exp', definition: exp, value: at });

export const or = defineClaim<readonly ClaimsSet[]>({
  ...OR,
  ...claimsSetsCodec,
  title: 'Any of',
  summary: 'At least one of the claims sets must be acceptable.',
  source: 'draft-lemmons-cose-composite-claims, CTA-5007-B §4.3.1.5',
  group: 'request',
  support: 'unregistered',

  explain: (sets) => rich`any of: ${explainBranches(sets, 'or')}`,

  evaluate: (sets, ctx) =>
    judgeBranches(OR, sets, ctx, (verdicts) => {
      const met = verdicts.findIndex((verdict) => anyOf([verdict]) === 'pass');
      const verdict = anyOf(verdicts);
      if (verdict === 'pass')
        return { verdict, reason: rich`Branch ${String(met + 1)} of ${String(verdicts.length)} is met` };
      if (verdict === 'fail') return { verdict, reason: rich`None of ${String(verdicts.length)} branches is met` };
      return { verdict, reason: rich`No branch is met for certain` };
    }),

  form: { kind: 'claims-sets' },

  examples: [
    {
      title: 'Two issuers',
      value: [issuedBy('a'), issuedBy('b')],
      cbor: '82a1016161a1016162',
      json: [{ iss: 'a' }, { iss: 'b' }],
    },
    { title: 'One set', value: [until(1000)], cbor: '81a1041903e8', json: [{ exp: 1000 }] },
    { title: 'A set that asks for nothing', value: [setOf()], cbor: '81a0', json: [{}] },
  ],
  refused: [
    { title: 'No sets', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A set that is not in a list', cbor: 'a10401', code: 'ERR_CLAIM_TYPE' },
    { title: 'A list of numbers', cbor: '8104', code: 'ERR_CLAIM_TYPE' },
    { title: 'moqt-reval inside', cbor: '81a119014801', code: 'ERR_CLAIM_CONFLICT' },
  ],
  cases: [
    {
      title: 'the second is met',
      value: [issuedBy('b'), issuedBy('a')],
      recipient: { now: seconds(1000), issuers: ['a'] },
      verdict: 'pass',
    },
    {
      title: 'none is met',
      value: [issuedBy('b'), until(1000)],
      recipient: { now: seconds(1000), issuers: ['a'] },
      verdict: 'fail',
      code: 'DENY_COMPOSITE',
    },
    {
      title: 'one cannot be told, the other is met',
      value: [issuedBy('a'), until(2000)],
      recipient: { now: seconds(1000) },
      verdict: 'pass',
    },
    {
      title: 'one cannot be told, the other is not met',
      value: [issuedBy('a'), until(500)],
      recipient: { now: seconds(1000) },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
  ],
});
