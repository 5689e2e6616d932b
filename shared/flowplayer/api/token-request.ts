import { encodeHex } from '../../bytes/hex.ts';
import { printableUtf8 } from '../../bytes/utf8.ts';
import { decode } from '../../cbor/decode.ts';
import { encode } from '../../cbor/encode.ts';
import type { JsonProblem } from '../../claims/claim.ts';
import { claimsFromJson } from '../../claims/claims-json.ts';
import { claimsToJson } from '../../claims/claims-to-json.ts';
import { MATCH_LABELS } from '../../claims/codec/match-map.ts';
import type { NetworkId } from '../../claims/codec/network.ts';
import type { Audience } from '../../claims/definitions/aud.ts';
import type { UriRules } from '../../claims/definitions/catu.ts';
import { readClaims } from '../../claims/read-claims.ts';
import { URI_COMPONENTS } from '../../evaluate/uri.ts';
import type { IssueNote } from '../../issue/issue-note.ts';
import { isRefused } from '../../issue/issue-token.ts';
import { prepareToken } from '../../issue/prepare-token.ts';
import { flowplayerOvp } from '../../issue/targets/flowplayer-ovp.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { err, ok, type Result } from '../../result.ts';
import { type WireTokenRequest, wireTokenRequest } from './wire.ts';

/** A body for `POST /playback_tokens`, and what was left out of it or is worth knowing. */
export interface TokenRequest {
  readonly body: WireTokenRequest;
  readonly notes: readonly IssueNote[];
}

/** Why there is no body: claims JSON that cannot be read, or what the API would refuse. */
export type TokenRequestError =
  | { readonly kind: 'unreadable'; readonly problems: readonly JsonProblem[] }
  | { readonly kind: 'refused'; readonly notes: readonly IssueNote[] };

/**
 * Claims JSON → the body of `POST /playback_tokens`, under the limits of the target “Flowplayer OVP”. Claims the API has no
 * member for are left out and said.
 */
export function writeTokenRequest(claims: JsonObject, keyId: string): Result<TokenRequest, TokenRequestError> {
  const prepared = prepareToken({ claims, kept: [], envelope: { kid: keyId } }, flowplayerOvp);
  if (!prepared.ok) return err({ kind: 'unreadable', problems: prepared.error });
  const { notes, bytes } = prepared.value;
  const members: Record<string, Json> = { key_id: keyId };
  for (const { name, value } of readClaims(decode(bytes).root).entries)
    members[name] = WRITERS[name]?.(value as never) ?? null;
  const body = wireTokenRequest.safeParse(members);
  const misfits = body.success ? [] : [...new Set(body.error.issues.map(({ path }) => String(path[0])))];
  const all: readonly IssueNote[] = [
    ...notes,
    ...misfits
      // what the target refused is said already
      .filter((claim) => !notes.some((note) => note.kind === 'refused' && note.claim === claim))
      .map((claim) => misfit(claim)),
  ];
  return body.success && !isRefused(all) ? ok({ body: body.data, notes: all }) : err({ kind: 'refused', notes: all });
}

const misfit = (claim: string): IssueNote => ({
  kind: 'refused',
  code: 'ovp-shape',
  message: WHOLE_SECONDS.has(claim)
    ? `The OVP’s API takes ${claim} in whole seconds only.`
    : `The OVP’s API has no way to write this ${claim}.`,
  claim,
});
const WHOLE_SECONDS: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat']);

type Writer<T> = (value: T) => Json | undefined;
const moment: Writer<number | bigint> = (value) => Number(value);
const text: Writer<string> = (value) => value;

/** Each of the API’s claims, from its value to the API’s own JSON. */
const WRITERS: Readonly<Record<string, Writer<never>>> = {
  exp: moment,
  nbf: moment,
  iat: moment,
  iss: text,
  sub: text,
  aud: ((audience) =>
    typeof audience === 'string' || audience.length !== 1 ? audience : audience[0]) satisfies Writer<Audience>,
  cti: ((id) => printableUtf8(id) ?? encodeHex(id)) satisfies Writer<Uint8Array>,
  catu: writeUri,
  catnip: ((networks) => networks.map(writeNetwork)) satisfies Writer<readonly NetworkId[]>,
  catgeoiso3166: ((codes) => [...codes]) satisfies Writer<readonly string[]>,
  catv: ((version) => version) satisfies Writer<number>,
};

function writeUri(rules: UriRules): Json {
  const members: Record<string, Json> = {};
  for (const rule of rules) {
    if (rule.component === 'unknown') continue;
    const [match] = rule.matches;
    if (match !== undefined && 'text' in match)
      members[String(URI_COMPONENTS.indexOf(rule.component))] = [MATCH_LABELS[match.type], match.text];
  }
  return members;
}

function writeNetwork(network: NetworkId): Json {
  // network numbers are refused by the target before this matters
  if (network.kind === 'asn' || network.kind === 'asn-range') return null;
  const bits = network.kind === 'address' ? network.family * 8 : network.bits;
  const bytes = Object.fromEntries([...network.bytes].map((byte, index) => [String(index), byte]));
  return { tag: network.family === 4 ? 52 : 54, value: [bits, bytes] };
}

/** The body, or what a person pasted of one → claims JSON in the standard’s names, and the key it names. */
export function readTokenRequest(
  json: Json,
): Result<{ readonly claims: JsonObject; readonly keyId?: string }, readonly JsonProblem[]> {
  if (!isJsonObject(json)) return err([{ path: [], message: 'Must be an object with key_id and claims' }]);
  const { key_id: keyId, ...members } = json;
  const map = claimsFromJson(members);
  if (!map.ok) return map;
  const claims = claimsToJson(readClaims(decode(encode(map.value)).root));
  return ok(typeof keyId === 'string' ? { claims, keyId } : { claims });
}
