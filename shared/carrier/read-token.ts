import { encodeBase64url } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { decode } from '../cbor/decode.ts';
import { closingQuote, isBase64, isBlank, isInvisible, isLineBreak, nibbleOf, sextetOf } from './characters.ts';
import { readEscape } from './escape.ts';

import type { RepairNotes } from './repair.ts';
import { isDotHeader, isTokenShaped, mayStartToken, START_BYTES, startsLikeToken } from './token-shape.ts';
import { Walk, type WalkOptions } from './walk.ts';

/** A token read from a text, with places of that text. */
export interface Reading {
  readonly kind: 'cat' | 'c4m-dot';
  readonly start: number;
  /** after the padding, or after the whole damaged stretch */
  readonly end: number;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** place of each canonical character; one more when the last held no whole byte */
  readonly places: readonly number[];
  readonly notes: RepairNotes;
  readonly damagedAt?: number;
}

export interface ReadOptions extends WalkOptions {
  /** the text was written by a person: quotes, `Bearer` and punctuation around the token are said as repairs */
  readonly plain: boolean;
}

/** Reads the token that starts at `from`, damaged ones too; `undefined` when none does. Never throws. */
export function readToken(text: string, from: number, options: ReadOptions, limit = text.length): Reading | undefined {
  const hex = startsInHex(text, from, limit);
  const walk = new Walk(text, from, limit, hex, options);
  const reading = walk.run() && walk.size > 0 ? readWalk(walk, options) : undefined;
  const vain = reading === undefined ? walk.walked : walk.walked - walk.places.length;
  if (vain > 2 * START_BYTES) options.onFailure?.(vain);
  return reading;
}

function readWalk(walk: Walk, options: ReadOptions): Reading | undefined {
  const { text, hex } = walk;
  const { root } = decode(walk.bytes);
  const complete = walk.state === 'done';
  if (complete && !hex && isDotHeader(root) && text[skipPadding(walk, walk.at)] === '.') {
    const dotted = readDotForm(walk, options);
    if (dotted) return dotted;
  }
  if (!isTokenShaped(root, { complete, alone: options.whole })) return undefined;
  // claims without an envelope end where they end: in noise something always follows
  const stray = root.kind === 'map' && !options.whole && complete && root.end < walk.size;
  return stray ? undefined : finish(walk, options);
}

/** A look at the first few characters, which already tells nearly every word from a token. Makes nothing. */
export function mayBeginToken(text: string, from: number, limit: number, whole: boolean): boolean {
  let bits = 0;
  let at = from;
  let seen = 0;
  while (seen < 4 && at < limit) {
    const code = text.charCodeAt(at);
    const escaped = code === 0x25 || code === 0x5c ? readEscape(text, at, limit) : undefined;
    at += escaped?.width ?? 1;
    const sextet = sextetOf(escaped?.code ?? code);
    if (sextet < 64) {
      bits = (bits << 6) | sextet;
      seen++;
    } else if (!isInvisible(escaped?.code ?? code)) break;
  }
  if (seen === 4 && mayStartToken(bits >> 16, (bits >> 8) & 0xff, bits & 0xff)) return true;
  return mayBeginInHex(text, from, limit, whole);
}

function mayBeginInHex(text: string, from: number, limit: number, whole: boolean): boolean {
  let bits = 0;
  let seen = 0;
  for (let at = from; seen < 6 && at < limit; at++) {
    const nibble = nibbleOf(text.charCodeAt(at));
    if (nibble < 16) {
      bits = (bits << 4) | nibble;
      seen++;
    } else if (!isInvisible(text.charCodeAt(at))) break;
  }
  if (seen === 6) return mayStartToken(bits >> 16, (bits >> 8) & 0xff, bits & 0xff);
  // in a value of nothing else the bytes may be set apart: d1 84 43, d1:84:43
  return whole && seen === 2 && bits >= 0x80;
}

