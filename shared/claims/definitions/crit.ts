import { int } from '../../cbor/build.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { value as literal, type RichText, rich, type TextPart } from '../../explain/rich-text.ts';
import { supportOf } from '../../verifiers/rules.ts';
import { defineClaim } from '../claim.ts';
import { type ClaimRef, claimRefCodec } from '../codec/claim-ref.ts';
import { listCodec } from '../codec/list.ts';

const CRIT = { label: 45, name: 'crit' } as const;

/**
 * Claims a recipient must understand; with it, claims it does not list may be unknown. That other half is the
 * orchestrator's (`evaluate/evaluate-claims.ts`): it concerns the claims around this one.
 */
export const crit = defineClaim<readonly ClaimRef[]>({
  ...CRIT,
  ...listCodec(claimRefCodec, { min: 1 }),
  title: 'Critical claims',
  summary: 'Claims that must be there and be understood. Claims it does not list may then be unknown to the recipient.',
  source: 'draft-lemmons-cose-composite-claims, CTA-5007-B §4.3.1.5',
  group: 'request',
  support: 'unregistered',

  explain: (refs) => rich`with ${listed(refs)} understood`,

  evaluate(refs, { claims, rules }) {
    const sealed = new Set(
      claims.entries.filter(({ name }) => name === 'enc').flatMap(({ value }) => namesInside(value)),
    );
    let unconfirmed: ClaimRef | undefined;
    for (const ref of refs) {
      const entry = claims.entries.find(({ name }) => name === ref.name);
      const detail = { expected: ref.name };
      if (entry === undefined && sealed.has(ref.name)) {
        // present, but nobody here can open it
        unconfirmed ??= ref;
      } else if (entry === undefined) {
        return denied(CRIT, 'DENY_CRITICAL', rich`It demands ${literal(ref.name)}, which is not there`, detail);
      } else {
        const support = entry.definition === undefined ? 'ignore' : supportOf(rules, ref.name);
        if (support === 'ignore' || support === 'reject') {
          const reason = rich`It demands that ${literal(ref.name)} is understood, which it is not`;
          return denied(CRIT, 'DENY_CRITICAL', reason, detail);
        }
        if (support === 'unconfirmed') unconfirmed ??= ref;
      }
    }
    if (unconfirmed !== undefined) {
      return undecided(CRIT, 'not-supported', rich`Whether ${literal(unconfirmed.name)} is understood cannot be told`);
    }
    return passed(CRIT, rich`Everything it lists is there and understood`);
  },

  form: { kind: 'text-list', placeholder: 'catu' },

  examples: [
    { title: 'exp', value: [{ key: int(4), name: 'exp' }], cbor: '8104', json: ['exp'] },
    {
      title: 'A claim nobody knows',
      value: [
        { key: int(312), name: 'catu' },
        { key: int(999), name: '999' },
      ],
      cbor: '821901381903e7',
      json: ['catu', '999'],
    },
  ],
  refused: [
    { title: 'Nothing', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'One claim without its list', cbor: '04', code: 'ERR_CLAIM_TYPE' },
    { title: 'A float', cbor: '81f90000', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'what it lists stands beside it',
      value: [{ key: int(4), name: 'exp' }],
      beside: { exp: 0 },
      verdict: 'pass',
    },
    {
      title: 'what it lists is not there',
      value: [{ key: int(4), name: 'exp' }],
      verdict: 'fail',
      code: 'DENY_CRITICAL',
    },
  ],
});

/** Names of the claims inside an `enc`, whose value lists them (`enc.ts`). */
function namesInside(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((sealed: { names?: readonly string[] }) => sealed.names ?? []) : [];
}

function listed(refs: readonly ClaimRef[]): RichText {
  return refs
    .slice(0, 8)
    .flatMap(({ name }, index): TextPart[] => [
      ...(index === 0 ? [] : [{ kind: 'text', text: ', ' } as const]),
      literal(name),
    ]);
}
