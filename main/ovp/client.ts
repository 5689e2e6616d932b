import { randomUUID } from 'node:crypto';
import type { OvpTier } from '../../shared/contract/ovp.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { API_KEY_HEADER, OVP_PREFIX, parseBaseUrl } from '../../shared/flowplayer/api/base-url.ts';
import type { OvpProblem } from '../../shared/flowplayer/api/problem.ts';
import { asNotOffered, type KeyProbe, readProblem, withProbe } from '../../shared/flowplayer/api/read-problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Ledger } from '../egress/ledger.ts';
import { redact } from '../redact.ts';
import type { Secret } from '../secrets/secret.ts';
import { backOff } from './back-off.ts';
import { probeCall } from './calls.ts';
import type { Clock } from './clock.ts';
import { type Exchange, exchange, type Fetch, type Outgoing } from './exchange.ts';
import { toAppError } from './ovp-error.ts';
import type { Queue } from './queue.ts';

/** Where a call goes and under which key. */
export interface Target {
  /** id of the workspace */
  readonly id: string;
  readonly address: string;
  readonly tier: OvpTier;
  /** asked for when its call’s turn has come: a keychain may take its time, and calls keep their order */
  apiKey(): Promise<Result<Secret<string>, AppError>>;
}

/** One call of the API. */
export interface Call<T> {
  readonly method: Outgoing['method'];
  /** after `/platform/v3`, its steps escaped already */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** made when its turn has come, so that moments in it count from then */
  readonly body?: () => unknown;
  /** what it does, for the queue and the ledger: “ask for a token” */
  readonly what: string;
  /** what is asked for, for sentences: “the list of keys” */
  readonly subject: string;
  /** making it twice does what making it once does */
  readonly idempotent: boolean;
  /** the answer holds a secret or a token, so its text is shown to nobody unredacted */
  readonly confidential?: boolean;
  /** known from the sibling API only, so v3 may not have it: what it is, as “listing keys” */
  readonly offer?: string;
  /** once sent it is not called back, since its answer comes once only */
  readonly mustFinish?: boolean;
  /** it asks for what every key may read, so its refusal needs no further question */
  readonly isProbe?: boolean;
  /** `undefined`: this is not what was asked for */
  read(body: string): T | undefined;
}

export interface CallFailure {
  readonly error: AppError;
  /** it may have been carried out all the same: there was no answer, or none that could be read */
  readonly mayHaveArrived: boolean;
}

export interface Client {
  /** `request` is the id in the queue; a call without one cannot be cancelled by name */
  call<T>(target: Target, call: Call<T>, request?: string): Promise<Result<T, CallFailure>>;
}

/** What became of a call, and the key it was made with. */
interface Sent {
  readonly result: Exchange;
  readonly apiKey: Secret<string>;
}

export interface ClientOptions {
  readonly fetch: Fetch;
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly timeoutMillis?: number;
  readonly random?: () => number;
}

/** Starts of requests are so far apart: a little more than the limit, since arrival wavers. */
const INTERVALS: Readonly<Record<OvpTier, number>> = { standard: 1050, enterprise: 350 };
const PROBE_MILLIS = 60_000;

