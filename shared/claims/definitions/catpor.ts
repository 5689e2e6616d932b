import { bytes, int, text } from '../../cbor/build.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich, time } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { defineClaim, type JsonProblem, type ReadContext } from '../claim.ts';
import { bare, problem, under, wrongType } from '../codec/codec.ts';
import { nodeFromJson, nodeToJson } from '../codec/node-json.ts';
import { dateSeconds, type NumericDate, numberCodec, type WireNumber } from '../codec/number.ts';

const CATPOR = { label: 309, name: 'catpor' } as const;

/** Refuse by chance: how likely, what to remember, and until when. */
export interface Catpor {
  /** 0 to 1 */
  readonly probability: WireNumber;
  /** what goes on the block list; sources do not agree on its type: a byte string, an integer or text */
  readonly id: CborValue;
  readonly expires?: NumericDate;
}

const probabilityCodec = numberCodec({ min: 0, max: 1 });
const dateCodec = numberCodec();

export const catpor = defineClaim<Catpor>({
  ...CATPOR,
  title: 'Probability of rejection',
  summary: 'Refuses by chance, and then every token with the same id until a given moment.',
  source: 'CTA-5007-B §4.6.7',
  group: 'request',
  support: 'may',

  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind === 'int') {
      ctx.issue(item, 'ERR_CLAIM_TYPE', 'Must be an array, is an integer (a percentage, as one helper writes it)');
      return undefined;
    }
    if (item.kind !== 'array') return wrongType(item, 'an array', ctx);
    const [probability, id, expires, ...more] = item.items;
    if (probability === undefined || id === undefined) {
      ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must have a probability and an id');
      return undefined;
    }
    if (more[0] !== undefined) ctx.issue(more[0], 'ERR_CLAIM_UNKNOWN', 'Nothing is known after the expiry', 'warning');
    const read = {
      probability: readProbability(probability, ctx),
      id: readId(id, ctx),
      expires: expires === undefined ? undefined : dateCodec.read(expires, ctx),
    };
    if (read.probability === undefined || read.id === undefined) return undefined;
    return {
      probability: read.probability,
      id: read.id,
      ...(read.expires === undefined ? {} : { expires: read.expires }),
    };
  },

  write: ({ probability, id, expires }) => ({
    kind: 'array',
    items: [probabilityCodec.write(probability), id, ...(expires === undefined ? [] : [dateCodec.write(expires)])],
  }),

  toJson: ({ probability, id, expires }) => [
    probabilityCodec.toJson(probability),
    nodeToJson(id),
    ...(expires === undefined ? [] : [dateCodec.toJson(expires)]),
  ],

  fromJson(json, ctx) {
    if (!Array.isArray(json) || json.length < 2 || json.length > 3) {
      return problem('Must be a list of a probability, an id and perhaps an expiry');
    }
    const probability = probabilityCodec.fromJson(json[0], ctx);
    const id = idFromJson(json[1]);
    const expires = json.length === 3 ? dateCodec.fromJson(json[2], ctx) : undefined;
    const problems: JsonProblem[] = [probability, id, expires].flatMap((read, index) =>
      read === undefined || read.ok ? [] : under(index, read.error),
    );
    if (!probability.ok || !id.ok || (expires !== undefined && !expires.ok)) return { ok: false, error: problems };
    return ok({
      probability: probability.value,
      id: id.value,
      ...(expires === undefined ? {} : { expires: expires.value }),
    });
  },

  explain({ probability, expires }) {
    const chance = rich`refused by chance ${percent(probability)} of the time`;
    return expires === undefined ? chance : rich`${chance}, and then until ${time(dateSeconds(expires))}`;
  },

  evaluate({ probability, expires }, { request, recipient }) {
    const { blocked, chance } = request;
    const isOver = expires !== undefined && dateSeconds(expires) <= recipient.now;
    if (blocked === true && !isOver) {
      return denied(CATPOR, 'DENY_PROBABILITY', rich`Its id is on the recipient’s block list`);
    }
    const limit = Number(probability);
    if (limit >= 1) return denied(CATPOR, 'DENY_PROBABILITY', rich`It is refused every time`);
    if (chance !== undefined && chance < limit) {
      return denied(
        CATPOR,
        'DENY_PROBABILITY',
        rich`It is refused ${percent(probability)} of the time, and was this time`,
        {
          expected: `at least ${limit}`,
          actual: String(chance),
        },
      );
    }
    if (limit > 0 && chance === undefined) {
      return undecided(
        CATPOR,
        'only-the-edge',
        rich`It is refused ${percent(probability)} of the time: chance decides`,
      );
    }
    if (blocked === undefined) {
      return undecided(CATPOR, 'only-the-edge', rich`Only the recipient knows whether the id is on its block list`);
    }
    return passed(CATPOR, rich`Chance let it through`);
  },

  form: {
    kind: 'tuple',
    members: [
      {
        name: 'probability',
        label: 'Probability',
        hint: '0 never, 1 always',
        field: { kind: 'number', min: 0, max: 1 },
      },
      { name: 'id', label: 'Id on the block list', field: { kind: 'scalar', number: true } },
      { name: 'expires', label: 'Remembered until', optional: true, field: { kind: 'time' } },
    ],
  },

  examples: [
    {
      title: 'One in four, remembered by bytes',
      value: { probability: 0.25, id: bytes(Uint8Array.of(10, 11)) },
      cbor: '82f93400420a0b',
      json: [0.25, { hex: '0a0b' }],
    },
    {
      title: 'Always, remembered by a number until a moment',
      value: { probability: 1, id: int(7), expires: 1444064944 },
      cbor: '8301071a5612aeb0',
      json: [1, 7, 1444064944],
    },
    { title: 'Never, remembered by text', value: { probability: 0, id: text('a') }, cbor: '82006161', json: [0, 'a'] },
  ],
  refused: [
    { title: 'A percentage', cbor: '1819', code: 'ERR_CLAIM_TYPE' },
    { title: 'No id', cbor: '81f93400', code: 'ERR_CLAIM_EMPTY' },
    { title: 'More than certain', cbor: '820241aa', code: 'ERR_CLAIM_RANGE' },
    { title: 'A probability as text, as in node-cat’s tests', cbor: '82662e303030303541aa', code: 'ERR_CLAIM_TYPE' },
    { title: 'An id that is a list', cbor: '82f9340080', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'the draw lets it through and the id is not blocked',
      value: { probability: 0.25, id: int(7) },
      request: { chance: 0.25, blocked: false },
      verdict: 'pass',
    },
    {
      title: 'the draw refuses it',
      value: { probability: 0.25, id: int(7) },
      request: { chance: 0.24, blocked: false },
      verdict: 'fail',
      code: 'DENY_PROBABILITY',
    },
    {
      title: 'the id is blocked',
      value: { probability: 0, id: int(7) },
      request: { blocked: true },
      verdict: 'fail',
      code: 'DENY_PROBABILITY',
    },
    { title: 'always', value: { probability: 1, id: int(7) }, verdict: 'fail', code: 'DENY_PROBABILITY' },
    { title: 'no draw known', value: { probability: 0.25, id: int(7) }, verdict: 'unknown', code: 'ONLY_EDGE' },
    {
      title: 'never by chance, block list unknown',
      value: { probability: 0, id: int(7) },
      verdict: 'unknown',
      code: 'ONLY_EDGE',
    },
  ],
});

/** Text that spells a number is read as one, and said: node-cat's own tests write it so. */
function readProbability(node: CborNode, ctx: ReadContext): WireNumber | undefined {
  const item = bare(node, ctx);
  if (item.kind !== 'text') return probabilityCodec.read(item, ctx);
  wrongType(item, 'a number', ctx);
  return /^\d?\.?\d{1,20}$/.test(item.value) ? Number(item.value) : undefined;
}

function readId(node: CborNode, ctx: ReadContext): CborValue | undefined {
  const item = bare(node, ctx);
  if (item.kind === 'bytes') return bytes(item.value);
  if (item.kind === 'int') return int(item.value);
  if (item.kind === 'text') return text(item.value);
  return wrongType(item, 'a byte string, an integer or text', ctx);
}

function idFromJson(json: Parameters<typeof nodeFromJson>[0]) {
  const id = nodeFromJson(json);
  if (id.ok && id.value.kind !== 'bytes' && id.value.kind !== 'int' && id.value.kind !== 'text') {
    return problem('Must be bytes, a whole number or text');
  }
  return id;
}

const percent = (probability: WireNumber): string => `${Number((Number(probability) * 100).toPrecision(6))} %`;
