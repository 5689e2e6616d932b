import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { listCodec } from '../codec/list.ts';
import { inList } from '../codec/match-words.ts';
import { textCodec } from '../codec/text.ts';

const CATM = { label: 313, name: 'catm' } as const;

export const catm = defineClaim<readonly string[]>({
  ...CATM,
  ...listCodec(textCodec, { min: 1, common: 50 }),
  title: 'Methods',
  summary: 'Which HTTP methods are let through, in exactly these letters.',
  source: 'CTA-5007-B §4.6.11',
  group: 'request',
  support: 'must',

  explain: (methods) =>
    methods.length === 0
      ? rich`no method`
      : inList(
          methods.map((method) => rich`${method}`),
          'or',
        ),

  evaluate(methods, { request: { method }, rules }) {
    if (method === undefined) return undecided(CATM, 'missing-input', rich`The request’s method was not given`);
    // RFC 9110 §9.1: a method is case-sensitive; some recipients forgive it
    const same = rules.method.caseSensitive
      ? (one: string) => one === method
      : (one: string) => one.toUpperCase() === method.toUpperCase();
    if (methods.some(same)) return passed(CATM, rich`${value(method)} is allowed`);
    return denied(CATM, 'DENY_METHOD', rich`${value(method)} is not allowed`, {
      expected: methods.join(', '),
      actual: method,
    });
  },

  form: { kind: 'methods' },

  examples: [
    { title: 'One method', value: ['GET'], cbor: '8163474554', json: ['GET'] },
    { title: 'Several', value: ['GET', 'HEAD'], cbor: '82634745546448454144', json: ['GET', 'HEAD'] },
    { title: 'A method of its own', value: ['PURGE'], cbor: '81655055524745', json: ['PURGE'] },
  ],
  refused: [
    { title: 'No method at all', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'Text instead of a list', cbor: '63474554', code: 'ERR_CLAIM_TYPE' },
    { title: 'Bytes in the list', cbor: '8143474554', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'listed', value: ['GET', 'HEAD'], request: { method: 'HEAD' }, verdict: 'pass' },
    { title: 'not listed', value: ['GET'], request: { method: 'POST' }, verdict: 'fail', code: 'DENY_METHOD' },
    { title: 'in small letters', value: ['GET'], request: { method: 'get' }, verdict: 'fail', code: 'DENY_METHOD' },
    { title: 'only the beginning', value: ['GET'], request: { method: 'GE' }, verdict: 'fail', code: 'DENY_METHOD' },
    { title: 'an empty method', value: ['GET'], request: { method: '' }, verdict: 'fail', code: 'DENY_METHOD' },
    { title: 'method not given', value: ['GET'], verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});
