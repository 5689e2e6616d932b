import { decodeHex } from '../../../shared/bytes/hex.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { formatEdn } from '../../../shared/cbor/edn.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { CborMap, CborValue } from '../../../shared/cbor/node.ts';
import { parseEdn } from '../../../shared/cbor/parse-edn.ts';
import { claimsFromJson } from '../../../shared/claims/claims-json.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { cloneToken } from '../../../shared/issue/clone-token.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import type { Clock } from '../../../shared/issue/moments.ts';
import { resolveTimes } from '../../../shared/issue/relative-times.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

const WIDTH = 72;

/** All claims of a draft in diagnostic notation, those that are kept byte for byte included. */
export function draftToEdn(
  draft: Draft,
  clock: Clock,
): { readonly text: string; readonly problems: readonly string[] } {
  const resolved = resolveTimes(draft.claims, clock);
  const claims = resolved.ok ? claimsFromJson(resolved.value) : resolved;
  if (!claims.ok)
    return { text: '', problems: claims.error.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  const kept = draft.kept.flatMap(({ label, value }) => {
    const [key, item] = [decodeHex(label), decodeHex(value)];
    return key.ok && item.ok ? [{ key: decode(key.value).root, value: decode(item.value).root }] : [];
  });
  const map: CborMap<CborValue> = { kind: 'map', entries: claims.value.entries };
  const root = decode(encode(map)).root;
  const whole = root.kind === 'map' ? { ...root, entries: [...root.entries, ...kept] } : root;
  return { text: formatEdn(whole, { width: WIDTH }).text, problems: [] };
}

export interface EdnTextError {
  /** a sentence with the place in it */
  readonly message: string;
  /** offset in UTF-16 units */
  readonly at: number;
}

/** A draft of what was typed, with the envelope of the one before. */
export function ednToDraft(text: string, before: Draft, clock: Clock): Result<Draft, EdnTextError> {
  const parsed = parseEdn(text);
  if (!parsed.ok) {
    const { at, line, column, message } = parsed.error;
    return err({ at, message: `Not EDN at line ${line}, column ${column}: ${message}` });
  }
  if (parsed.value.kind !== 'map') return err({ at: 0, message: 'Claims are a map: { 4: 1764000000 }' });
  const bytes = encode(parsed.value, { form: 'authored' });
  const { claims, kept } = cloneToken(openEnvelope(bytes), readClaims(decode(bytes).root));
  const resolved = resolveTimes(before.claims, clock);
  const was = resolved.ok ? resolved.value : {};
  const words = Object.entries(claims).map(([name, json]) => [
    name,
    JSON.stringify(json) === JSON.stringify(was[name]) ? (before.claims[name] ?? json) : json,
  ]);
  return ok({ ...before, claims: Object.fromEntries(words), kept });
}
