import type { Finds } from './finds.ts';
import type { FoundRequest } from './found.ts';
import { scanHeader } from './header.ts';
import { scanValue } from './scan.ts';
import { type Slice, subSlice, trimSlice, unwrap } from './slice.ts';
import { urlSchemeAt } from './url.ts';

/** `curl -v` puts `>`, `<` or `*` in front of each line. */
const PREFIX = /^[ \t]*(?:[<>*] ?)?/;
const REQUEST_LINE = /^([A-Z]{3,10}) (\S{1,65536}) HTTP\/\d(?:\.\d)?$/;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/;
const HEADER_LINE = /^(:?[A-Za-z][\w!#$%&'*+.^|~-]{0,99})[ \t]*:[ \t]*(?!\/\/)/;

/** Whether a line can be a header by its beginning. */
export const beginsHeader = (line: string): boolean => HEADER_LINE.test(line.replace(PREFIX, ''));

/** Fields that make a line a header even where no message was begun. */
const KNOWN = new Set(
  (
    'host user-agent accept accept-encoding accept-language authorization cookie set-cookie origin referer range location ' +
    'cache-control content-type content-length x-forwarded-for x-cache via date server age www-authenticate dpop ' +
    'cta-common-access-token common-access-token :authority :method :path :scheme :status'
  ).split(' '),
);
const OF_RESPONSE = new Set([
  'set-cookie',
  'location',
  'date',
  'server',
  'age',
  'via',
  'x-cache',
  'www-authenticate',
  ':status',
]);

/**
 * Reads HTTP messages line by line, as they are typed, copied from DevTools or printed by `curl -i` and `curl -v`:
 * request line, status line, headers, in whatever part of that was copied.
 */
export class HttpMessageReader {
  private readonly finds: Finds;
  private request: number | undefined;
  private response = false;
  /** headers that the request has already: curl -v repeats those of the command */
  private seen = new Set<string>();

  constructor(finds: Finds) {
    this.finds = finds;
  }

  /** A request that the lines to come may answer. */
  begin(request: number): void {
    this.request = request;
    this.response = false;
    this.seen = new Set(this.finds.request(request)?.headers.map(keyOf));
  }

  /** Takes one line (without its break); `false` when it is no part of a message. */
  line(line: Slice): boolean {
    const prefix = PREFIX.exec(line.text)?.[0].length ?? 0;
    const text = line.text.slice(prefix).trimEnd();
    if (text === '') {
      // an empty line ends the headers; after a response's comes the body
      if (this.response) this.forget();
      return true;
    }
    const mark = line.text.charAt(prefix - 2);
    // what curl -v tells about the connection
    if (mark === '*' && this.request !== undefined) return true;
    return this.requestLine(text, line, prefix) || this.statusLine(text) || this.headerLine(text, line, prefix);
  }

  /** Lines that belong to no message end the one before. */
  forget(): void {
    this.request = undefined;
    this.response = false;
  }

  private requestLine(text: string, line: Slice, prefix: number): boolean {
    const [, method, target] = REQUEST_LINE.exec(text) ?? [];
    if (method === undefined || target === undefined) return false;
    // curl -v repeats the request of the command before it
    const repeats = prefix > 0 && this.request !== undefined && !this.response;
    if (!repeats) this.begin(this.finds.addRequest({ method, url: target, headers: [] }));
    const start = prefix + method.length + 1;
    const mark = this.finds.count;
    scanValue(subSlice(line, start, start + target.length), { kind: 'header', ...this.tied() }, this.finds);
    this.finds.tie(mark, this.request ?? 0);
    return true;
  }

  private statusLine(text: string): boolean {
    const status = STATUS_LINE.exec(text)?.[1];
    if (status === undefined) return false;
    this.request ??= this.finds.addRequest({ headers: [] });
    this.finds.completeRequest(this.request, { status: Number(status) });
    this.response = true;
    return true;
  }

  private headerLine(text: string, line: Slice, prefix: number): boolean {
    const match = HEADER_LINE.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined) return false;
    const lower = name.toLowerCase();
    const value = trimSlice(subSlice(line, prefix + match[0].length, line.text.length));
    const known = KNOWN.has(lower);
    if (!known && this.request === undefined && !mayBeHeader(name, value.text)) return false;
    if (OF_RESPONSE.has(lower)) this.response ||= lower !== 'via';
    const mark = this.finds.count;
    scanHeader(name, value, { kind: 'header', response: this.response, ...this.tied() }, this.finds);
    if (!known && this.request === undefined && this.finds.count === mark) return false;
    // a response's header alone, without its Date, says nothing about a request
    if (!this.response || lower === 'date' || lower === ':status')
      this.request ??= this.finds.addRequest({ headers: [] });
    if (this.request !== undefined) {
      this.finds.tie(mark, this.request);
      this.complete(this.request, { name, value: unwrap(value.text) }, lower);
    }
    return true;
  }

  private tied(): { readonly request?: number } {
    return this.request === undefined ? {} : { request: this.request };
  }

  private complete(index: number, header: HeaderField, lower: string): void {
    const before = this.finds.request(index);
    if (before === undefined) return;
    if (lower === 'date') this.finds.completeRequest(index, { serverDate: header.value });
    else if (lower === ':status') this.finds.completeRequest(index, { status: Number(header.value) });
    else if (!this.response) this.completeHeader(index, before, header, lower);
  }

  private completeHeader(index: number, before: FoundRequest, header: HeaderField, lower: string): void {
    if (lower === ':method') this.finds.completeRequest(index, { method: header.value });
    const url = urlOf(before, header.value, lower);
    const key = keyOf(header);
    const known = lower.startsWith(':') || this.seen.has(key) || before.headers.length >= MOST_HEADERS;
    this.seen.add(key);
    if (!known) this.finds.completeRequest(index, { headers: [...before.headers, header], ...url });
    else if (url.url !== undefined) this.finds.completeRequest(index, url);
  }
}

type HeaderField = FoundRequest['headers'][number];
/** More headers than any server takes. */
const MOST_HEADERS = 200;
const keyOf = ({ name, value }: HeaderField): string => `${name.toLowerCase()}:${value}`;

/** The address put together from the target and the host; that it is https is what nearly every one is. */
function urlOf(before: FoundRequest, value: string, lower: string): { readonly url?: string } {
  const { url } = before;
  if (url !== undefined && urlSchemeAt(url, 0) > 0)
    return lower === ':scheme' ? { url: url.replace(/^https?/, value) } : {};
  if (lower === ':path') {
    const authority = /^\/\/([^/]+)$/.exec(url ?? '')?.[1];
    return { url: authority === undefined ? value : `https://${authority}${value}` };
  }
  if (lower !== 'host' && lower !== ':authority') return {};
  return { url: url?.startsWith('/') ? `https://${value}${url}` : `//${value}` };
}

const SHORTEST_TOKEN = 7;

/**
 * A line of any other name is a header when it looks like one: `X-Token: 0YR…`, but not a member of a script or of YAML,
 * whose names are one word in small letters.
 */
const mayBeHeader = (name: string, value: string): boolean =>
  value.length >= SHORTEST_TOKEN &&
  /^[A-Z]|-/.test(name) &&
  /^(?:(?:bearer|dpop)\s+)?[^\s"'`{[]\S*$/i.test(value) &&
  !/=[^=]/.test(value) &&
  urlSchemeAt(value, 0) === 0;