/** No token starts the same in both: the base64 of a token's first bytes is never hexadecimal of a token's. */
function startsInHex(text: string, from: number, limit: number): boolean {
  const bytes: number[] = [];
  let high = -1;
  let to = from;
  for (; to < limit && bytes.length < START_BYTES; to++) {
    const code = text.charCodeAt(to);
    const nibble = nibbleOf(code);
    if (nibble === 16 && !isInvisible(code)) break;
    if (nibble === 16) continue;
    if (high >= 0) bytes.push((high << 4) | nibble);
    high = high < 0 ? nibble : -1;
  }
  if (bytes.length === 0) return false;
  const begins = startsLikeToken(bytes);
  // bytes set apart by blanks or colons come one or two digits at a time
  return begins === true || (begins === undefined && (to === limit || !isBase64(text.charCodeAt(to))));
}

function finish(walk: Walk, options: ReadOptions): Reading {
  const { notes } = walk;
  const bytes = walk.bytes.slice();
  const start = walk.places[0] ?? walk.at;
  const canonical = encodeBase64url(bytes);
  const complete = walk.state === 'done';
  let end = walk.hex ? walk.at : skipPadding(walk, walk.at);
  let damagedAt = complete ? undefined : (walk.badAt ?? walk.at);
  if (!complete) end = skipDamage(walk, end);
  if (complete && walk.hex && walk.places.length % 2 === 1) damagedAt = walk.places.at(-1);
  if (options.plain) noteSurroundings(walk, start, end);
  return {
    kind: 'cat',
    start,
    end,
    text: canonical,
    bytes,
    places: walk.hex ? placesOfHex(walk.places, canonical.length) : walk.places,
    notes,
    ...(damagedAt !== undefined && { damagedAt }),
  };
}

/** A base64 character belongs to the digit that holds its first bit. */
function placesOfHex(digits: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => digits[Math.floor((i * 6) / 4)] ?? 0);
}

function skipPadding({ text, limit, notes }: Walk, from: number): number {
  let at = from;
  for (let i = 0; i < 2; i++) {
    let to = at;
    while (to < limit && isInvisible(text.charCodeAt(to))) to++;
    const escaped = readEscape(text, to, limit);
    if ((escaped?.code ?? text.charCodeAt(to)) !== 0x3d) break;
    const next = to + (escaped?.width ?? 1);
    if (escaped) notes.add(escaped.kind, to, next);
    notes.add('padding', to, next);
    at = next;
  }
  return at;
}

const DOTS = /^(?:\u2026|\.{2,}|%E2%80%A6)/i;
/** What a damaged token may run on with: everything but what separates values in URLs, headers, markup and prose. */
const isDamage = (code: number): boolean =>
  !(isBlank(code) || Number.isNaN(code) || `"'\`<>&;,|#()[]{}\\?/“”‘’«»`.includes(String.fromCharCode(code)));

/** After the stretch a cut or garbled token runs on with, so that its rest is not searched for other tokens. */
function skipDamage({ text, limit, notes }: Walk, from: number): number {
  const dots = DOTS.exec(text.slice(from, from + 9));
  if (dots) notes.add('ellipsis', from, from + dots[0].length);
  let to = from + (dots?.[0].length ?? 0);
  const stop = to;
  let garbled = dots !== null;
  while (to < limit && isDamage(text.charCodeAt(to))) {
    garbled ||= isBase64(text.charCodeAt(to));
    to++;
  }
  // punctuation alone ends a sentence; with more of the alphabet behind it, it stands inside the token
  return garbled ? to : stop;
}

