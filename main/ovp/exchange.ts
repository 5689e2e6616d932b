import { readRetryAfter } from '../../shared/flowplayer/api/retry-after.ts';
import type { Ledger } from '../egress/ledger.ts';
import { describeNetworkError, type NetworkError } from '../egress/network-error.ts';

/** How main sends: `fetch` of the session that was made for it, or Node's where there is no Electron. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** for the ledger: why it is sent */
  readonly purpose: string;
}

/** What became of one request. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      /** milliseconds */
      readonly retryAfter?: number;
      /** the connection broke off, or the limit was reached, within the body: what came is in it */
      readonly isCut: boolean;
    }
  | { readonly kind: 'failed'; readonly error: NetworkError }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  /** offline is on: nothing was sent */
  | { readonly kind: 'offline' };

export interface ExchangeOptions {
  readonly fetch: Fetch;
  readonly ledger: Ledger;
  readonly timeoutMillis: number;
  readonly now: () => number;
}

const MAX_BODY = 4 * 1024 * 1024;

/** Sends one request, entered in the ledger before it leaves. Never throws; a redirect is never followed. */
export async function exchange(
  outgoing: Outgoing,
  signal: AbortSignal,
  { fetch, ledger, timeoutMillis, now }: ExchangeOptions,
): Promise<Exchange> {
  if (signal.aborted) return { kind: 'cancelled' };
  const { method, url, headers, body, purpose } = outgoing;
  const bytesSent = body === undefined ? 0 : Buffer.byteLength(body);
  const ticket = ledger.begin({ method, url, purpose, bytesSent });
  if (ticket === undefined) return { kind: 'offline' };

  const late = AbortSignal.timeout(timeoutMillis);
  try {
    const response = await fetch(url.href, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, late]),
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
    });
    const { text, bytes, isCut } = await readBody(response);
    ticket.answered(response.status, bytes);
    const retryAfter = readRetryAfter(response.headers.get('retry-after') ?? undefined, now());
    const answered = { kind: 'answered', status: response.status, body: text, isCut } as const;
    return retryAfter === undefined ? answered : { ...answered, retryAfter };
  } catch (cause) {
    if (signal.aborted) {
      ticket.failed('cancelled');
      return { kind: 'cancelled' };
    }
    if (late.aborted) {
      ticket.failed(`no answer in ${Math.round(timeoutMillis / 1000)} s`);
      return { kind: 'timed-out' };
    }
    const error = describeNetworkError(cause, url.host);
    ticket.failed(error.sentence);
    return { kind: 'failed', error };
  }
}

/** The body as far as it came: the beginning of an answer may hold what is told only once. */
async function readBody(response: Response): Promise<{ text: string; bytes: number; isCut: boolean }> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  let isCut = false;
  try {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      text += decoder.decode(part.value, { stream: true });
      bytes += part.value.length;
      if (bytes <= MAX_BODY) continue;
      isCut = true;
      await reader?.cancel();
      break;
    }
  } catch {
    // also when it took too long or was cancelled: the status has come, so the request was carried out
    isCut = true;
  }
  return { text: text + decoder.decode(), bytes, isCut };
}
