import { int } from '../../cbor/build.ts';
import { denied, passed } from '../../evaluate/make-verdict.ts';
import { duration, rich } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim } from '../claim.ts';
import { bare, type Codec } from '../codec/codec.ts';
import { groupCodec, type WithOthers } from '../codec/group.ts';
import { listCodec } from '../codec/list.ts';
import { integerCodec, uintCodec } from '../codec/number.ts';

const CATDPOP = { label: 321, name: 'catdpop' } as const;

/** How proofs of possession are to be judged; `cnf` says which key they prove. */
export interface Catdpop extends WithOthers {
  /** settings that must be understood */
  readonly crit?: readonly number[];
  /** seconds that a proof is good for */
  readonly window?: number;
  /** 1: a proof is used once */
  readonly jti?: number;
}

const KNOWN: ReadonlySet<number> = new Set([-1, 0, 1]);
const anyInteger = integerCodec({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const critItems = listCodec(anyInteger, { min: 1 });
const critCodec: Codec<readonly number[]> = {
  ...critItems,
  read(node, ctx) {
    const crit = critItems.read(node, ctx);
    // CTA-5007-B §4.8.2.1: the settings everybody knows are not listed
    if (crit?.some((label) => KNOWN.has(label))) {
      ctx.issue(bare(node, ctx), 'ERR_CLAIM_CONFLICT', 'Must not list −1, 0 or 1');
    }
    return crit;
  },
};

export const catdpop = defineClaim<Catdpop>({
  ...CATDPOP,
  ...groupCodec<Catdpop>({
    crit: { label: -1, json: 'crit', codec: critCodec },
    window: { label: 0, json: 'window', codec: uintCodec },
    jti: { label: 1, json: 'jti', codec: uintCodec },
  }),
  title: 'Proof settings',
  summary: 'How long a proof of possession is good for, and whether it may be used once only.',
  source: 'CTA-5007-B §4.8.2',
  group: 'request',
  support: 'must',

  explain({ window, jti }) {
    const fresh =
      window === undefined ? rich`with fresh proofs` : rich`with proofs of at most ${duration(seconds(window))}`;
    return jti === 1 ? rich`${fresh}, each used once` : fresh;
  },

  evaluate({ crit = [], others = [] }) {
    const unknown = crit.find((label) => !KNOWN.has(label));
    if (unknown !== undefined) {
      return denied(
        CATDPOP,
        'DENY_CRITICAL',
        rich`It demands that setting ${String(unknown)} is understood, which it is not`,
        {
          path: [CATDPOP.name, 'crit'],
          expected: String(unknown),
        },
      );
    }
    return passed(
      CATDPOP,
      others.length === 0 ? rich`Its settings are understood` : rich`Settings that are not known are not critical`,
    );
  },

  form: {
    kind: 'group',
    members: [
      {
        name: 'window',
        label: 'A proof is good for',
        hint: 'seconds',
        optional: true,
        field: { kind: 'integer', min: 0, unit: 's' },
      },
      {
        name: 'jti',
        label: 'A proof is used',
        optional: true,
        field: {
          kind: 'choice',
          options: [
            { value: 0, label: 'as often as wanted' },
            { value: 1, label: 'once' },
          ],
        },
      },
      {
        name: 'crit',
        label: 'Settings that must be understood',
        optional: true,
        field: { kind: 'list', of: { kind: 'integer' }, addLabel: 'Add a setting' },
      },
    ],
  },

  examples: [
    { title: 'A minute', value: { window: 60 }, cbor: 'a100183c', json: { window: 60 } },
    {
      title: 'A minute, each proof once',
      value: { window: 60, jti: 1 },
      cbor: 'a200183c0101',
      json: { window: 60, jti: 1 },
    },
    { title: 'Nothing said', value: {}, cbor: 'a0', json: {} },
    {
      title: 'A critical setting',
      beyondForm: true,
      value: { crit: [7], others: [{ key: int(7), value: int(0) }] },
      cbor: 'a207002081' + '07',
      json: { crit: [7], '7': 0 },
    },
  ],
  refused: [
    { title: 'A list', cbor: '80', code: 'ERR_CLAIM_TYPE' },
    { title: 'A negative window', cbor: 'a10020', code: 'ERR_CLAIM_RANGE' },
    { title: 'An empty list of critical settings', cbor: 'a12080', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A critical setting that everybody knows', cbor: 'a1208100', code: 'ERR_CLAIM_CONFLICT' },
  ],
  cases: [
    { title: 'nothing critical', value: { window: 60 }, verdict: 'pass' },
    {
      title: 'an unknown setting that is not critical',
      value: { others: [{ key: int(7), value: int(0) }] },
      verdict: 'pass',
    },
    { title: 'an unknown critical setting', value: { crit: [7] }, verdict: 'fail', code: 'DENY_CRITICAL' },
  ],
});
