import { isBase64, isBlank, isHexDigit, isInvisible, isQuote } from './characters.ts';

import type { Finds, Place } from './finds.ts';
import { FOREIGN_STARTS, foreignCost, readForeign } from './foreign.ts';
import type { CarrierKind } from './found.ts';
import { addressPlace, loosePlace } from './place.ts';
import { mayBeginToken, type Reading, readToken } from './read-token.ts';
import type { Slice } from './slice.ts';
import { cleanUrl, isTokenParameter, urlEnd, urlPlace, urlSchemeAt } from './url.ts';

/** What is known about the text that is searched. */
export interface Context {
  readonly kind: CarrierKind;
  /** the place a carrier's reader found: `header Cookie`; absent in plain text and for the address of a request */
  readonly where?: string;
  /** a place that holds a CAT and nothing else: something there that is none is said */
  readonly named?: boolean;
  /** the request all of it belongs to */
  readonly request?: number;
  /** set while the inside of an address is searched: where it begins */
  readonly url?: number;
}

/** First characters of a token: of tags, arrays and maps in base64 and hexadecimal, and of escapes. */
const TOKEN_START = 1;
const FOREIGN_START = 2;
const URL_START = 4;
const STARTS = new Uint8Array(128);
for (const character of 'ghmnopqrstuvwxyz0123456789abdABDF%\\') mark(character, TOKEN_START);
for (const character of FOREIGN_STARTS) mark(character, FOREIGN_START);
for (const character of 'hH') mark(character, URL_START);
function mark(character: string, flag: number): void {
  STARTS[character.charCodeAt(0)] = (STARTS[character.charCodeAt(0)] ?? 0) | flag;
}

/**
 * Finds every token that begins in `[from, to)`, wherever it may stand: a place in text is not known beforehand, but a
 * token is told by its first bytes and says itself how long it is. One pass. Gives the position after the last thing
 * that was read, which may lie beyond `to` (a token wrapped over lines).
 */
export function scanText(slice: Slice, from: number, to: number, context: Context, finds: Finds): number {
  const { text } = slice;
  let at = from;
  while (at < to && !finds.full) {
    const starts = STARTS[text.charCodeAt(at)] ?? 0;
    const next = starts !== 0 && isBoundary(text, at, from) ? readAt(slice, at, to, starts, context, finds) : at;
    at = Math.max(next, at + 1);
  }
  return at;
}

function readAt(slice: Slice, at: number, to: number, starts: number, context: Context, finds: Finds): number {
  const { text } = slice;
  if (starts & URL_START && context.url === undefined && urlSchemeAt(text, at) > 0)
    return scanUrl(slice, at, to, context, finds);
  if (starts & TOKEN_START) {
    const reading = attempt(text, at, finds, false, context.url === undefined);
    if (reading) {
      finds.add(slice, reading, placeOf(text, reading.start, context));
      return reading.end;
    }
  }
  if (starts & FOREIGN_START && !finds.impatient) {
    const foreign = readForeign(text, at);
    if (foreign) {
      finds.addForeign(slice, foreign, placeOf(text, at, context));
      return foreign.end;
    }
    finds.fail(foreignCost(text, at));
  }
  return at;
}

/** Reads a token at a position; a failed attempt is paid for. */
function attempt(text: string, at: number, finds: Finds, whole: boolean, plain: boolean): Reading | undefined {
  if (!mayBeginToken(text, at, text.length, whole)) return undefined;
  const path = !whole && followsSlash(text, at);
  return readToken(text, at, { whole, path, plain, patience: finds.patience, onFailure: finds.fail });
}

/** How much of a long address is looked at to name a place in it. */
const STRETCH = 4096;

/** Whether a token may begin here: the character before is none of its alphabet, or ends an escape. */
function isBoundary(text: string, at: number, from: number): boolean {
  if (at === from) return true;
  const before = text.charCodeAt(at - 1);
  if (!isBase64(before) || before === 0x2f || before === 0x2b) return true;
  if (isHexDigit(before)) {
    if (text[at - 3] === '%') return true;
    if (text[at - 4] === '\\' && text[at - 3] === 'x') return true;
    if (text[at - 6] === '\\' && text[at - 5] === 'u') return true;
  }
  if (text[at - 2] === '\\') return before === 0x6e || before === 0x72 || before === 0x74;
  return (before === 0x78 || before === 0x58) && text[at - 2] === '0';
}

const followsSlash = (text: string, at: number): boolean =>
  text[at - 1] === '/' || /pt(?::|%3a)$/i.test(text.slice(Math.max(0, at - 5), at));

function placeOf(text: string, start: number, context: Context): Place {
  const request = context.request === undefined ? {} : { request: context.request };
  if (context.url !== undefined) {
    const cut = start - context.url > STRETCH;
    // so far behind its beginning an address is at its query
    const inside = urlPlace(cut ? `?${text.slice(start - STRETCH, start)}` : text.slice(context.url, start));
    return {
      kind: context.kind,
      where: context.where === undefined ? inside : `${inside} in ${context.where}`,
      ...request,
    };
  }
  if (context.kind === 'token') return { ...loosePlace(text, start), ...request };
  const inside = addressPlace(text, start)?.where;
  const where =
    inside === undefined ? context.where : context.where === undefined ? inside : `${inside} in ${context.where}`;
  return { kind: context.kind, where: where ?? loosePlace(text, start).where, ...request };
}

