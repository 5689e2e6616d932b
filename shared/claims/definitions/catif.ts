import { encodeHex } from '../../bytes/hex.ts';
import { bytes, int, tag, text } from '../../cbor/build.ts';
import { isComplete } from '../../cbor/is-complete.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { denied, ignored } from '../../evaluate/make-verdict.ts';
import { type RichText, rich, value } from '../../explain/rich-text.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { err, ok } from '../../result.ts';
import { defineClaim, type JsonContext, type JsonProblem, type ReadContext } from '../claim.ts';
import { bytesFromJson } from '../codec/bytes.ts';
import { type ClaimRef, claimRefCodec } from '../codec/claim-ref.ts';
import { bare, type Codec, type FromJson, problem, under, wrongType } from '../codec/codec.ts';
import { asList, listCodec, oneOrManyCodec } from '../codec/list.ts';
import { inList } from '../codec/match-words.ts';
import { nodeFromJson, nodeToJson, numberRepeats, withoutNumber } from '../codec/node-json.ts';
import { integerCodec } from '../codec/number.ts';
import { textCodec } from '../codec/text.ts';

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

export interface ResponseHeader {
  readonly name: string;
  /** text, or parts that are joined to one */
  readonly value: string | readonly HeaderPart[];
}

/** Open in the public sources: only one specification example and node-cat's guide show what a header is made of. */
export type HeaderPart =
  | { readonly kind: 'text'; readonly text: string }
  /** the URL that was refused */
  | { readonly kind: 'request-uri' }
  /** a new token with these claims; `null` = the recipient's own value */
  | { readonly kind: 'token'; readonly claims: readonly TemplateClaim[] };

export interface TemplateClaim {
  readonly claim: ClaimRef;
  readonly value: CborValue;
}

const keysCodec = oneOrManyCodec(claimRefCodec, { min: 1 });
const statusCodec = integerCodec({ min: 100, max: 599 });

const partCodec: Codec<HeaderPart> = {
  read(node, ctx) {
    if (node.kind === 'tag' && node.tag === 121) {
      if (node.value.kind === 'int' && node.value.value === 0) return { kind: 'request-uri' };
      return wrongType(node, 'text, the claims of a token, or tag 121 with 0', ctx);
    }
    const item = bare(node, ctx);
    if (item.kind === 'text') return { kind: 'text', text: item.value };
    if (item.kind !== 'map') return wrongType(item, 'text, the claims of a token, or tag 121 with 0', ctx);
    const claims: TemplateClaim[] = [];
    for (const entry of item.entries) {
      const claim = claimRefCodec.read(entry.key, ctx);
      if (claim !== undefined && isComplete(entry.value)) claims.push({ claim, value: entry.value });
    }
    return { kind: 'token', claims };
  },
  write(part) {
    if (part.kind === 'text') return text(part.text);
    if (part.kind === 'request-uri') return tag(121, int(0));
    return { kind: 'map', entries: part.claims.map(({ claim, value: one }) => ({ key: claim.key, value: one })) };
  },
  toJson(part) {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'request-uri') return REQUEST_URI_JSON;
    return numberRepeats(part.claims.map(({ claim, value: one }) => [claim.name, nodeToJson(one)]));
  },
  fromJson(json, ctx) {
    if (typeof json === 'string') return ok({ kind: 'text', text: json });
    if (!isJsonObject(json)) return problem('Must be text or the claims of a token');
    if ('tag' in json) {
      const isUri = json['tag'] === 121 && json['value'] === 0;
      return isUri ? ok({ kind: 'request-uri' }) : problem('Only tag 121 with 0 means something here');
    }
    return templateFromJson(json, ctx);
  },
};
const REQUEST_URI_JSON: Json = { tag: 121, value: 0 };

function templateFromJson(json: { readonly [name: string]: Json }, ctx: JsonContext): FromJson<HeaderPart> {
  const claims: TemplateClaim[] = [];
  const problems: JsonProblem[] = [];
  for (const [name, one] of Object.entries(json)) {
    const claim = claimRefCodec.fromJson(withoutNumber(name), ctx);
    const node = nodeFromJson(one);
    if (claim.ok && node.ok) claims.push({ claim: claim.value, value: node.value });
    if (!claim.ok) problems.push(...under(name, claim.error));
    if (!node.ok) problems.push(...under(name, node.error));
  }
  return problems.length === 0 ? ok({ kind: 'token', claims }) : err(problems);
}

