import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { value as literal, rich } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { defineClaim } from '../claim.ts';
import { bare, type Codec, problem, wrongType } from '../codec/codec.ts';
import { groupCodec, type WithOthers } from '../codec/group.ts';
import { textCodec } from '../codec/text.ts';

const CATTPRINT = { label: 324, name: 'cattprint' } as const;

/** Which fingerprint of a TLS client, and its value. */
export interface Cattprint extends WithOthers {
  readonly type: number;
  readonly value: string;
}

/** Kinds by their number, as Fastly’s and the zig library count them. */
const TYPES = [
  'JA3',
  'JA3S',
  'JA4',
  'JA4S',
  'JA4H',
  'JA4L',
  'JA4X',
  'JA4SSH',
  'JA4T',
  'JA4TS',
  'JA4TScan',
  'JA4D',
  'JA4D6',
] as const;

const typeCodec: Codec<number> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind === 'text') {
      // one version of Fastly’s crate writes the name
      wrongType(item, 'a number', ctx);
      const named = numberOf(item.value);
      return named < 0 ? undefined : named;
    }
    if (item.kind !== 'int') return wrongType(item, 'a number', ctx);
    const type = Number(item.value);
    if (TYPES[type] === undefined) {
      ctx.issue(item, 'ERR_CLAIM_RANGE', `A kind of fingerprint is 0 to ${TYPES.length - 1}, is ${item.value}`);
    }
    return type;
  },
  write: (type) => ({ kind: 'int', value: type }),
  toJson: (type) => TYPES[type] ?? type,
  fromJson(json) {
    const type = typeof json === 'string' ? numberOf(json) : json;
    return typeof type === 'number' && Number.isSafeInteger(type) && type >= 0
      ? ok(type)
      : problem(`Must be one of ${TYPES.join(', ')}`);
  },
};

const numberOf = (name: string): number => TYPES.findIndex((type) => type.toLowerCase() === name.toLowerCase());

export const cattprint = defineClaim<Cattprint>({
  ...CATTPRINT,
  ...groupCodec<Cattprint>(
    {
      type: { label: 0, json: 'type', codec: typeCodec },
      value: { label: 1, json: 'value', codec: textCodec },
    },
    ['type', 'value'],
  ),
  title: 'TLS fingerprint',
  summary: 'Fingerprint of the client’s TLS handshake. Written by Fastly’s and the zig library; nobody registered it.',
  source: 'fastly/rust-cat 0.3.0',
  group: 'request',
  support: 'unregistered',

  explain: ({ type, value }) => rich`from a TLS client with ${nameOf(type)} ${literal(value)}`,

  evaluate({ type, value }, { request }) {
    const name = nameOf(type);
    const taken = request.tlsFingerprints;
    const actual = taken === undefined || !Object.hasOwn(taken, name) ? undefined : taken[name];
    if (actual === undefined) {
      return undecided(
        CATTPRINT,
        'only-the-edge',
        rich`Only the end of the TLS connection sees its ${name} fingerprint`,
      );
    }
    // compared without case in both libraries
    if (actual.toLowerCase() === value.toLowerCase())
      return passed(CATTPRINT, rich`The ${name} fingerprint is the token’s`);
    return denied(
      CATTPRINT,
      'DENY_TLS_KEY',
      rich`The ${name} fingerprint is ${literal(actual)}, not ${literal(value)}`,
      {
        expected: value,
        actual,
      },
    );
  },

  form: {
    kind: 'group',
    members: [
      {
        name: 'type',
        label: 'Kind',
        field: { kind: 'choice', options: TYPES.map((type) => ({ value: type, label: type })) },
      },
      { name: 'value', label: 'Fingerprint', field: { kind: 'text' } },
    ],
  },

  examples: [
    {
      title: 'JA4',
      value: { type: 2, value: 't13d' },
      cbor: 'a200020164743133' + '64',
      json: { type: 'JA4', value: 't13d' },
    },
    {
      title: 'JA3',
      value: { type: 0, value: 'e7d7' },
      cbor: 'a2000001' + '6465376437',
      json: { type: 'JA3', value: 'e7d7' },
    },
  ],
  refused: [
    { title: 'A list', cbor: '80', code: 'ERR_CLAIM_TYPE' },
    { title: 'No value', cbor: 'a10002', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A kind nobody has numbered', cbor: 'a2001863016161', code: 'ERR_CLAIM_RANGE' },
    { title: 'A kind by name', cbor: 'a20063' + '4a4134016161', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'the same, in other letters',
      value: { type: 2, value: 'T13D' },
      request: { tlsFingerprints: { JA4: 't13d' } },
      verdict: 'pass',
    },
    {
      title: 'another',
      value: { type: 2, value: 't13d' },
      request: { tlsFingerprints: { JA4: 't12d' } },
      verdict: 'fail',
      code: 'DENY_TLS_KEY',
    },
    {
      title: 'another kind was taken',
      value: { type: 2, value: 't13d' },
      request: { tlsFingerprints: { JA3: 't13d' } },
      verdict: 'unknown',
      code: 'ONLY_EDGE',
    },
  ],
});

const nameOf = (type: number): string => TYPES[type] ?? `kind ${type}`;
