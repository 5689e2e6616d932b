import type { TraceRow } from '../contract/preview.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Redactor } from '../report/redact.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** A row of the trace, and what is known of it beyond that; nothing is redacted yet. */
export interface HarRow {
  readonly row: TraceRow;
  /** absent: it is too old, and only the row is left */
  readonly sent?: Headers;
  readonly got?: Headers;
  /** the body of a refusal, which is a sentence */
  readonly said?: string;
}

export interface HarOptions {
  readonly creator: { readonly name: string; readonly version: string };
  readonly redact: Pick<Redactor, 'url' | 'header' | 'text'>;
}

/**
 * The trace as HAR 1.2 (the W3C draft that browsers write). Members of its own begin with an underscore, as that asks. A row
 * that is still on its way, or that was hidden from the page, has status 0.
 */
export function writeHar(rows: readonly HarRow[], { creator, redact }: HarOptions): string {
  const entries = rows.map((row) => toEntry(row, redact));
  return `${JSON.stringify({ log: { version: '1.2', creator, entries } }, null, 2)}\n`;
}

const MOST_SAID = 2000;

function toEntry({ row, sent = [], got = [], said }: HarRow, redact: HarOptions['redact']): JsonObject {
  const url = redact.url(row.url);
  const status = row.hidden ? 0 : (row.status ?? 0);
  return {
    startedDateTime: new Date(row.at).toISOString(),
    time: row.took,
    request: {
      ...{ method: row.method, url, httpVersion: 'HTTP/1.1' },
      cookies: cookiesOf(sent, 'cookie', redact),
      headers: headersOf(sent, redact),
      queryString: queryOf(url),
      ...{ headersSize: -1, bodySize: 0 },
    },
    response: {
      ...{ status, statusText: '', httpVersion: 'HTTP/1.1' },
      cookies: cookiesOf(got, 'set-cookie', redact),
      headers: headersOf(got, redact),
      content: {
        size: row.size,
        mimeType: headerOf(got, 'content-type'),
        ...(said !== undefined && { text: redact.text(said.slice(0, MOST_SAID)) }),
      },
      redirectURL: redact.url(headerOf(got, 'location')),
      ...{ headersSize: -1, bodySize: row.size },
    },
    cache: {},
    timings: { send: 0, wait: row.took, receive: 0 },
    ...{ _id: row.id, _kind: row.kind, _answeredBy: row.by, _verdict: row.verdict },
    ...(row.copy !== undefined && { _token: { carrier: row.copy.channel, slot: row.copy.slot, copies: row.copies } }),
    ...(row.cause !== undefined && { _cause: row.cause }),
    ...(row.claim !== undefined && { _claim: row.claim }),
    ...(row.lost !== undefined && { _lost: row.lost }),
    ...(row.hidden && { _hiddenStatus: row.status ?? null }),
    ...(row.retryOf !== undefined && { _retryOf: row.retryOf }),
    ...(row.renewed !== undefined && { _renewed: row.renewed }),
  };
}

const headersOf = (headers: Headers, redact: HarOptions['redact']): readonly Json[] =>
  headers.map(([name, value]) => ({
    name,
    value: /^(?:location|referer|origin|link)$/i.test(name) ? redact.url(value) : redact.header(name, value),
  }));

/** Their names tell what was there; their values are credentials. */
const cookiesOf = (headers: Headers, header: string, redact: HarOptions['redact']): readonly Json[] =>
  headers
    .filter(([name]) => name.toLowerCase() === header)
    .flatMap(([, value]) => (header === 'cookie' ? value.split(';') : [value.split(';')[0] ?? '']))
    .map((pair) => ({ name: redact.text(pair.split('=')[0]?.trim() ?? ''), value: '‹hidden›' }));

function queryOf(url: string): readonly Json[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  if (query === '') return [];
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
}

const headerOf = (headers: Headers, wanted: string): string =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
