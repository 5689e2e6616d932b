import { encodeHex } from '../../bytes/hex.ts';
import { bytes, int, text } from '../../cbor/build.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { denied, ignored } from '../../evaluate/make-verdict.ts';
import { type RichText, rich, value } from '../../explain/rich-text.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { err, ok } from '../../result.ts';
import { defineClaim, type JsonContext, type JsonProblem, type ReadContext } from '../claim.ts';
import { bytesFromJson } from '../codec/bytes.ts';
import { type ClaimRef, claimRefCodec } from '../codec/claim-ref.ts';
import { bare, type Codec, type FromJson, problem, under, wrongType } from '../codec/codec.ts';
import { asList, oneOrManyCodec } from '../codec/list.ts';
import { inList } from '../codec/match-words.ts';
import { numberRepeats, withoutNumber } from '../codec/node-json.ts';
import { integerCodec } from '../codec/number.ts';
import { headerValueInWords, type ResponseHeader, responseHeadersCodec } from '../codec/response-headers.ts';

const CATIF = { label: 322, name: 'catif' } as const;

/** What the recipient answers when one of the claims is its reason to refuse. */
export interface ResponseRule {
  readonly claims: ClaimRef | readonly ClaimRef[];
  readonly status: number;
  readonly headers?: readonly ResponseHeader[];
  /** the key for the tokens that headers carry */
  readonly kid?: string | Uint8Array;
}
export type ResponseRules = readonly ResponseRule[];

const keysCodec = oneOrManyCodec(claimRefCodec, { min: 1 });
const statusCodec = integerCodec({ min: 100, max: 599 });

/** `[status, headers, kid]`; the last two may be left out, and the kid may stand second. */
function readResponse(node: CborNode, ctx: ReadContext): Omit<ResponseRule, 'claims'> | undefined {
  const array = bare(node, ctx);
  if (array.kind !== 'array') return wrongType(array, 'an array of status, headers and key id', ctx);
  const [first, ...rest] = array.items;
  if (first === undefined) {
    ctx.issue(array, 'ERR_CLAIM_EMPTY', 'Must have a status');
    return undefined;
  }
  const status = statusCodec.read(first, ctx);
  if (status === undefined) return undefined;
  const headersNode = rest[0]?.kind === 'map' || rest.length > 1 ? rest.shift() : undefined;
  const headers = headersNode === undefined ? undefined : responseHeadersCodec.read(headersNode, ctx);
  const [kidNode, surplus] = rest;
  const kid = kidNode === undefined ? undefined : readKid(kidNode, ctx);
  if (surplus !== undefined) ctx.issue(surplus, 'ERR_CLAIM_RANGE', 'Must have no more than status, headers and key id');
  return { status, ...(headers === undefined ? {} : { headers }), ...(kid === undefined ? {} : { kid }) };
}

function readKid(node: CborNode, ctx: ReadContext): string | Uint8Array | undefined {
  const item = bare(node, ctx);
  return item.kind === 'text' || item.kind === 'bytes' ? item.value : wrongType(item, 'a key id', ctx);
}

function writeResponse({ status, headers, kid }: ResponseRule): CborValue {
  const items: CborValue[] = [statusCodec.write(status)];
  if (headers !== undefined) items.push(responseHeadersCodec.write(headers));
  if (kid !== undefined) items.push(typeof kid === 'string' ? text(kid) : bytes(kid));
  return { kind: 'array', items };
}

function responseToJson({ status, headers, kid }: ResponseRule): Json {
  const items: Json[] = [status];
  if (headers !== undefined) items.push(responseHeadersCodec.toJson(headers));
  if (kid !== undefined) items.push(typeof kid === 'string' ? kid : { hex: encodeHex(kid) });
  return items;
}

function responseFromJson(json: Json, ctx: JsonContext): FromJson<Omit<ResponseRule, 'claims'>> {
  if (!Array.isArray(json)) return problem('Must be a list of status, headers and key id');
  const [first = null, ...rest] = json as readonly Json[];
  const status = statusCodec.fromJson(first, ctx);
  if (!status.ok) return err(under(0, status.error));
  const isHeaders = (one: Json | undefined): boolean => isJsonObject(one) && !('hex' in one);
  const headers = isHeaders(rest[0]) ? responseHeadersCodec.fromJson(rest.shift() ?? null, ctx) : ok(undefined);
  if (!headers.ok) return err(under(1, headers.error));
  const [kidJson, surplus] = rest;
  if (surplus !== undefined) return problem('Must have no more than status, headers and key id');
  const kid = kidJson === undefined || typeof kidJson === 'string' ? ok(kidJson) : bytesFromJson(kidJson);
  if (!kid.ok) return kid;
  return ok({
    status: status.value,
    ...(headers.value === undefined ? {} : { headers: headers.value }),
    ...(kid.value === undefined ? {} : { kid: kid.value }),
  });
}

