import { scanCookies, scanSetCookie } from './cookie.ts';
import type { Finds } from './finds.ts';
import { scanHeader } from './header.ts';
import { formatPath, type JsonPath, type JsonVisitor, unquote, walkJson } from './json-text.ts';
import { scanUrl, scanValue } from './scan.ts';
import { type Slice, subSlice } from './slice.ts';
import { urlSchemeAt } from './url.ts';

type Range = readonly [start: number, end: number];
type Pair = { name?: string; value?: Range };

/** One `log.entries[n]` of an HTTP Archive (HAR 1.2), as far as it holds tokens or tells about its request. */
interface Entry {
  readonly index: number;
  url?: Range;
  method?: string;
  status?: number;
  sentAt?: string;
  took?: number;
  redirect?: Range;
  readonly requestHeaders: Pair[];
  readonly responseHeaders: Pair[];
  readonly requestCookies: Pair[];
  readonly responseCookies: Pair[];
  readonly query: Pair[];
  pair: Pair | undefined;
}

/**
 * Searches JSON text: of an HTTP Archive each entry's address, headers and cookies, tied to the entry's request; of any
 * other JSON every string. Yields now and then; gives where it stopped.
 */
export function* scanJson(
  input: Slice,
  at: number,
  finds: Finds,
): Generator<number, { readonly end: number; readonly isHar: boolean }> {
  const reader = new JsonReader(input, finds);
  const end = yield* walkJson(input.text, at, reader);
  reader.flush();
  return { end, isHar: reader.isHar };
}

class JsonReader implements JsonVisitor {
  isHar = false;
  private readonly input: Slice;
  private readonly finds: Finds;
  private entry: Entry | undefined;

  constructor(input: Slice, finds: Finds) {
    this.input = input;
    this.finds = finds;
  }

  string(path: JsonPath, start: number, end: number): void {
    const at = entryDepth(path);
    if (at === undefined) {
      // a HAR's own texts (creator, pages, comments) hold no tokens
      if (path[0] === 'log' && this.isHar) return;
      const key = path[path.length - 1];
      const named = typeof key === 'string' && /^playback_?token$/i.test(key);
      scanValue(this.slice([start, end]), { kind: 'json', where: `member ${formatPath(path)}`, named }, this.finds);
      return;
    }
    this.isHar = true;
    this.entryString(this.entryOf(path, at), path.slice(at + 2), [start, end]);
  }

  literal(path: JsonPath, text: string): void {
    const at = entryDepth(path);
    if (at === undefined) return;
    const value = Number(text);
    const name = path.slice(at + 2).join('.');
    if (name === 'response.status' && value > 0) this.entryOf(path, at).status = value;
    else if (name === 'time' && value >= 0) this.entryOf(path, at).took = value;
  }

  close(path: JsonPath): void {
    const at = entryDepth(path);
    if (at === undefined) return;
    if (path.length === at + 2) this.flush();
    else if (this.entry) this.entry.pair = undefined;
  }

  private entryOf(path: JsonPath, at: number): Entry {
    const index = Number(path[at + 1]);
    if (this.entry?.index !== index) this.flush();
    this.entry ??= {
      index,
      requestHeaders: [],
      responseHeaders: [],
      requestCookies: [],
      responseCookies: [],
      query: [],
      pair: undefined,
    };
    return this.entry;
  }

  private entryString(entry: Entry, [side, member, , field]: JsonPath, range: Range): void {
    if (side === 'request' && member === 'url') entry.url = range;
    else if (side === 'request' && member === 'method') entry.method = this.text(range);
    else if (side === 'response' && member === 'redirectURL') entry.redirect = range;
    else if (side === 'startedDateTime') entry.sentAt = this.text(range);
    else if (field === 'name' || field === 'value') {
      const list = pairsOf(entry, side, member);
      if (list === undefined) return;
      const pair: Pair = entry.pair ?? {};
      if (entry.pair === undefined) list.push(pair);
      entry.pair = pair;
      if (field === 'name') pair.name = this.text(range);
      else pair.value = range;
    }
  }

