/** Why no answer came, as far as the network's own words tell. */
export interface NetworkError {
  readonly kind: 'reset' | 'unreachable' | 'redirect';
  /** a sentence, with the host where `host` stands in it */
  readonly sentence: string;
  /** whether the request may have been read and carried out on the other side */
  readonly mayHaveArrived: boolean;
}

type Row = readonly [words: RegExp, error: (host: string) => NetworkError];

const before = (sentence: (host: string) => string) => (host: string) =>
  ({ kind: 'unreachable', sentence: sentence(host), mayHaveArrived: false }) as const;

/** Words of Node and of Chromium; the first row that fits. What happens before a connection stands cannot have arrived. */
const ROWS: readonly Row[] = [
  [/redirect/i, () => ({ kind: 'redirect', sentence: 'The answer was a redirect.', mayHaveArrived: true })],
  [
    /ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED|NAME_RESOLUTION|DNS_/,
    before((host) => `The name ${host} could not be found. It may be misspelt, or there is no connection.`),
  ],
  [
    /INTERNET_DISCONNECTED|NETWORK_CHANGED|ENETUNREACH|EHOSTUNREACH|ADDRESS_UNREACHABLE|ENETDOWN/,
    before((host) => `There is no way to ${host} from this network.`),
  ],
  [/ECONNREFUSED|CONNECTION_REFUSED/, before((host) => `${host} takes no connections on this port.`)],
  [
    /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_BAD_SSL/,
    before((host) => `${host} could not prove who it is (TLS), so nothing was sent to it.`),
  ],
  [/PROXY|TUNNEL/, before((host) => `The proxy of this network did not let the request through to ${host}.`)],
  [
    /CONNECT_TIMEOUT|CONNECTION_TIMED_OUT|ETIMEDOUT/,
    before((host) => `No connection to ${host} could be made in time.`),
  ],
  [/BLOCKED_BY|UNSAFE_PORT|ERR_FAILED$/, before((host) => `The request to ${host} was stopped before it was sent.`)],
];

export function describeNetworkError(cause: unknown, host: string): NetworkError {
  const words = wordsOf(cause, 3);
  for (const [pattern, error] of ROWS) if (pattern.test(words)) return error(host);
  return {
    kind: 'reset',
    sentence: `The connection to ${host} broke off before an answer came.`,
    mayHaveArrived: true,
  };
}

/** Node hides the reason in `cause`, Chromium says `net::ERR_…`. */
function wordsOf(cause: unknown, depth: number): string {
  if (!(cause instanceof Error) || depth === 0) return '';
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const several = cause instanceof AggregateError ? cause.errors.map((one) => wordsOf(one, depth - 1)).join(' ') : '';
  return `${code} ${cause.message} ${several} ${wordsOf(cause.cause, depth - 1)}`.trim();
}