/** One claim is its name; several are a JSON list of names, since a member can only be text. */
const keysToMember = (claims: ResponseRule['claims']): string => {
  const json = keysCodec.toJson(claims);
  return typeof json === 'string' ? json : JSON.stringify(json);
};

function keysFromMember(member: string, ctx: JsonContext): FromJson<ResponseRule['claims']> {
  if (!member.startsWith('[')) return keysCodec.fromJson(withoutNumber(member), ctx);
  try {
    return keysCodec.fromJson(JSON.parse(withoutNumber(member)) as Json, ctx);
  } catch {
    return problem('Must be the name of a claim, or a JSON list of names');
  }
}

const codec: Codec<ResponseRules> = {
  read(node, ctx) {
    const map = bare(node, ctx);
    if (map.kind !== 'map') return wrongType(map, 'a map of claims and responses', ctx);
    if (map.entries.length === 0) ctx.issue(map, 'ERR_CLAIM_EMPTY', 'Must name a claim');
    return map.entries.flatMap(({ key, value: one }) => {
      const claims = keysCodec.read(key, ctx);
      const response = readResponse(one, ctx);
      return claims === undefined || response === undefined ? [] : [{ claims, ...response }];
    });
  },
  write: (rules) => ({
    kind: 'map',
    entries: rules.map((rule) => ({ key: keysCodec.write(rule.claims), value: writeResponse(rule) })),
  }),
  toJson: (rules) => numberRepeats(rules.map((rule) => [keysToMember(rule.claims), responseToJson(rule)])),
  fromJson(json, ctx) {
    if (!isJsonObject(json)) return problem('Must be an object of claims and responses');
    const rules: ResponseRule[] = [];
    const problems: JsonProblem[] = [];
    for (const [member, one] of Object.entries(json)) {
      const claims = keysFromMember(member, ctx);
      const response = responseFromJson(one, ctx);
      if (claims.ok && response.ok) rules.push({ claims: claims.value, ...response.value });
      if (!claims.ok) problems.push(...under(member, claims.error));
      if (!response.ok) problems.push(...under(member, response.error));
    }
    if (rules.length === 0 && problems.length === 0) return problem('Must name a claim');
    return problems.length === 0 ? ok(rules) : err(problems);
  },
};

/** The response a rule causes, as it can be shown: status, header lines, and the key of the tokens in them. */
export interface CausedResponse {
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value: RichText }[];
  readonly kid: string | undefined;
}

/** The response that a recipient sends when one of the rule's claims is its reason to refuse. */
export function causedResponse({ status, headers = [], kid }: ResponseRule): CausedResponse {
  return {
    status,
    headers: headers.map((header) => ({ name: header.name, value: headerValueInWords(header) })),
    kid: kid === undefined || typeof kid === 'string' ? kid : encodeHex(kid),
  };
}

function explainRule(rule: ResponseRule): RichText {
  const { status, headers, kid } = causedResponse(rule);
  const names = inList(
    asList(rule.claims).map(({ name }) => rich`${name}`),
    'or',
  );
  const lines = headers.map(({ name, value: one }) => rich`${name}: ${one}`);
  const withHeaders = lines.length === 0 ? [] : rich` with ${inList(lines, 'and')}`;
  const signedBy = kid === undefined ? [] : rich`, signed with the key ${value(kid)}`;
  return rich`status ${String(status)}${withHeaders}${signedBy} when ${names} refuses`;
}

const EXP_REF: ClaimRef = { key: int(4), name: 'exp' };