/** Searches the inside of an address; in plain text an address that carries a token is a request of its own. */
export function scanUrl(slice: Slice, at: number, limit: number, context: Context, finds: Finds): number {
  const { text } = slice;
  const mark = finds.count;
  const kind = context.kind === 'token' ? 'url' : context.kind;
  const inside: Context = { ...context, kind, url: at };
  let end = urlEnd(text, at, limit);
  const after = scanText(slice, at + urlSchemeAt(text, at), end, inside, finds);
  // a token that was wrapped over lines takes the rest of the address with it
  if (after > end) end = urlEnd(text, after, text.length);
  noteUnknown(slice, at, end, inside, finds, mark);
  if (finds.count > mark && context.request === undefined && context.kind !== 'log')
    finds.tie(mark, finds.addRequest({ url: cleanUrl(text.slice(at, end)), headers: [] }));
  return end;
}

/** Places in an address that hold a CAT and nothing else. */
const TOKEN_PLACES = /\/pt:([^/?#\s]{1,8192})|[?&]([\w-]{3,24})=([^&#\s]{1,8192})/gi;

function noteUnknown(slice: Slice, from: number, to: number, context: Context, finds: Finds, mark: number): void {
  const url = slice.text.slice(from, to);
  if (finds.count - mark > 100 || !/\/pt:|[?&](?:cat|(?:cta-)?common-access-token)=/i.test(url)) return;
  const known = finds.since(mark);
  for (const match of url.matchAll(TOKEN_PLACES)) {
    const [whole, inPath, name, inQuery] = match;
    const value = inPath ?? inQuery ?? '';
    if (name !== undefined && !isTokenParameter(name)) continue;
    const start = from + match.index + whole.length - value.length;
    const range = { slice, start, end: start + value.length };
    const inside = name === undefined ? 'path /pt:' : `query parameter ${name}`;
    const where = context.where === undefined ? inside : `${inside} in ${context.where}`;
    const place = { kind: context.kind, where, ...(context.request !== undefined && { request: context.request }) };
    if (!known.some((token) => overlaps(token, range))) addUnknown(range, place, finds);
  }
}

interface Range {
  readonly slice: Slice;
  readonly start: number;
  readonly end: number;
}

const overlaps = (token: { readonly start: number; readonly end: number }, { slice, start, end }: Range): boolean => {
  const origin = typeof slice.origin === 'number' ? slice.origin + start : (slice.origin[start] ?? 0);
  return token.start < origin + (end - start) && token.end > origin;
};

/** A variable, a template hole or a word for a token, not one. */
const PLACEHOLDER = /^[<{$%[(]|^(?:your|my|the|some|xxx+|token|\*+)|\.\.\.$|…|token>?$/i;

function addUnknown({ slice, start, end }: Range, place: Place, finds: Finds): void {
  const value = slice.text.slice(start, end);
  if (value.length < 8 || PLACEHOLDER.test(value)) return;
  const basic = place.where.startsWith('path /pt:')
    ? ' It may be a Basic token, which the platform makes and renews by itself.'
    : '';
  const message = `This stands in ${place.where}, where a CAT would, but does not begin as one: its start may be missing.${basic}`;
  finds.addForeign(slice, { kind: 'unknown', message, start, end }, place);
}

/** What may stand before a value's token: blanks, quotes and the name of an authorization scheme. */
const LEADING = /^(?:\s|bearer\b:?|dpop\b:?|0x(?=[0-9a-f]{2})|h(?=['"])|[^\x21-\x7e\u00a1-\uffff]){0,64}/i;

/** Where the token of a value would begin. */
export function valueStart(text: string): number {
  let at = 0;
  for (let round = 0; round < 4; round++) {
    const length = LEADING.exec(text.slice(at, at + 256))?.[0].length ?? 0;
    let to = at + length;
    while (
      to < text.length &&
      (isQuote(text.charCodeAt(to)) || isInvisible(text.charCodeAt(to)) || isBlank(text.charCodeAt(to)))
    )
      to++;
    if (to === at) break;
    at = to;
  }
  return at;
}

/**
 * Searches one value of a carrier (a header's, a cookie's, a string's): a token that fills it, blanks inside it
 * included; else whatever tokens stand in it.
 */
export function scanValue(slice: Slice, context: Context, finds: Finds): void {
  const { text } = slice;
  const mark = finds.count;
  const start = valueStart(text);
  const whole = urlSchemeAt(text, start) > 0 ? undefined : readWhole(text, start, finds);
  if (whole) {
    finds.add(slice, whole, placeOf(text, whole.start, context));
    scanText(slice, whole.end, text.length, context, finds);
  } else scanText(slice, 0, text.length, context, finds);
  if (context.named && finds.count === mark) {
    const end = text.trimEnd().length;
    addUnknown({ slice, start, end: Math.max(start, end) }, placeOf(text, start, context), finds);
  }
}

/** The token that a value consists of, read through the blanks in it. */
export function readWhole(text: string, start: number, finds: Finds): Reading | undefined {
  const starts = STARTS[text.charCodeAt(start)] ?? 0;
  if (!(starts & TOKEN_START)) return undefined;
  return attempt(text, start, finds, true, true);
}
