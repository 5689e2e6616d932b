import { describe, expect, it } from 'vitest';
import { createLedger } from '../../../main/egress/ledger.ts';
import { describeNetworkError } from '../../../main/egress/network-error.ts';
import { backOff } from '../../../main/ovp/back-off.ts';
import { systemClock } from '../../../main/ovp/clock.ts';
import { exchange, type Fetch } from '../../../main/ovp/exchange.ts';

describe('how long to wait before another try', () => {
  const never = () => 0;
  const always = () => 0.999_999;

  it('doubles from half a second to a second, and half of it is chance', () => {
    const waits = (random: () => number) =>
      [1, 2, 3, 4, 5].map((attempt) => backOff({ attempt, status: 429, idempotent: false }, random));
    expect(waits(never)).toEqual([500, 1000, 2000, 4000, 8000]);
    expect(waits(always)).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });

  it('is what the answer asked for, unless nobody would wait so long', () => {
    expect(backOff({ attempt: 1, status: 429, retryAfter: 7000, idempotent: false }, never)).toBe(7000);
    expect(backOff({ attempt: 1, status: 503, retryAfter: 0, idempotent: true }, always)).toBe(0);
    expect(backOff({ attempt: 1, status: 429, retryAfter: 120_001, idempotent: true }, never)).toBeUndefined();
  });

  it('is never for what was refused, and for faults only where a second call does no harm', () => {
    for (const status of [200, 301, 400, 401, 403, 404, 410, 422, 501])
      expect(backOff({ attempt: 1, status, idempotent: true }, never)).toBeUndefined();
    for (const status of [500, 502, 503, 504, undefined]) {
      const failed = status === undefined ? { attempt: 1 } : { attempt: 1, status };
      expect(backOff({ ...failed, idempotent: true }, never)).toBe(500);
      expect(backOff({ ...failed, idempotent: false }, never)).toBeUndefined();
    }
  });

  it('ends', () => {
    expect(backOff({ attempt: 6, status: 429, idempotent: true }, never)).toBeUndefined();
    expect(backOff({ attempt: 3, status: 500, idempotent: true }, never)).toBeUndefined();
  });
});

describe('why no answer came', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code });
  const node = (code: string) => new TypeError('fetch failed', { cause: coded(code) });
  const chromium = (name: string) => new Error(`net::ERR_${name}`);

  it.each([
    [node('ENOTFOUND'), /could not be found/, false],
    [chromium('NAME_NOT_RESOLVED'), /could not be found/, false],
    [chromium('INTERNET_DISCONNECTED'), /no way to/, false],
    [node('ECONNREFUSED'), /takes no connections/, false],
    [chromium('CONNECTION_REFUSED'), /takes no connections/, false],
    [
      new TypeError('fetch failed', { cause: new AggregateError([coded('ECONNREFUSED')]) }),
      /takes no connections/,
      false,
    ],
    [node('DEPTH_ZERO_SELF_SIGNED_CERT'), /could not prove who it is/, false],
    [node('CERT_HAS_EXPIRED'), /could not prove who it is/, false],
    [chromium('CERT_AUTHORITY_INVALID'), /could not prove who it is/, false],
    [chromium('SSL_PROTOCOL_ERROR'), /could not prove who it is/, false],
    [chromium('PROXY_CONNECTION_FAILED'), /proxy/, false],
    [chromium('TUNNEL_CONNECTION_FAILED'), /proxy/, false],
    [node('UND_ERR_CONNECT_TIMEOUT'), /No connection to api\.example\.test could be made in time/, false],
    [chromium('BLOCKED_BY_CLIENT'), /stopped before it was sent/, false],
    [node('ECONNRESET'), /broke off/, true],
    [node('UND_ERR_SOCKET'), /broke off/, true],
    [chromium('CONNECTION_RESET'), /broke off/, true],
    [chromium('EMPTY_RESPONSE'), /broke off/, true],
    [chromium('SOMETHING_NEW'), /broke off/, true],
    ['no error at all', /broke off/, true],
  ] as const)('%s', (cause, sentence, mayHaveArrived) => {
    const error = describeNetworkError(cause, 'api.example.test');
    expect(error.sentence).toMatch(sentence);
    expect(error.mayHaveArrived).toBe(mayHaveArrived);
  });

  it('knows a redirect that was not followed', () => {
    for (const words of ['unexpected redirect', "Attempted to redirect, but redirect policy was 'error'"])
      expect(describeNetworkError(new TypeError('failed', { cause: new Error(words) }), 'a').kind).toBe('redirect');
  });
});

describe('one request', () => {
  const outgoing = { method: 'GET', url: new URL('https://a.test/x'), headers: {}, purpose: 'try' } as const;
  const send = (fetch: Fetch, signal = new AbortController().signal, timeoutMillis = 5000) => {
    const ledger = createLedger({ offline: false, changed: () => undefined });
    const result = exchange(outgoing, signal, { fetch, ledger, timeoutMillis, now: () => 0 });
    return result.then((done) => ({ done, ledger: ledger.list().entries }));
  };
  const hangs: Fetch = (_url, init) =>
    new Promise((_resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true });
    });

  it('is read up to a limit, and what came by then is kept', async () => {
    const part = new Uint8Array(1024 * 1024).fill(0x61);
    let sent = 0;
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sent += 1;
          controller.enqueue(part);
        },
      });
    const { done } = await send(async () => new Response(body()));
    expect(done).toMatchObject({ kind: 'answered', isCut: true });
    expect(done.kind === 'answered' && done.body.length).toBe(5 * 1024 * 1024);
    expect(sent).toBeLessThan(10);
  });

  it('that takes too long is told from one that was cancelled', async () => {
    expect((await send(hangs, undefined, 20)).done).toEqual({ kind: 'timed-out' });
    const abort = new AbortController();
    const cancelled = send(hangs, abort.signal);
    abort.abort();
    const { done, ledger } = await cancelled;
    expect(done).toEqual({ kind: 'cancelled' });
    expect(ledger[0]?.outcome).toEqual({ kind: 'failed', reason: 'cancelled' });
  });

  it('that was cancelled before is not sent, and not in the ledger', async () => {
    const { done, ledger } = await send(hangs, AbortSignal.abort());
    expect(done).toEqual({ kind: 'cancelled' });
    expect(ledger).toEqual([]);
  });
});

describe('the system’s clock', () => {
  it('wakes a sleeper in time, or when its signal aborts', async () => {
    const start = performance.now();
    await systemClock.sleep(5, new AbortController().signal);
    const abort = new AbortController();
    const sleeping = systemClock.sleep(60_000, abort.signal);
    abort.abort();
    await sleeping;
    await systemClock.sleep(60_000, AbortSignal.abort());
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
