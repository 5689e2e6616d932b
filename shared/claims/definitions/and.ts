import { allOf } from '../../evaluate/verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim } from '../claim.ts';
import type { ClaimsSet } from '../claims-set.ts';
import { claimsSetsCodec } from '../codec/claims-sets.ts';
import { explainBranches, judgeBranches, setOf } from './composite.ts';
import { exp } from './exp.ts';
import { iss } from './iss.ts';

const AND = { label: 43, name: 'and' } as const;

const issuedBy = (issuer: string) => setOf({ label: 1, name: 'iss', definition: iss, value: issuer });
const until = (at: number) => setOf({ label: 4, name: 'exp', definition: exp, value: at });

export const and = defineClaim<readonly ClaimsSet[]>({
  ...AND,
  ...claimsSetsCodec,
  title: 'All of',
  summary: 'All of the claims sets must be acceptable.',
  source: 'draft-lemmons-cose-composite-claims, CTA-5007-B §4.3.1.5',
  group: 'request',
  support: 'unregistered',

  explain: (sets) => rich`all of: ${explainBranches(sets, 'and')}`,

  evaluate: (sets, ctx) =>
    judgeBranches(AND, sets, ctx, (verdicts) => {
      const verdict = allOf(verdicts);
      if (verdict === 'pass') return { verdict, reason: rich`All ${String(verdicts.length)} branches are met` };
      if (verdict === 'unknown') return { verdict, reason: rich`Not every branch is met for certain` };
      return { verdict, reason: rich`Branch ${String(verdicts.indexOf('fail') + 1)} is not met` };
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
      title: 'all are met',
      value: [issuedBy('a'), until(2000)],
      recipient: { now: seconds(1000), issuers: ['a'] },
      verdict: 'pass',
    },
    {
      title: 'one is not met',
      value: [issuedBy('a'), until(1000)],
      recipient: { now: seconds(1000), issuers: ['a'] },
      verdict: 'fail',
      code: 'DENY_COMPOSITE',
    },
    {
      title: 'one cannot be told',
      value: [issuedBy('a'), until(2000)],
      recipient: { now: seconds(1000) },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
    {
      title: 'one cannot be told, another is not met',
      value: [issuedBy('a'), until(500)],
      recipient: { now: seconds(1000) },
      verdict: 'fail',
      code: 'DENY_COMPOSITE',
    },
  ],
});
