import type { EgressEntry, EgressState, EgressSummary } from '../../shared/contract/egress.ts';
import { millis } from '../../shared/units.ts';

/** What a request says of itself before it is sent. */
export interface EgressRequest {
  readonly method: string;
  readonly url: URL;
  readonly purpose: string;
  readonly bytesSent: number;
}

/** Says how a request ended. */
export interface EgressTicket {
  answered(status: number, bytesReceived: number): void;
  failed(reason: string): void;
}

/** Every outgoing request of the app passes here first: it is written down, or refused while offline is on. */
export interface Ledger {
  /** `undefined`: offline is on, and the request must not be sent */
  begin(request: EgressRequest): EgressTicket | undefined;
  /** writes down what somebody tried to send and nothing let out */
  block(request: Omit<EgressRequest, 'bytesSent'>, reason: string): void;
  list(): EgressState;
  summary(): EgressSummary;
  setOffline(offline: boolean): void;
}

const KEPT = 500;

export function createLedger(options: {
  readonly offline: boolean;
  readonly changed: (summary: EgressSummary) => void;
  readonly now?: () => number;
}): Ledger {
  const { changed, now = Date.now } = options;
  let offline = options.offline;
  let entries: EgressEntry[] = [];
  let sent = 0;
  let refused = 0;
  let lastId = 0;
  const summary = (): EgressSummary => ({ offline, sent, refused });

  const add = ({ method, url, purpose, bytesSent }: EgressRequest, outcome: EgressEntry['outcome']): number => {
    lastId += 1;
    const entry: EgressEntry = {
      id: lastId,
      at: millis(now()),
      method,
      host: url.host,
      path: cutTokens(url.pathname),
      purpose,
      outcome,
      bytesSent,
      bytesReceived: 0,
    };
    entries = [entry, ...entries].slice(0, KEPT);
    changed(summary());
    return lastId;
  };

  return {
    begin: (request) => {
      if (offline) {
        refused += 1;
        changed(summary());
        return undefined;
      }
      sent += 1;
      const id = add(request, { kind: 'pending' });
      const end = (outcome: EgressEntry['outcome'], bytesReceived: number) => {
        entries = entries.map((item) => (item.id === id ? { ...item, outcome, bytesReceived } : item));
        changed(summary());
      };
      return {
        answered: (status, bytesReceived) => end({ kind: 'answered', status }, bytesReceived),
        failed: (reason) => end({ kind: 'failed', reason }, 0),
      };
    },
    block: (request, reason) => {
      add({ ...request, bytesSent: 0 }, { kind: 'blocked', reason });
    },
    list: () => ({ ...summary(), entries: [...entries] }),
    summary,
    setOffline: (value) => {
      if (offline === value) return;
      offline = value;
      changed(summary());
    },
  };
}

/** A ledger is shown and exported, so it keeps no token: `/pt:<token>/…` and any path step that is as long as one. */
function cutTokens(path: string): string {
  return path
    .split('/')
    .map((step) => (/^pt:/i.test(step) ? 'pt:…' : step.length > 64 ? `${step.slice(0, 8)}…` : step))
    .join('/');
}
