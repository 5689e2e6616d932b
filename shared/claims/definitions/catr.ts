import { int } from '../../cbor/build.ts';
import type { CborNode } from '../../cbor/node.ts';
import { denied, ignored } from '../../evaluate/make-verdict.ts';
import { duration, type RichText, rich, time, value } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { seconds } from '../../units.ts';
import { defineClaim, type ReadContext } from '../claim.ts';
import { bare, type Codec, problem } from '../codec/codec.ts';
import { groupCodec, type WithOthers } from '../codec/group.ts';
import { listCodec } from '../codec/list.ts';
import { integerCodec, numberCodec, type WireNumber } from '../codec/number.ts';
import { textCodec } from '../codec/text.ts';

const CATR = { label: 323, name: 'catr' } as const;

/** How a renewed token is handed over, by label. */
const RENEWAL_TYPES = ['automatic', 'cookie', 'header', 'redirect'] as const;
export type RenewalType = (typeof RENEWAL_TYPES)[number];

export interface Renewal extends WithOthers {
  readonly type: RenewalType;
  /** seconds from the moment of renewal to the new token's expiry */
  readonly expadd?: WireNumber;
  /** open in the public sources: seconds before the expiry, or a moment; see `deadlineMeaning` */
  readonly deadline?: WireNumber;
  readonly cookieName?: string;
  readonly headerName?: string;
  readonly cookieParams?: readonly string[];
  readonly headerParams?: readonly string[];
  readonly code?: number;
}

const typeNumber = integerCodec({ min: 0, max: 3 });
const typeCodec: Codec<RenewalType> = {
  read(node, ctx) {
    const number = typeNumber.read(node, ctx);
    return number === undefined ? undefined : RENEWAL_TYPES[number];
  },
  write: (type) => int(RENEWAL_TYPES.indexOf(type)),
  toJson: (type) => type,
  fromJson(json) {
    const type = typeof json === 'number' ? RENEWAL_TYPES[json] : RENEWAL_TYPES.find((name) => name === json);
    return type === undefined ? problem(`Must be one of ${RENEWAL_TYPES.join(', ')}`) : ok(type);
  },
};

// aliases: Akamai's and NodeCat's JSON (CAT.md c)
const group = groupCodec<Renewal>(
  {
    type: { label: 0, json: 'type', aliases: ['renewal_type', 'renewabletype'], codec: typeCodec },
    expadd: { label: 1, json: 'expadd', aliases: ['exp_extension', 'expext'], codec: numberCodec({ min: 0 }) },
    deadline: { label: 2, json: 'deadline', aliases: ['renewal_deadline'], codec: numberCodec({ min: 0 }) },
    cookieName: { label: 3, json: 'cookie-name', aliases: ['cookie_name'], codec: textCodec },
    headerName: { label: 4, json: 'header-name', aliases: ['header_name'], codec: textCodec },
    cookieParams: { label: 5, json: 'cookie-params', aliases: ['cookie_params'], codec: listCodec(textCodec) },
    headerParams: { label: 6, json: 'header-params', aliases: ['header_params'], codec: listCodec(textCodec) },
    code: { label: 7, json: 'code', aliases: ['redirect_status'], codec: integerCodec({ min: 100, max: 599 }) },
  },
  ['type'],
);

/**
 * Akamai's label table counts one on from 5 (CAT.md c): cookie parameters 6, header parameters 7, status 8. A list at 7
 * or anything at 8 cannot be the registered shape, so it is that one.
 */
function fromAkamaiLabels(node: CborNode, ctx: ReadContext): CborNode {
  const map = bare(node, ctx);
  if (map.kind !== 'map') return map;
  const isAkamai = map.entries.some(
    ({ key, value: one }) => key.kind === 'int' && (key.value === 8 || (key.value === 7 && one.kind === 'array')),
  );
  if (!isAkamai) return map;
  ctx.dialect('akamai-catr-labels', map);
  return {
    ...map,
    entries: map.entries.map(({ key, value: one }) => {
      const shifted = key.kind === 'int' && key.value >= 6 && key.value <= 8;
      return { key: shifted ? { ...key, value: Number(key.value) - 1 } : key, value: one };
    }),
  };
}

/** Past this a deadline can only be a moment: three years of seconds before the expiry make no sense. */
const EARLIEST_MOMENT = 100_000_000;

/** What a deadline is taken for: sources differ, so the size decides. */
export const deadlineMeaning = (deadline: WireNumber): 'moment' | 'before-expiry' =>
  deadline > EARLIEST_MOMENT ? 'moment' : 'before-expiry';

function explainDelivery(renewal: Renewal): RichText {
  switch (renewal.type) {
    case 'automatic':
      return rich`the way it came`;
    case 'cookie':
      return rich`in the cookie ${value(renewal.cookieName ?? DEFAULT_RENEWAL_NAME)}${explainParams(renewal.cookieParams)}`;
    case 'header':
      return rich`in the header ${value(renewal.headerName ?? DEFAULT_RENEWAL_NAME)}${explainParams(renewal.headerParams)}`;
    case 'redirect':
      return rich`by a redirect (${String(renewal.code ?? 302)})`;
  }
}
/** what node-cat calls the cookie or header when no name is given */
export const DEFAULT_RENEWAL_NAME = 'cta-common-access-token';

const explainParams = (params: readonly string[] | undefined): RichText =>
  params === undefined || params.length === 0 ? [] : rich` with ${value(params.join('; '))}`;

