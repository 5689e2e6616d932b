import { scanCookies } from './cookie.ts';
import { decodePercent } from './escape.ts';
import type { Finds } from './finds.ts';
import type { FoundRequest } from './found.ts';
import { scanText, scanValue } from './scan.ts';
import { type Slice, subSlice } from './slice.ts';

/** Longer lines are no log's. */
const LONGEST_LINE = 131_072;

/** nginx and Apache, common and combined (with or without a virtual host in front). */
const COMBINED =
  /^(?:(\S{1,255}) )?(\S{1,100}) \S{1,100} \S{1,100} \[([^\]]{1,60})\] "([A-Z]{3,10}) (\S{1,65536})(?: HTTP\/[\d.]{1,3})?" (\d{3})\b/;
/** CloudFront's standard log, tab-separated, and any other that begins with a date and a time in columns. */
const W3C = /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t/;

/** CloudFront's columns when no `#Fields:` line said others. */
const CLOUDFRONT =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol'.split(
    ' ',
  );

/** Reads access-log lines: the request each tells of, its status, and the tokens in its address and cookies. */
export class LogReader {
  /** the first request that a line told of, with a token or without */
  first: FoundRequest | undefined;
  private readonly finds: Finds;
  private fields: readonly string[] = CLOUDFRONT;

  constructor(finds: Finds) {
    this.finds = finds;
  }

  /** `false` when the line is no log line. */
  line(line: Slice): boolean {
    const { text } = line;
    if (text.length > LONGEST_LINE) return false;
    if (text.startsWith('#Fields:')) {
      this.fields = text.slice(8).trim().split(/\s+/);
      return true;
    }
    return W3C.test(text) ? this.w3c(line) : this.combined(line);
  }

  private combined(line: Slice): boolean {
    const match = COMBINED.exec(line.text);
    const [, host, ip = '', time = '', method = '', target = '', status = ''] = match ?? [];
    if (match === null) return false;
    const start = line.text.indexOf(`"${method} ${target}`) + method.length + 2;
    const url =
      host !== undefined && target.startsWith('/') && host.includes('.')
        ? `https://${host.replace(/:443$/, '')}${target}`
        : target;
    // 24/Nov/2026:13:07:32 +0000
    const serverDate = time.replace(/^(\d\d)\/(\w{3})\/(\d{4}):/, '$1 $2 $3 ');
    this.keep({ method, url, status: Number(status), serverDate, ip }, () => {
      scanValue(subSlice(line, start, start + target.length), LOG, this.finds);
      // referrer and whatever else the format logs
      scanText(line, start + target.length, line.text.length, { ...LOG, where: 'log line' }, this.finds);
    });
    return true;
  }

  private w3c(line: Slice): boolean {
    const columns = columnsOf(line, this.fields);
    const text = (name: string): string | undefined => {
      const value = columns.get(name)?.text;
      return value === '-' ? undefined : value;
    };
    const method = text('cs-method');
    const stem = text('cs-uri-stem');
    if (method === undefined || stem === undefined) return false;
    const host = text('x-host-header') ?? text('cs(Host)');
    const query = text('cs-uri-query');
    const path = query === undefined ? stem : `${stem}?${query}`;
    const url = host === undefined ? path : `${text('cs-protocol') ?? 'https'}://${host}${path}`;
    const status = Number(text('sc-status'));
    const userAgent = text('cs(User-Agent)');
    const date = text('date');
    const time = text('time');
    const facts = {
      method,
      url,
      ...(Number.isInteger(status) && status > 0 && { status }),
      ...(date !== undefined && time !== undefined && { serverDate: `${date}T${time}Z` }),
      ip: text('c-ip') ?? '',
      headers: userAgent === undefined ? [] : [{ name: 'User-Agent', value: decodePercent(decodePercent(userAgent)) }],
    };
    this.keep(facts, () => this.scanColumns(columns));
    return true;
  }

  private scanColumns(columns: ReadonlyMap<string, Slice>): void {
    for (const [name, value] of columns) {
      if (value.text === '-' || name === 'cs(User-Agent)') continue;
      if (name === 'cs-uri-query') scanQuery(value, this.finds);
      else if (name === 'cs(Cookie)') scanCookies(value, LOG, this.finds);
      else if (name === 'cs-uri-stem') scanValue(value, LOG, this.finds);
      else if (name === 'cs(Referer)') scanValue(value, { ...LOG, where: 'header Referer' }, this.finds);
    }
  }

  /** Searches a line; the request it tells of is kept when it carried a token, which most of a log's do not. */
  private keep({ ip, ...facts }: Partial<FoundRequest> & { readonly ip: string }, search: () => void): void {
    const request: FoundRequest = { headers: [], ...facts, ...(/^[\d.]{7,15}$|:/.test(ip) && { ip }) };
    this.first ??= request;
    const mark = this.finds.count;
    search();
    if (this.finds.count > mark) this.finds.tie(mark, this.finds.addRequest(request));
  }
}

const LOG = { kind: 'log' } as const;

function columnsOf(line: Slice, fields: readonly string[]): ReadonlyMap<string, Slice> {
  const columns = new Map<string, Slice>();
  let from = 0;
  for (const field of fields) {
    if (from > line.text.length) break;
    const tab = line.text.indexOf('\t', from);
    const to = tab < 0 ? line.text.length : tab;
    columns.set(field, subSlice(line, from, to));
    from = to + 1;
  }
  return columns;
}

/** A query that stands in a column of its own: `CAT=…&b=c`. */
function scanQuery(query: Slice, finds: Finds): void {
  let from = 0;
  while (from <= query.text.length) {
    const ampersand = query.text.indexOf('&', from);
    const to = ampersand < 0 ? query.text.length : ampersand;
    const pair = query.text.slice(from, to);
    const name = decodePercent(pair.slice(0, Math.max(0, pair.indexOf('='))));
    const start = from + pair.indexOf('=') + 1;
    scanValue(subSlice(query, start, to), { ...LOG, where: name === '' ? 'query' : `query parameter ${name}` }, finds);
    from = to + 1;
  }
}
