import { int, tag, text } from '../../cbor/build.ts';
import { isComplete } from '../../cbor/is-complete.ts';
import type { CborValue } from '../../cbor/node.ts';
import { type RichText, rich, value } from '../../explain/rich-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { err, ok } from '../../result.ts';
import type { JsonContext, JsonProblem } from '../claim.ts';
import { type ClaimRef, claimRefCodec } from './claim-ref.ts';
import { bare, type Codec, type FromJson, problem, under, wrongType } from './codec.ts';
import { listCodec } from './list.ts';
import { inList } from './match-words.ts';
import { nodeFromJson, nodeToJson, numberRepeats, withoutNumber } from './node-json.ts';
import { textCodec } from './text.ts';

/** A header of a response that catif causes. */
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

function templateFromJson(json: JsonObject, ctx: JsonContext): FromJson<HeaderPart> {
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

/** `{ name: text / [+ part] }` ↔ JSON object of text or lists of parts. */
export const responseHeadersCodec: Codec<readonly ResponseHeader[]> = {
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

/** What a header will hold: literals, and in words what only the recipient can fill in. */
export function headerValueInWords(header: ResponseHeader): RichText {
  if (typeof header.value === 'string') return rich`${value(header.value)}`;
  return header.value.flatMap((part, index) =>
    index === 0 ? explainPart(part) : rich` followed by ${explainPart(part)}`,
  );
}

function explainPart(part: HeaderPart): RichText {
  if (part.kind === 'text') return rich`${value(part.text)}`;
  if (part.kind === 'request-uri') return rich`the URL that was refused`;
  const claims = part.claims.map(({ claim, value: one }) => {
    if (one.kind === 'simple' && one.value === 22) return rich`${claim.name} of the recipient`;
    return rich`${claim.name} ${value(one.kind === 'text' ? one.value : JSON.stringify(nodeToJson(one)))}`;
  });
  return claims.length === 0 ? rich`a new token` : rich`a new token with ${inList(claims, 'and')}`;
}
