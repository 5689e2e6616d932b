import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Json } from '../../shared/json.ts';
import { gateway, json, type LocalAnswer } from './answers.ts';
import { controlAnswer } from './control.ts';
import { type Fault, Faults, faultAnswer, JSON_TYPE, needsWork, playFault } from './faults.ts';
import { type LocalWorkspace, Platform, type PlatformHabits } from './platform.ts';

/** A call as it arrived, in order of arrival. */
export interface ReceivedCall {
  readonly at: number;
  readonly method: string;
  /** with its query */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** absent until it was answered, and for ever where no answer was sent */
  status?: number;
}

export interface LocalOvpOptions {
  readonly workspaces: readonly LocalWorkspace[];
  /** 0, the default: a free port */
  readonly port?: number;
  /** calls a second for the whole organization; 0 takes any number */
  readonly perSecond?: number;
  readonly habits?: Partial<PlatformHabits>;
  /** the work of a call is done, and its answer waits for this */
  readonly beforeAnswer?: (call: ReceivedCall) => Promise<void> | void;
  /** the clock of the rate limit and of dates */
  readonly now?: () => number;
}

/** An OVP on this machine, with the documented calls, real tokens, a rate limit, and faults that can be switched on. */
export interface LocalOvp {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly platform: Platform;
  readonly calls: readonly ReceivedCall[];
  /** the next calls go wrong */
  fail(fault: Fault): void;
  clearFaults(): void;
  setRate(perSecond: number): void;
  setHabits(habits: Partial<PlatformHabits>): void;
  stop(): Promise<void>;
}

const PREFIX = '/platform/v3';
const MAX_BODY = 64 * 1024;

export async function startLocalOvp(options: LocalOvpOptions): Promise<LocalOvp> {
  const { workspaces, port = 0, now = Date.now } = options;
  const platform = new Platform(workspaces, now);
  platform.habits = { ...platform.habits, ...options.habits };
  const faults = new Faults();
  const calls: ReceivedCall[] = [];
  let perSecond = options.perSecond ?? 1;
  let admittedAt = Number.NEGATIVE_INFINITY;

  /** Calls must be a whole interval apart: the strictest reading of a limit a second. */
  function isTooSoon(): boolean {
    if (perSecond > 0 && now() - admittedAt < 1000 / perSecond) return true;
    admittedAt = now();
    return false;
  }

  /** What to answer; nothing where a fault is played on the connection instead. */
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
  ): Promise<LocalAnswer | undefined> {
    const { method = 'GET', url: path = '/' } = request;
    const url = new URL(path, 'http://localhost');
    if (url.pathname.startsWith('/_control')) return controlAnswer(ovp, method, url);

    const call: ReceivedCall = { at: now(), method, path, headers: request.headers, body };
    calls.push(call);
    response.once('finish', () => {
      call.status = response.statusCode;
    });
    // API Gateway's texts: a key it does not know gets no further
    const workspace = workspaces.find(({ apiKey }) => apiKey === request.headers['x-flowplayer-api-key']);
    if (workspace === undefined) return gateway(403, 'Forbidden');
    if (isTooSoon()) return gateway(429, 'Too Many Requests');
    if (!url.pathname.startsWith(`${PREFIX}/`)) return gateway(404, 'Not Found');
    const parsed = parseBody(body);
    if (parsed === BROKEN) return gateway(400, 'Bad Request');

    const place = url.pathname.slice(PREFIX.length);
    const fault = faults.take(`${method} ${place}`);
    const work = () => platform.answer({ method, path: place, query: url.searchParams, body: parsed, workspace });
    if (fault === undefined) {
      const done = work();
      await options.beforeAnswer?.(call);
      return done;
    }
    const good = needsWork(fault) ? work() : undefined;
    const bad = faultAnswer(fault, now());
    if (bad === undefined) playFault(fault, response, good);
    return bad;
  }

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
      if (body.length > MAX_BODY) request.destroy();
    });
    request.on('end', () => {
      answer(request, response, body).then(
        (found) => found && send(response, found),
        (cause) => send(response, json(500, { error: cause instanceof Error ? cause.message : 'unknown' })),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  const ovp: LocalOvp = {
    url: `http://127.0.0.1:${address.port}`,
    platform,
    calls,
    fail: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    setRate: (next) => {
      perSecond = next;
    },
    setHabits: (habits) => {
      platform.habits = { ...platform.habits, ...habits };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return ovp;
}

const BROKEN = Symbol('no JSON');

function parseBody(body: string): Json | undefined | typeof BROKEN {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return BROKEN;
  }
}

function send(response: ServerResponse, answer: LocalAnswer): void {
  const text = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
  const type = text === '' ? {} : { 'content-type': answer.contentType ?? JSON_TYPE };
  response.writeHead(answer.status, { ...type, ...answer.headers }).end(text);
}