/** Sends calls through the one queue, repeats what may be repeated, and reads what went wrong. */
export function createClient(options: ClientOptions): Client {
  const { fetch, ledger, queue, clock, timeoutMillis = 20_000, random = Math.random } = options;
  const probes = new Map<
    string,
    { readonly key: Secret<string>; readonly at: number; readonly probe: Promise<KeyProbe> }
  >();

  async function send<T>(
    target: Target,
    call: Call<T>,
    request: string,
    first: boolean,
  ): Promise<Result<Sent, CallFailure>> {
    const done = await queue.run<Result<Sent, CallFailure>>({
      id: request,
      workspace: target.id,
      what: call.what,
      interval: INTERVALS[target.tier],
      first,
      mustFinish: call.mustFinish === true,
      attempt: async (attempt, signal) => {
        const apiKey = await target.apiKey();
        if (!apiKey.ok) return { kind: 'done', value: err({ error: apiKey.error, mayHaveArrived: false }) };
        const outgoing = writeOutgoing(target.address, call, apiKey.value);
        if (!outgoing.ok) return { kind: 'done', value: err({ error: outgoing.error, mayHaveArrived: false }) };
        const result = await exchange(outgoing.value, signal, { fetch, ledger, timeoutMillis, now: clock.now });
        const afterMillis = waitFor(result, attempt, call.idempotent);
        if (afterMillis === undefined || signal.aborted)
          return { kind: 'done', value: ok({ result, apiKey: apiKey.value }) };
        const why = result.kind === 'answered' ? `the OVP answered ${result.status}` : 'the connection broke off';
        return { kind: 'again', afterMillis, why };
      },
    });
    return done.ok ? done.value : err(failure('ERR_OVP_CANCELLED', false, { message: NEVER_SENT }));
  }

  function waitFor(result: Exchange, attempt: number, idempotent: boolean): number | undefined {
    if (result.kind === 'answered') {
      const { status, retryAfter } = result;
      return backOff({ attempt, status, idempotent, ...(retryAfter === undefined ? {} : { retryAfter }) }, random);
    }
    if (result.kind !== 'failed' || result.error.kind !== 'reset') return undefined;
    return backOff({ attempt, idempotent }, random);
  }

  async function call<T>(
    target: Target,
    call: Call<T>,
    request: string = randomUUID(),
  ): Promise<Result<T, CallFailure>> {
    const sent = await send(target, call, request, false);
    if (!sent.ok) return sent;
    const { result, apiKey } = sent.value;
    if (result.kind !== 'answered') return err(describeSilence(result, target, timeoutMillis));
    const { status, body, isCut } = result;
    if (status >= 200 && status < 300) {
      const value = call.read(body);
      if (value !== undefined) return ok(value);
    }
    let problem = readAnswer(result, call, apiKey);
    if (status === 401 || status === 403)
      problem = withProbe(problem, call.isProbe === true ? 'refused' : await probe(target, apiKey), call.subject);
    if (call.offer !== undefined) problem = asNotOffered(problem, call.offer);
    // a refusal is a certain answer; a fault, or an answer that could not be read, tells nothing of what was done
    const mayHaveArrived = problem.kind === 'fault' || problem.kind === 'unreadable' || isCut;
    return err({ error: toAppError(problem), mayHaveArrived });
  }

  /** 401 and 403 do not tell a wrong key from another workspace's asset; what every key may read tells it. */
  function probe(target: Target, key: Secret<string>): Promise<KeyProbe> {
    const known = probes.get(target.id);
    if (known !== undefined && known.key === key && clock.now() - known.at < PROBE_MILLIS) return known.probe;
    const probe = send(target, probeCall, randomUUID(), true).then((sent): KeyProbe => {
      if (!sent.ok || sent.value.result.kind !== 'answered') return 'unknown';
      const { status } = sent.value.result;
      return status === 401 || status === 403 ? 'refused' : status >= 200 && status < 300 ? 'accepted' : 'unknown';
    });
    probes.set(target.id, { key, at: clock.now(), probe });
    return probe;
  }

  return { call };
}

const NEVER_SENT = 'It was cancelled before it was sent.';

/** The address is read again before every call: nothing that was stored decides alone where an API key goes. */
function writeOutgoing<T>(address: string, call: Call<T>, apiKey: Secret<string>): Result<Outgoing, AppError> {
  const base = parseBaseUrl(address);
  if (!base.ok) return err(createError('ERR_OVP_ADDRESS', { message: base.error }));
  const url = new URL(`${base.value.origin}${OVP_PREFIX}${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const body = call.body?.();
  return ok({
    method: call.method,
    url,
    headers: {
      accept: 'application/json',
      ...(body !== undefined ? { 'content-type': 'application/json' } : {}),
      [API_KEY_HEADER]: apiKey.reveal(),
    },
    ...(body !== undefined ? { body: JSON.stringify(body) } : {}),
    purpose: `${call.what.charAt(0).toUpperCase()}${call.what.slice(1)}`,
  });
}

/** A problem whose every word may be shown: a server may send back what it was given. */
function readAnswer<T>(
  { status, body, retryAfter }: Exchange & { readonly kind: 'answered' },
  call: Call<T>,
  apiKey: Secret<string>,
): OvpProblem {
  const key = apiKey.reveal();
  const clean = body.replaceAll(key, '[API key]').replaceAll(encodeURIComponent(key), '[API key]');
  const shown = call.confidential === true ? redact(clean) : clean;
  return readProblem(
    { status, body: shown, ...(retryAfter === undefined ? {} : { retryAfter: retryAfter / 1000 }) },
    call.subject,
  );
}

function failure(
  code: Parameters<typeof createError>[0],
  mayHaveArrived: boolean,
  more: Parameters<typeof createError>[1] = {},
): CallFailure {
  return { error: createError(code, more), mayHaveArrived };
}

/** Everything that is not an answer. */
function describeSilence(
  silence: Exclude<Exchange, { readonly kind: 'answered' }>,
  target: Target,
  timeoutMillis: number,
): CallFailure {
  switch (silence.kind) {
    case 'offline':
      return failure('ERR_OFFLINE', false);
    case 'cancelled':
      return failure('ERR_OVP_CANCELLED', true, {
        message: 'It was cancelled while it was under way, so it may have been carried out.',
      });
    case 'timed-out':
      return failure('ERR_OVP_TIMEOUT', true, {
        message: `No answer came from ${new URL(target.address).host} in ${Math.round(timeoutMillis / 1000)} s.`,
      });
    case 'failed': {
      const { kind, sentence, mayHaveArrived } = silence.error;
      return kind === 'redirect'
        ? failure('ERR_OVP_REDIRECT', mayHaveArrived)
        : failure('ERR_OVP_UNREACHABLE', mayHaveArrived, { message: sentence });
    }
  }
}
