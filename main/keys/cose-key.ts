import { encodeBase64url } from '../../shared/bytes/base64.ts';
import { decodeUtf8 } from '../../shared/bytes/utf8.ts';
import { decode } from '../../shared/cbor/decode.ts';
import type { CborNode } from '../../shared/cbor/node.ts';
import { findAlgorithm } from '../../shared/cose/algorithms.ts';
import { asMap, type MapNode } from '../../shared/cose/headers.ts';
import type { JsonObject } from '../../shared/json.ts';
import { err, type Result } from '../../shared/result.ts';
import { type ParsedKey, readJwk } from './jwk.ts';
import type { KeyError } from './key-error.ts';

/**
 * Reads a COSE_Key (RFC 9052 §7, RFC 9053 §7, RFC 8230 §4) by way of the JWK with the same members. `undefined`: the
 * bytes are no COSE_Key at all.
 */
export function parseCoseKey(bytes: Uint8Array): Result<ParsedKey, KeyError> | undefined {
  const { root, issues } = decode(bytes);
  const map = asMap(root);
  const type = map && member(map, 1);
  if (map === undefined || type?.kind !== 'int' || issues.some((issue) => issue.severity === 'error')) return undefined;
  const members = COSE_KEY_TYPES[String(type.value)];
  if (members === undefined)
    return err({ code: 'ERR_KEY_UNSUPPORTED', message: `COSE keys of type ${type.value} are not supported.` });
  const jwk: Record<string, string> = { ...members.fixed, ...facts(map) };
  if (members.curve !== undefined && !isInt(member(map, -1), 1))
    return err({ code: 'ERR_KEY_UNSUPPORTED', message: 'The COSE key is not on the curve P-256.' });
  for (const [name, label] of Object.entries(members.bytes)) {
    const value = member(map, label);
    if (value?.kind === 'bytes') jwk[name] = encodeBase64url(value.value);
  }
  return readJwk(jwk satisfies JsonObject);
}

interface CoseKeyType {
  readonly fixed: Readonly<Record<string, string>>;
  readonly curve?: true;
  readonly bytes: Readonly<Record<string, number>>;
}

/** Labels of key parameters by key type, under the names that JWK gives the same values. */
const COSE_KEY_TYPES: Readonly<Record<string, CoseKeyType>> = {
  '2': { fixed: { kty: 'EC', crv: 'P-256' }, curve: true, bytes: { x: -2, y: -3, d: -4 } },
  '3': { fixed: { kty: 'RSA' }, bytes: { n: -1, e: -2, d: -3, p: -4, q: -5, dp: -6, dq: -7, qi: -8 } },
  '4': { fixed: { kty: 'oct' }, bytes: { k: -1 } },
};

function facts(map: MapNode): Record<string, string> {
  const kid = member(map, 2);
  const alg = member(map, 3);
  const text = kid?.kind === 'bytes' ? decodeUtf8(kid.value) : undefined;
  const row = alg?.kind === 'int' || alg?.kind === 'text' ? findAlgorithm(String(alg.value)) : undefined;
  return { ...(text?.ok && { kid: text.value }), ...(row && { alg: row.name }) };
}

const member = (map: MapNode, label: number): CborNode | undefined =>
  map.entries.find(({ key }) => isInt(key, label))?.value;

const isInt = (node: CborNode | undefined, value: number): boolean => node?.kind === 'int' && node.value === value;