  /** Turns the entry that was read into a request and searches its parts. */
  flush(): void {
    const entry = this.entry;
    this.entry = undefined;
    if (entry?.url === undefined && entry?.method === undefined) return;
    const { finds } = this;
    const serverDate = entry.responseHeaders.find(({ name }) => name?.toLowerCase() === 'date')?.value;
    const request = finds.addRequest({
      ...(entry.url && { url: this.text(entry.url) }),
      ...(entry.method !== undefined && { method: entry.method }),
      headers: entry.requestHeaders.map(({ name = '', value }) => ({ name, value: value ? this.text(value) : '' })),
      ...(entry.sentAt !== undefined && { sentAt: entry.sentAt }),
      ...(entry.took !== undefined && { took: entry.took }),
      ...(entry.status !== undefined && { status: entry.status }),
      ...(serverDate && { serverDate: this.text(serverDate) }),
    });
    const context = { kind: 'har', request } as const;
    const mark = finds.count;
    if (entry.url) this.scanAddress(entry.url, context);
    // the parameters repeat the address, and the cookies their header
    if (finds.count === mark)
      this.scanPairs(entry.query, (name, value) =>
        scanValue(value, { ...context, where: `query parameter ${name}` }, finds),
      );
    this.scanHeaders(entry.requestHeaders, context);
    if (!hasHeader(entry.requestHeaders, 'cookie'))
      this.scanPairs(entry.requestCookies, (name, value) => scanCookies(named(name, value), context, finds));
    this.scanHeaders(entry.responseHeaders, { ...context, response: true });
    if (!hasHeader(entry.responseHeaders, 'set-cookie'))
      this.scanPairs(entry.responseCookies, (name, value) => scanSetCookie(named(name, value), context, finds));
    if (entry.redirect && !hasHeader(entry.responseHeaders, 'location'))
      scanValue(this.slice(entry.redirect), { ...context, where: 'response header Location' }, finds);
  }

  private scanAddress(url: Range, context: { readonly kind: 'har'; readonly request: number }): void {
    const slice = this.slice(url);
    if (urlSchemeAt(slice.text, 0) > 0) scanUrl(slice, 0, slice.text.length, context, this.finds);
    else scanValue(slice, context, this.finds);
  }

  private scanHeaders(
    headers: readonly Pair[],
    context: { readonly kind: 'har'; readonly request: number; readonly response?: boolean },
  ): void {
    this.scanPairs(headers, (name, value) => {
      // HTTP/2 repeats the address in `:path`
      if (!name.startsWith(':')) scanHeader(name, value, context, this.finds);
    });
  }

  private scanPairs(pairs: readonly Pair[], scan: (name: string, value: Slice) => void): void {
    for (const { name = '', value } of pairs) if (value) scan(name, this.slice(value));
  }

  private slice([start, end]: Range): Slice {
    return subSlice(this.input, start, end);
  }

  private text([start, end]: Range): string {
    return unquote(`"${this.input.text.slice(start, end)}"`);
  }
}

const OF_ENTRY: ReadonlySet<string | number> = new Set(['request', 'response', 'startedDateTime', 'time']);

/** Where `entries[n]` stands in a path: under `log`, or at the top when only the entries were copied. */
function entryDepth(path: JsonPath): number | undefined {
  const at = path[0] === 'log' ? 1 : 0;
  if (path[at] !== 'entries' || typeof path[at + 1] !== 'number') return undefined;
  const side = path[at + 2];
  return at === 1 || side === undefined || OF_ENTRY.has(side) ? at : undefined;
}

function pairsOf(
  entry: Entry,
  side: string | number | undefined,
  member: string | number | undefined,
): Pair[] | undefined {
  if (side === 'request') {
    if (member === 'headers') return entry.requestHeaders;
    if (member === 'cookies') return entry.requestCookies;
    return member === 'queryString' ? entry.query : undefined;
  }
  if (side !== 'response') return undefined;
  if (member === 'headers') return entry.responseHeaders;
  return member === 'cookies' ? entry.responseCookies : undefined;
}

const hasHeader = (headers: readonly Pair[], lower: string): boolean =>
  headers.some(({ name }) => name?.toLowerCase() === lower);

/** A cookie's value with its name in front, both standing where the value stands. */
function named(name: string, value: Slice): Slice {
  const text = `${name}=${value.text}`;
  const first = typeof value.origin === 'number' ? value.origin : (value.origin[0] ?? 0);
  const origin = Uint32Array.from({ length: text.length }, (_, i) => first + Math.max(0, i - name.length - 1));
  return { text, origin };
}