/** Quotes, `Bearer` and final punctuation that stood around a token in plain text. */
function noteSurroundings({ text, limit, notes }: Walk, start: number, end: number): void {
  let before = start;
  while (before > 0 && isSkippable(text.charCodeAt(before - 1))) before--;
  const scheme = /(?:^|[^A-Za-z0-9])((?:bearer|dpop)[:\s]*)$/i.exec(text.slice(Math.max(0, before - 12), start));
  if (scheme?.[1]) {
    notes.add('bearer', start - scheme[1].length, start);
    before = start - scheme[1].length;
    while (before > 0 && isSkippable(text.charCodeAt(before - 1))) before--;
  }
  let after = end;
  while (after < limit && isSkippable(text.charCodeAt(after))) after++;
  const closing = before > 0 ? closingQuote(text.charAt(before - 1)) : undefined;
  if (closing !== undefined && text[after] === closing) {
    if (isSyntax(text, before - 1)) return;
    notes.add('quotes', before - 1, before);
    notes.add('quotes', after, after + 1);
    after++;
  }
  const from = after;
  while (after < limit && '.,:!?)]}>'.includes(text.charAt(after))) after++;
  // of a semicolon only the last is no separator
  if (after === limit - 1 && text[after] === ';') after++;
  if (after > from && (after >= limit || isBlank(text.charCodeAt(after)))) notes.add('punctuation', from, after);
}

/** Quotes of a script or of data, which belong there: after what assigns or lists values. */
function isSyntax(text: string, opening: number): boolean {
  let before = opening;
  while (before > 0 && isBlank(text.charCodeAt(before - 1))) before--;
  return before > 0 && '=:([{,+>'.includes(text.charAt(before - 1));
}

const isSkippable = (code: number): boolean => isInvisible(code) || code === 0x20 || code === 0x09;

/**
 * `header.claims.proof`, each part base64url, the first two of them CBOR maps: what CAT-4-MOQT used before COSE. Tried
 * when a complete map with an algorithm is followed by a dot, so a JWT, whose parts are JSON, never comes here.
 */
function readDotForm(header: Walk, options: ReadOptions): Reading | undefined {
  const { text, limit } = header;
  const claims = new Walk(text, skipPadding(header, header.at) + 1, limit, false, { ...options, whole: false });
  if (!claims.run() || claims.size === 0) return undefined;
  if (decode(claims.bytes).root.kind !== 'map') return undefined;
  let end = skipPadding(claims, claims.at);
  let damagedAt = claims.state === 'done' ? undefined : (claims.badAt ?? claims.at);
  const pieces = [header, claims].map((part) => ({
    text: encodeBase64url(part.bytes),
    places: part.places,
  }));
  if (damagedAt === undefined) {
    const proof = readProof(header, end, options.whole);
    pieces.push(proof);
    end = proof.end;
    if (proof.text === '') damagedAt = end;
  }
  header.notes.merge(claims.notes);
  if (options.plain) noteSurroundings(header, header.places[0] ?? 0, end);
  const canonical = pieces.map((piece) => piece.text).join('.');
  const places: number[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) places.push((places.at(-1) ?? 0) + 1);
    for (let i = 0; i < piece.text.length; i++) places.push(piece.places[i] ?? piece.places.at(-1) ?? end);
  });
  return {
    kind: 'c4m-dot',
    start: header.places[0] ?? header.at,
    end,
    text: canonical,
    bytes: encodeUtf8(canonical),
    places,
    notes: header.notes,
    ...(damagedAt !== undefined && { damagedAt }),
  };
}

function readProof(
  { text, limit, notes }: Walk,
  dot: number,
  whole: boolean,
): { text: string; places: number[]; end: number } {
  const places: number[] = [];
  let read = '';
  let end = dot;
  for (let at = text[dot] === '.' ? dot + 1 : limit; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (isInvisible(code)) notes.add('invisible', at, at + 1);
    else if (isBlank(code) && whole) notes.add(isLineBreak(code) ? 'line-breaks' : 'whitespace', at, at + 1);
    else if (isBase64(code)) {
      read += code === 0x2b ? '-' : code === 0x2f ? '_' : text.charAt(at);
      places.push(at);
      end = at + 1;
    } else break;
  }
  return { text: read, places, end };
}
