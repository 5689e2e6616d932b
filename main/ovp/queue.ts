import type { OvpQueue } from '../../shared/contract/ovp.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { millis } from '../../shared/units.ts';
import type { Clock } from './clock.ts';

/** How one attempt ended: for good, or to be made again, after so long and for a reason that is shown. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'again'; readonly afterMillis: number; readonly why: string };

export interface Job<T> {
  /** a UUID, by which it is cancelled */
  readonly id: string;
  readonly workspace: string;
  /** in words: “ask for a token” */
  readonly what: string;
  /** from this one’s start to the next one’s, in milliseconds */
  readonly interval: number;
  /** before all that wait: for a question that an answer has raised */
  readonly first?: boolean;
  /** once it is being sent it is not cancelled: its answer may hold what is told only once */
  readonly mustFinish?: boolean;
  /** Must end soon after the signal aborts. Whatever it returns then still counts: the request may have arrived. */
  attempt(number: number, signal: AbortSignal): Promise<Attempt<T>>;
}

/** Requests one at a time, in order, a second apart. Their state is there to be shown. */
export interface Queue {
  /** `cancelled`: it was taken back before anything of it was sent */
  run<T>(job: Job<T>): Promise<Result<T, 'cancelled'>>;
  state(): OvpQueue;
  /** all when no ids are given */
  cancel(ids?: readonly string[]): void;
  /** cancels everything and takes nothing more */
  close(): void;
}

interface Entry {
  readonly id: string;
  readonly workspace: string;
  readonly what: string;
  readonly interval: number;
  readonly mustFinish: boolean;
  readonly abort: AbortController;
  state: OvpQueue['entries'][number]['state'];
  attempt: number;
  /** one attempt; true when the entry is done */
  work(): Promise<{ readonly afterMillis: number; readonly why: string } | undefined>;
  /** settles it as never sent */
  drop(): void;
}

/** No wait is longer, whatever a server or a clock that was set back asks for. */
export const LONGEST_WAIT = 120_000;

export function createQueue({ clock, changed }: { readonly clock: Clock; readonly changed: () => void }): Queue {
  let entries: Entry[] = [];
  let notBefore = 0;
  let late: string | undefined;
  let isDraining = false;
  let isClosed = false;

  const remove = (entry: Entry) => {
    entries = entries.filter((other) => other !== entry);
  };

  async function drain(): Promise<void> {
    if (isDraining) return;
    isDraining = true;
    for (let entry = entries[0]; entry !== undefined; entry = entries[0]) {
      const wait = Math.min(notBefore - clock.now(), LONGEST_WAIT);
      if (wait > 0) {
        changed();
        await clock.sleep(wait, entry.abort.signal);
        // it may have been cancelled meanwhile, or another may stand first
        if (entries[0] !== entry || entry.abort.signal.aborted) continue;
      }
      late = undefined;
      notBefore = clock.now() + entry.interval;
      entry.state = 'sending';
      changed();
      const again = await entry.work();
      if (again === undefined || entry.abort.signal.aborted) {
        if (again !== undefined) entry.drop();
        remove(entry);
      } else {
        entry.state = 'backing-off';
        entry.attempt += 1;
        notBefore = Math.max(notBefore, clock.now() + Math.min(again.afterMillis, LONGEST_WAIT));
        late = again.why;
      }
      changed();
    }
    isDraining = false;
  }

  return {
    run: (job) =>
      new Promise((resolve) => {
        const abort = new AbortController();
        const entry: Entry = {
          id: job.id,
          workspace: job.workspace,
          what: job.what,
          interval: job.interval,
          mustFinish: job.mustFinish === true,
          abort,
          state: 'waiting',
          attempt: 1,
          work: async () => {
            const outcome = await job.attempt(entry.attempt, abort.signal);
            if (outcome.kind === 'again') return outcome;
            resolve(ok(outcome.value));
            return undefined;
          },
          drop: () => resolve(err('cancelled')),
        };
        if (isClosed) return entry.drop();
        const isBusy = entries[0]?.state === 'sending';
        if (job.first === true) entries.splice(isBusy ? 1 : 0, 0, entry);
        else entries.push(entry);
        changed();
        void drain();
      }),

    state: () => {
      const waiting = entries.filter(({ state }) => state !== 'sending').length;
      return {
        entries: entries.map(({ id, workspace, what, state, attempt }) => ({ id, workspace, what, state, attempt })),
        waiting,
        ...(waiting === 0 ? {} : { nextAt: millis(Math.max(notBefore, clock.now())) }),
        ...(waiting === 0 || late === undefined ? {} : { backingOff: late }),
      };
    },

    cancel,

    close: () => {
      isClosed = true;
      cancel();
    },
  };

  function cancel(ids?: readonly string[]): void {
    for (const entry of entries) {
      if (ids !== undefined && !ids.includes(entry.id)) continue;
      if (entry.state === 'sending' && entry.mustFinish && !isClosed) continue;
      // what is being sent ends itself, and tells what became of it
      if (entry.state !== 'sending') {
        remove(entry);
        entry.drop();
      }
      entry.abort.abort();
    }
    changed();
  }
}