function explainDeadline(deadline: WireNumber | undefined): RichText {
  if (deadline === undefined) return [];
  const span = seconds(Number(deadline));
  return deadlineMeaning(deadline) === 'moment'
    ? rich`, not after ${time(span)} (sources differ: some read seconds before the expiry)`
    : rich`, in the last ${duration(span)} before it expires (sources differ: some read a moment)`;
}

export const catr = defineClaim<Renewal>({
  ...CATR,
  ...group,
  read: (node, ctx) => group.read(fromAkamaiLabels(node, ctx), ctx),
  title: 'Renewal',
  summary: 'How the recipient hands out a fresh token before this one expires. It never refuses a request.',
  source: 'CTA-5007-B §4.9.2',
  group: 'information',
  support: 'may',

  explain: (renewal) => {
    const { expadd, deadline } = renewal;
    const by = expadd === undefined ? [] : rich` for another ${duration(seconds(Number(expadd)))}`;
    return rich`renewed ${explainDelivery(renewal)}${by}${explainDeadline(deadline)}`;
  },

  evaluate(renewal, { rules }) {
    if (renewal.expadd === undefined && rules.renewal.requireExpadd) {
      return denied(CATR, 'DENY_ILL_FORMED', rich`A renewal must say for how long: ${value('expadd')} is missing`, {
        path: ['catr', 'expadd'],
      });
    }
    if (renewal.deadline === undefined)
      return ignored(CATR, 'INFO', rich`Says how the token is renewed, decides nothing`);
    const span = seconds(Number(renewal.deadline));
    const from =
      rules.renewal.deadlineUnit === 'absolute' ? rich`until ${time(span)}` : rich`in its last ${duration(span)}`;
    return ignored(CATR, 'INFO', rich`This recipient would renew it ${from}; that decides nothing`);
  },

  form: {
    kind: 'group',
    members: [
      {
        name: 'type',
        label: 'Handed over',
        field: {
          kind: 'choice',
          options: [
            { value: 'automatic', label: 'The way it came' },
            { value: 'cookie', label: 'In a cookie' },
            { value: 'header', label: 'In a header' },
            { value: 'redirect', label: 'By a redirect' },
          ],
        },
      },
      { name: 'expadd', label: 'Lasts another', field: { kind: 'duration' }, optional: true },
      {
        name: 'deadline',
        label: 'Deadline',
        hint: 'Seconds before the expiry for node-cat and Akamai, a moment for others',
        field: { kind: 'number', min: 0 },
        optional: true,
      },
      { name: 'cookie-name', label: 'Cookie name', field: { kind: 'text' }, optional: true },
      { name: 'header-name', label: 'Header name', field: { kind: 'text' }, optional: true },
      { name: 'cookie-params', label: 'Cookie attributes', field: { kind: 'text-list' }, optional: true },
      { name: 'header-params', label: 'Header parameters', field: { kind: 'text-list' }, optional: true },
      {
        name: 'code',
        label: 'Redirect status',
        field: { kind: 'integer', min: 300, max: 399 },
        optional: true,
      },
    ],
  },

  examples: [
    {
      title: 'In a header, fifteen minutes at a time',
      value: { type: 'header', expadd: 900, headerName: 'X-PV-CDN-Access-Token' },
      cbor: 'a30002011903840475582d50562d43444e2d4163636573732d546f6b656e',
      json: { type: 'header', expadd: 900, 'header-name': 'X-PV-CDN-Access-Token' },
    },
    {
      title: 'In a cookie with attributes, in the last half minute',
      value: { type: 'cookie', expadd: 300, deadline: 30, cookieName: 'c', cookieParams: ['Secure', 'HttpOnly'] },
      cbor: 'a500010119012c02181e03616305826653656375726568487474704f6e6c79',
      json: { type: 'cookie', expadd: 300, deadline: 30, 'cookie-name': 'c', 'cookie-params': ['Secure', 'HttpOnly'] },
    },
    {
      title: 'By a redirect, until a moment',
      value: { type: 'redirect', expadd: 60, deadline: 1893456000, code: 307 },
      cbor: 'a4000301183c021a70dbd88007190133',
      json: { type: 'redirect', expadd: 60, deadline: 1893456000, code: 307 },
    },
    {
      title: 'The way it came, with a fraction of a second',
      value: { type: 'automatic', expadd: 0.5 },
      cbor: 'a2000001f93800',
      json: { type: 'automatic', expadd: 0.5 },
    },
  ],
  refused: [
    { title: 'null', cbor: 'f6', code: 'ERR_CLAIM_TYPE' },
    { title: 'No type', cbor: 'a101190384', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A type nobody defined', cbor: 'a2000401183c', code: 'ERR_CLAIM_RANGE' },
    { title: 'A type by name', cbor: 'a10066636f6f6b6965', code: 'ERR_CLAIM_TYPE' },
    { title: 'Seconds as text', cbor: 'a2000001623630', code: 'ERR_CLAIM_TYPE' },
    { title: 'Cookie attributes as one text', cbor: 'a3000101183c056153', code: 'ERR_CLAIM_TYPE' },
    { title: 'A member twice', cbor: 'a30000000101183c', code: 'ERR_CLAIM_CONFLICT' },
  ],
  cases: [
    { title: 'a renewal', value: { type: 'automatic', expadd: 60 }, verdict: 'ignored', code: 'INFO' },
    { title: 'a renewal for no time', value: { type: 'automatic', expadd: 0 }, verdict: 'ignored', code: 'INFO' },
    {
      title: 'a renewal that does not say for how long',
      value: { type: 'automatic' },
      verdict: 'fail',
      code: 'DENY_ILL_FORMED',
    },
  ],
});
