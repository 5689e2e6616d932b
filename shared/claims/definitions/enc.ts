import { isComplete } from '../../cbor/is-complete.ts';
import type { CborValue } from '../../cbor/node.ts';
import { denied, ignored, undecided } from '../../evaluate/make-verdict.ts';
import { value as literal, type RichText, rich, type TextPart } from '../../explain/rich-text.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { ok } from '../../result.ts';
import { defineClaim, type JsonProblem } from '../claim.ts';
import { claimValue } from '../claims-set.ts';
import { claimRefCodec } from '../codec/claim-ref.ts';
import { bare, problem, under, wrongType } from '../codec/codec.ts';
import { nodeFromJson, nodeToJson } from '../codec/node-json.ts';
import { crit } from './crit.ts';

const ENC = { label: 44, name: 'enc' } as const;

/** One encrypted value and the claims that it holds once opened. */
export interface Sealed {
  readonly names: readonly string[];
  readonly key: CborValue;
  /** a COSE_Encrypt0 or COSE_Encrypt, or the bytes of one */
  readonly message: CborValue;
}

export const enc = defineClaim<readonly Sealed[]>({
  ...ENC,
  title: 'Encrypted claims',
  summary: 'Claims that only a holder of the key can read. They are judged as if they stood beside it.',
  source: 'draft-lemmons-cose-composite-claims-00 (left out since -01)',
  group: 'request',
  support: 'unregistered',

  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'map') return wrongType(item, 'a map of claims and encrypted values', ctx);
    if (item.entries.length === 0) ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must not be empty');
    return item.entries.flatMap(({ key, value }): Sealed[] => {
      const keys = key.kind === 'array' ? key.items : [key];
      const refs = keys.map((one) => claimRefCodec.read(one, ctx));
      if (value.kind !== 'array' && value.kind !== 'bytes' && value.kind !== 'tag') {
        wrongType(value, 'a COSE_Encrypt0', ctx);
        return [];
      }
      if (!isComplete(key) || !isComplete(value)) return [];
      return [{ names: refs.flatMap((ref) => (ref === undefined ? [] : [ref.name])), key, message: value }];
    });
  },

  write: (sealed) => ({ kind: 'map', entries: sealed.map(({ key, message }) => ({ key, value: message })) }),

  // the label or labels stand beside the value, since JSON keys cannot be lists
  toJson: (sealed) =>
    sealed.map(({ names, key, message }) => ({
      claims: key.kind === 'array' ? [...names] : (names[0] ?? ''),
      message: nodeToJson(message),
    })),

  fromJson(json, ctx) {
    if (!Array.isArray(json) || json.length === 0) return problem('Must be a list of encrypted values');
    const sealed: Sealed[] = [];
    const problems: JsonProblem[] = [];
    json.forEach((one: Json, index) => {
      const claims = isJsonObject(one) ? one['claims'] : undefined;
      const message = isJsonObject(one) ? nodeFromJson(one['message'] ?? null) : problem('Must be an object');
      const refs = (Array.isArray(claims) ? claims : [claims ?? null]).map((name) => claimRefCodec.fromJson(name, ctx));
      const keys = refs.flatMap((ref) => (ref.ok ? [ref.value] : []));
      const wrong = refs.flatMap((ref) => (ref.ok ? [] : under('claims', ref.error)));
      if (!message.ok) problems.push(...under(index, under('message', message.error)));
      problems.push(...under(index, wrong));
      const [first] = keys;
      if (!message.ok || wrong.length > 0 || first === undefined) return;
      const key: CborValue = Array.isArray(claims) ? { kind: 'array', items: keys.map((ref) => ref.key) } : first.key;
      sealed.push({ names: keys.map(({ name }) => name), key, message: message.value });
    });
    return problems.length === 0 ? ok(sealed) : { ok: false, error: problems };
  },

  explain: (sealed) => rich`with ${listed(sealed)} encrypted`,

  evaluate(sealed, { claims, rules }) {
    const names = new Set(sealed.flatMap((one) => one.names));
    if (rules.encrypted === 'skipped-unless-critical') {
      const critical = claimValue(claims, crit);
      if (critical === undefined) {
        return denied(ENC, 'DENY_VERIFIER_ERROR', rich`The verifier throws on encrypted claims without crit`);
      }
      const demanded = critical.find(({ name }) => names.has(name));
      if (demanded === undefined)
        return ignored(ENC, 'NOT_ENFORCED', rich`Nothing encrypted is critical, so it is skipped`);
      return denied(ENC, 'DENY_CRITICAL', rich`${literal(demanded.name)} is critical and no key opens it`);
    }
    // a claim may stand once, sealed or open
    const twice = claims.entries.find(({ name }) => names.has(name));
    if (twice !== undefined) {
      return denied(ENC, 'DENY_ILL_FORMED', rich`${literal(twice.name)} stands encrypted and in clear`);
    }
    return undecided(ENC, 'not-supported', rich`${listed(sealed)} cannot be read without the key`);
  },

  form: {
    kind: 'list',
    addLabel: 'Add encrypted value',
    of: {
      kind: 'group',
      members: [
        { name: 'claims', label: 'Claims inside', field: { kind: 'text-list', single: true, placeholder: 'catnip' } },
        {
          name: 'message',
          label: 'COSE_Encrypt0',
          hint: 'As whoever encrypts gives it: CBOR in hex or in diagnostic notation.',
          field: { kind: 'cbor' },
        },
      ],
    },
  },

  examples: [
    {
      title: 'Networks',
      value: [
        {
          names: ['catnip'],
          key: { kind: 'int', value: 311 },
          message: { kind: 'array', items: [bytesOf(0xa1, 1, 3), { kind: 'map', entries: [] }, bytesOf(7)] },
        },
      ],
      cbor: 'a11901378343a10103a04107',
      json: [{ claims: 'catnip', message: [{ hex: 'a10103' }, {}, { hex: '07' }] }],
    },
    {
      title: 'Two claims in one value',
      value: [
        {
          names: ['sub', 'catgeocoord'],
          key: {
            kind: 'array',
            items: [
              { kind: 'int', value: 2 },
              { kind: 'int', value: 317 },
            ],
          },
          message: bytesOf(0xd0),
        },
      ],
      cbor: 'a1820219013d41d0',
      json: [{ claims: ['sub', 'catgeocoord'], message: { hex: 'd0' } }],
    },
  ],
  refused: [
    { title: 'A list', cbor: '80', code: 'ERR_CLAIM_TYPE' },
    { title: 'Nothing', cbor: 'a0', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A value in clear', cbor: 'a11901376161', code: 'ERR_CLAIM_TYPE' },
    { title: 'A key that is no label', cbor: 'a1410141d0', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'whatever is inside',
      value: [{ names: ['catnip'], key: { kind: 'int', value: 311 }, message: bytesOf(0xd0) }],
      verdict: 'unknown',
      code: 'CANNOT_JUDGE',
    },
  ],
});

function bytesOf(...values: readonly number[]): CborValue {
  return { kind: 'bytes', value: Uint8Array.from(values) };
}

function listed(sealed: readonly Sealed[]): RichText {
  return sealed
    .flatMap(({ names }) => names)
    .slice(0, 8)
    .flatMap((name, index): TextPart[] => [
      ...(index === 0 ? [] : [{ kind: 'text', text: ', ' } as const]),
      literal(name),
    ]);
}
