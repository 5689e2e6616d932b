import { net, session } from 'electron';
import { err, ok } from '../../shared/result.ts';
import type { AskOrigin, OriginAnswer } from '../edge/origin.ts';
import { guardRequests } from '../security/request-filter.ts';
import type { Ledger } from './ledger.ts';
import { describeNetworkError } from './network-error.ts';

/** What a browser would not send to another host, or what the edge made up. */
const KEPT = /^(?:accept|accept-language|range|origin|referer|user-agent|(?:cta-)?common-access-token|authorization)$/i;
const MAX_BODY = 256 * 1024 * 1024;

/**
 * Asks a real server on behalf of the player, in a session of its own that keeps nothing. Each request is in the ledger
 * before it leaves; a redirect is handed back, so that the next one is there too.
 */
export function createAskOrigin(ledger: Ledger): AskOrigin {
  let made: Electron.Session | undefined;
  return async ({ url, method, headers }) => {
    const ticket = ledger.begin({ method, url: new URL(url), purpose: 'Play a stream from its origin', bytesSent: 0 });
    if (ticket === undefined) return err({ message: 'Offline is on, so nothing was sent.', sent: false });
    if (made === undefined) {
      made = session.fromPartition('preview-origin', { cache: false });
      guardRequests(made, (asked) => /^https?:/.test(asked));
    }
    // a browser tells an http server nothing of an https page, and Chromium refuses a request that would
    const isKept = (name: string) => KEPT.test(name) && !(url.startsWith('http:') && /^referer$/i.test(name));
    const kept = headers.filter(({ name }) => isKept(name));
    try {
      const answer = await ask(made, url, method, kept);
      ticket.answered(answer.status, answer.body.length);
      return ok(answer);
    } catch (cause) {
      const { sentence } = describeNetworkError(cause, new URL(url).host);
      ticket.failed(sentence);
      return err({ message: `The origin did not answer. ${sentence}`, sent: true });
    }
  };
}

function ask(
  from: Electron.Session,
  url: string,
  method: string,
  headers: readonly { readonly name: string; readonly value: string }[],
): Promise<OriginAnswer> {
  return new Promise((resolve, reject) => {
    const request = net.request({ url, method, session: from, redirect: 'manual', credentials: 'omit' });
    for (const { name, value } of headers) request.setHeader(name, value);
    request.on('redirect', (status, _method, location, received) => {
      request.abort();
      const others = flatten(received).filter(([name]) => name.toLowerCase() !== 'location');
      resolve({ status, headers: [...others, ['location', location]], body: new Uint8Array(0) });
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk) => {
        size += chunk.length;
        if (size <= MAX_BODY) chunks.push(chunk);
        else request.abort();
      });
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: flatten(response.headers), body: Buffer.concat(chunks) }),
      );
      response.on('error', (cause: unknown) => reject(cause instanceof Error ? cause : new Error(String(cause))));
      response.on('aborted', () => reject(new Error('the answer broke off')));
    });
    request.on('error', reject);
    request.end();
  });
}

function flatten(headers: Readonly<Record<string, string | string[]>>): OriginAnswer['headers'] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): readonly [string, string] => [name, one]),
  );
}