export const catif = defineClaim<ResponseRules>({
  ...CATIF,
  ...codec,
  title: 'Responses',
  summary: 'What the recipient answers when a claim is its reason to refuse: a redirect to a login page, for instance.',
  source: 'CTA-5007-B §4.9.1',
  group: 'information',
  support: 'may',

  explain: (rules) =>
    rules.length === 0 ? rich`answering nothing` : rich`answering ${inList(rules.map(explainRule), 'and')}`,

  evaluate(rules, ctx) {
    const { keys, items } = ctx.rules.responseRules;
    const other = rules.flatMap(({ claims }) => asList(claims)).find(({ name }) => name !== 'exp');
    const isList = rules.some(({ claims }) => Array.isArray(claims));
    if (keys === 'exp-only' && (isList || other !== undefined)) {
      return denied(
        CATIF,
        'DENY_VERIFIER_ERROR',
        rich`This recipient fails on responses to anything but ${value('exp')}`,
      );
    }
    if (items === 'exactly-3' && rules.some(({ headers, kid }) => headers === undefined || kid === undefined)) {
      return denied(
        CATIF,
        'DENY_ILL_FORMED',
        rich`This recipient wants a status, headers and a key id in every response`,
      );
    }
    if (items === '2-3' && rules.some(({ headers }) => headers === undefined)) {
      return denied(CATIF, 'DENY_VERIFIER_ERROR', rich`This recipient fails on a response without headers`);
    }
    return ignored(CATIF, 'INFO', rich`Says what is answered to a refusal, decides nothing`);
  },

  form: { kind: 'responses' },

  examples: [
    {
      title: 'A status alone',
      value: [{ claims: EXP_REF, status: 401 }],
      cbor: 'a10481190191',
      json: { exp: [401] },
    },
    {
      title: 'A redirect that brings the refused URL along',
      value: [
        {
          claims: EXP_REF,
          status: 307,
          headers: [
            { name: 'Location', value: [{ kind: 'text', text: 'https://a.example/?r=' }, { kind: 'request-uri' }] },
          ],
        },
      ],
      cbor: 'a10482190133a1684c6f636174696f6e827568747470733a2f2f612e6578616d706c652f3f723dd87900',
      json: { exp: [307, { Location: ['https://a.example/?r=', { tag: 121, value: 0 }] }] },
    },
    {
      title: 'A redirect that brings a new token along',
      value: [
        {
          claims: EXP_REF,
          status: 302,
          headers: [
            {
              name: 'Location',
              value: [
                { kind: 'text', text: 'https://a.example/?t=' },
                {
                  kind: 'token',
                  claims: [
                    { claim: { key: int(1), name: 'iss' }, value: { kind: 'simple', value: 22 } },
                    { claim: { key: int(2), name: 'sub' }, value: text('x') },
                  ],
                },
              ],
            },
          ],
          kid: 'k1',
        },
      ],
      cbor: 'a1048319012ea1684c6f636174696f6e827568747470733a2f2f612e6578616d706c652f3f743da201f6026178626b31',
      json: { exp: [302, { Location: ['https://a.example/?t=', { iss: null, sub: 'x' }] }, 'k1'] },
    },
    {
      title: 'One response for two claims, and a key id in bytes',
      value: [
        {
          claims: [EXP_REF, { key: int(5), name: 'nbf' }],
          status: 403,
          headers: [{ name: 'X-A', value: 'b' }],
          kid: Uint8Array.of(0x6b),
        },
      ],
      cbor: 'a182040583190193a163582d416162416b',
      json: { '["exp","nbf"]': [403, { 'X-A': 'b' }, { hex: '6b' }] },
    },
    {
      title: 'A claim nobody here knows',
      value: [{ claims: { key: int(4000), name: '4000' }, status: 403, headers: [] }],
      cbor: 'a1190fa082190193a0',
      json: { '4000': [403, {}] },
    },
  ],
  refused: [
    { title: 'No claim', cbor: 'a0', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A status without its array', cbor: 'a104190191', code: 'ERR_CLAIM_TYPE' },
    { title: 'No status', cbor: 'a10480', code: 'ERR_CLAIM_EMPTY' },
    { title: 'A status that is none', cbor: 'a104811863', code: 'ERR_CLAIM_RANGE' },
    { title: 'A header that is a number', cbor: 'a10482190191a1617805', code: 'ERR_CLAIM_TYPE' },
    { title: 'A tag nobody defined in a header', cbor: 'a10482190191a1617881d87901', code: 'ERR_CLAIM_TYPE' },
    { title: 'Four items', cbor: 'a10484190191a0616b00', code: 'ERR_CLAIM_RANGE' },
  ],
  cases: [
    { title: 'a response', value: [{ claims: EXP_REF, status: 401 }], verdict: 'ignored', code: 'INFO' },
    {
      title: 'a response to several',
      value: [{ claims: [EXP_REF, { key: int(3), name: 'aud' }], status: 401 }],
      verdict: 'ignored',
      code: 'INFO',
    },
  ],
});
