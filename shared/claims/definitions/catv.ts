import { denied, passed } from '../../evaluate/make-verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { bare } from '../codec/codec.ts';
import { uintCodec } from '../codec/number.ts';

const CATV = { label: 310, name: 'catv' } as const;

export const catv = defineClaim<number>({
  ...CATV,
  ...uintCodec,
  title: 'Version',
  summary: 'Version of the token’s rules. There is only version 1.',
  source: 'CTA-5007-B §4.6.8',
  group: 'request',
  support: 'must',

  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'text') return uintCodec.read(item, ctx);
    // early C4M vectors wrote "CAT-v1"
    if (item.value === 'CAT-v1') ctx.dialect('c4m', item);
    return uintCodec.read(item, ctx);
  },

  explain: (version) => rich`version ${String(version)}`,

  evaluate(version, { rules }) {
    const { accepts } = rules.version;
    if (version === 1 || accepts === 'any' || (accepts === 'one-or-two' && version === 2)) {
      return passed(CATV, rich`Version ${String(version)}`);
    }
    return denied(CATV, 'DENY_VERSION', rich`Version ${String(version)} is not supported`, {
      expected: '1',
      actual: String(version),
    });
  },

  form: { kind: 'choice', options: [{ value: 1, label: 'Version 1' }] },

  examples: [
    { title: 'Version 1', value: 1, cbor: '01', json: 1 },
    { title: 'A version nobody has defined', beyondForm: true, value: 2, cbor: '02', json: 2 },
  ],
  refused: [
    { title: 'Text, as in early C4M vectors', cbor: '664341542d7631', code: 'ERR_CLAIM_TYPE' },
    { title: 'Negative', cbor: '20', code: 'ERR_CLAIM_RANGE' },
    { title: 'A float', cbor: 'f93c00', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'one', value: 1, verdict: 'pass' },
    { title: 'two', value: 2, verdict: 'fail', code: 'DENY_VERSION' },
    { title: 'zero', value: 0, verdict: 'fail', code: 'DENY_VERSION' },
  ],
});