const partsCodec = listCodec(partCodec, { min: 1 });

const headersCodec: Codec<readonly ResponseHeader[]> = {
  read(node, ctx) {
    const map = bare(node, ctx);
    if (map.kind !== 'map') return wrongType(map, 'a map of headers', ctx);
    return map.entries.flatMap(({ key, value: one }) => {
      const name = textCodec.read(key, ctx);
      const item = one.kind === 'array' ? partsCodec.read(one, ctx) : textCodec.read(one, ctx);
      return name === undefined || item === undefined ? [] : [{ name, value: item }];
    });
  },
  write: (headers) => ({
    kind: 'map',
    entries: headers.map(({ name, value: one }) => ({
      key: text(name),
      value: typeof one === 'string' ? text(one) : partsCodec.write(one),
    })),
  }),
  toJson: (headers) =>
    numberRepeats(
      headers.map(({ name, value: one }) => [name, typeof one === 'string' ? one : partsCodec.toJson(one)]),
    ),
  fromJson(json, ctx) {
    if (!isJsonObject(json)) return problem('Must be an object of headers');
    const headers: ResponseHeader[] = [];
    const problems: JsonProblem[] = [];
    for (const [name, one] of Object.entries(json)) {
      const item = Array.isArray(one) ? partsCodec.fromJson(one, ctx) : textCodec.fromJson(one, ctx);
      if (item.ok) headers.push({ name: withoutNumber(name), value: item.value });
      else problems.push(...under(name, item.error));
    }
    return problems.length === 0 ? ok(headers) : err(problems);
  },
};

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
  const headers = headersNode === undefined ? undefined : headersCodec.read(headersNode, ctx);
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
  if (headers !== undefined) items.push(headersCodec.write(headers));
  if (kid !== undefined) items.push(typeof kid === 'string' ? text(kid) : bytes(kid));
  return { kind: 'array', items };
}

function responseToJson({ status, headers, kid }: ResponseRule): Json {
  const items: Json[] = [status];
  if (headers !== undefined) items.push(headersCodec.toJson(headers));
  if (kid !== undefined) items.push(typeof kid === 'string' ? kid : { hex: encodeHex(kid) });
  return items;
}

function responseFromJson(json: Json, ctx: JsonContext): FromJson<Omit<ResponseRule, 'claims'>> {
  if (!Array.isArray(json)) return problem('Must be a list of status, headers and key id');
  const [first = null, ...rest] = json as readonly Json[];
  const status = statusCodec.fromJson(first, ctx);
  if (!status.ok) return err(under(0, status.error));
  const isHeaders = (one: Json | undefined): boolean => isJsonObject(one) && !('hex' in one);
  const headers = isHeaders(rest[0]) ? headersCodec.fromJson(rest.shift() ?? null, ctx) : ok(undefined);
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
    headers: headers.map(({ name, value: one }) => ({
      name,
      value: typeof one === 'string' ? rich`${value(one)}` : inSequence(one.map(explainPart)),
    })),
    kid: kid === undefined || typeof kid === 'string' ? kid : encodeHex(kid),
  };
}

function explainPart(part: HeaderPart): RichText {
  if (part.kind === 'text') return rich`${value(part.text)}`;
  if (part.kind === 'request-uri') return rich`the URL that was refused`;
  const claims = part.claims.map(({ claim, value: one }) =>
    one.kind === 'simple' && one.value === 22
      ? rich`${claim.name} of the recipient`
      : rich`${claim.name} ${value(JSON.stringify(nodeToJson(one)))}`,
  );
  return claims.length === 0 ? rich`a new token` : rich`a new token with ${inList(claims, 'and')}`;
}

const inSequence = (parts: readonly RichText[]): RichText =>
  parts.flatMap((part, index) => (index === 0 ? part : rich` followed by ${part}`));

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

  form: { kind: 'json' },

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
