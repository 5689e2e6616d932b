import type { ServerResponse } from 'node:http';
import { gateway, json, type LocalAnswer, metaError, notFound, unprocessable } from './answers.ts';

/** Everything that can go wrong between the app and the OVP, each as it looks on the wire. */
export const FAULT_KINDS = [
  '401',
  '403',
  '404',
  '410',
  '422',
  '429',
  '429-retry-after',
  '429-retry-date',
  '500',
  '502-html',
  'time-out',
  'reset',
  'truncated-json',
  'cut-off',
  'wrong-content-type',
  'mislabelled',
  'redirect',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** for how many calls, 1 when left out */
  readonly times?: number;
  /** calls whose method and path begin so, `POST /playback_tokens/keys`; any call when left out */
  readonly on?: string;
  /** the work is done first, and only its answer is lost */
  readonly after?: boolean;
  /** share of the body that a cut answer keeps, 0 to 1 */
  readonly keep?: number;
}

/** Faults that wait for the calls they are meant for. */
export class Faults {
  private waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.waiting = [];
  }

  take(call: string): Fault | undefined {
    const found = this.waiting.find(({ fault }) => fault.on === undefined || call.startsWith(fault.on));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.waiting = this.waiting.filter((other) => other !== found);
    return found.fault;
  }

  list(): readonly { readonly kind: FaultKind; readonly left: number; readonly on: string }[] {
    return this.waiting.map(({ fault, left }) => ({ kind: fault.kind, left, on: fault.on ?? 'any call' }));
  }
}

/** Faults that spoil a good answer: the call has to do its work for them. */
const SPOILS: ReadonlySet<FaultKind> = new Set(['truncated-json', 'cut-off', 'mislabelled']);
export const needsWork = ({ kind, after }: Fault): boolean => after === true || SPOILS.has(kind);

const SIGN_IN = '<!doctype html><html><head><title>Sign in to the guest network</title></head><body></body></html>';
const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>';

/** What a fault answers; `undefined` where it is played on the connection instead. */
export function faultAnswer({ kind }: Fault, now: number): LocalAnswer | undefined {
  const tooMany = gateway(429, 'Too Many Requests');
  switch (kind) {
    case '401':
      return metaError(401, 'ERR-401-RecordUnauthorized', 'Unauthorized', 'This key has no access to the record.');
    case '403':
      return gateway(403, 'Forbidden');
    case '404':
      return notFound('record');
    case '410':
      return metaError(410, 'ERR-410-RecordDeleted', 'Record Deleted', 'The requested record has been deleted.');
    case '422':
      return unprocessable("Name can't be blank");
    case '429':
      return tooMany;
    case '429-retry-after':
      return { ...tooMany, headers: { 'retry-after': '2' } };
    case '429-retry-date':
      return { ...tooMany, headers: { 'retry-after': new Date(now + 3000).toUTCString() } };
    case '500':
      return json(500, { error: 'Internal Server Error' });
    case '502-html':
      return { status: 502, text: BAD_GATEWAY, contentType: 'text/html' };
    case 'wrong-content-type':
      return { status: 200, text: SIGN_IN, contentType: 'text/html; charset=utf-8' };
    case 'redirect':
      return { status: 302, text: '', headers: { location: '/sign-in' } };
    case 'time-out':
    case 'reset':
    case 'truncated-json':
    case 'cut-off':
    case 'mislabelled':
      return undefined;
  }
}

/** Plays what is no answer of its own: silence, a reset, or the good answer spoiled. */
export function playFault(fault: Fault, response: ServerResponse, good: LocalAnswer | undefined): void {
  const body = JSON.stringify(good?.json ?? null);
  const part = body.slice(0, Math.floor(body.length * (fault.keep ?? 0.5)));
  switch (fault.kind) {
    case 'time-out':
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'cut-off':
      response.writeHead(good?.status ?? 200, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(body) });
      response.write(part, () => response.socket?.destroy());
      break;
    case 'mislabelled':
      response.writeHead(good?.status ?? 200, { 'content-type': 'text/plain' }).end(body);
      break;
    default:
      response.writeHead(good?.status ?? 200, { 'content-type': JSON_TYPE }).end(part);
  }
}

export const JSON_TYPE = 'application/json; charset=utf-8';
