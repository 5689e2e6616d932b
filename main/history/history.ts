import { randomBytes } from 'node:crypto';
import { type HistoryEntry, type HistoryList, historyEntry } from '../../shared/contract/history.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register.ts';
import type { KeptKey } from '../kept/kept-key.ts';
import { createSealedFile } from '../kept/sealed-file.ts';

const storedEntry = historyEntry.extend({ text: z.string() });
type StoredEntry = z.output<typeof storedEntry>;
const documentSchema = z.array(storedEntry);

const MAX_ENTRIES = 500;
/** characters of all texts together; the oldest go first */
const MAX_TOTAL = 2 * 1024 * 1024;

export interface HistoryOptions {
  readonly file: string;
  readonly key: KeptKey;
  readonly isOn: () => boolean;
  readonly changed: (list: HistoryList) => void;
  readonly now?: () => number;
}

/** What was inspected, in one sealed file. Off until somebody turns it on; one action wipes it. */
export interface History {
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `history.${string}`>>;
  /** the switch was moved, or a store was opened */
  refresh(): Promise<void>;
  settled(): Promise<void>;
}

export function createHistory({ file, key, isOn, changed, now = Date.now }: HistoryOptions): History {
  const sealed = createSealedFile(file, key);
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  };

  /** read each time: entries hold tokens, and main keeps none of them longer than it needs to */
  async function read(): Promise<Result<readonly StoredEntry[], AppError>> {
    const text = await sealed.read();
    if (!text.ok) return text;
    const parsed = documentSchema.safeParse(text.value === undefined ? [] : JSON.parse(text.value));
    return ok(parsed.success ? parsed.data : []);
  }

  async function view(): Promise<Result<HistoryList, AppError>> {
    const state = await key.state();
    const entries = state.isKept ? await read() : ok([]);
    if (!entries.ok) return entries;
    return ok({ isOn: isOn() && state.isKept, state, entries: entries.value.map(withoutText) });
  }

  async function tell(): Promise<void> {
    const list = await view();
    if (list.ok) changed(list.value);
  }

  async function replace(next: readonly StoredEntry[]): Promise<Result<null, AppError>> {
    const saved = await (next.length === 0 ? sealed.remove() : sealed.write(JSON.stringify(next)));
    if (!saved.ok) return saved;
    await tell();
    return ok(null);
  }

  const change = (work: (entries: readonly StoredEntry[]) => readonly StoredEntry[]) =>
    inTurn(async () => {
      const entries = await read();
      return entries.ok ? replace(work(entries.value)) : entries;
    });

  return {
    handlers: {
      'history.list': () => inTurn(view),
      'history.add': async ({ title, detail, text }) => {
        if (!isOn() || !(await key.state()).isKept) return ok(null);

        const entry = { id: randomBytes(8).toString('hex'), at: now(), title, detail, text };
        return change((entries) => shorten([entry, ...entries.filter((other) => other.text !== text)]));
      },
      'history.open': ({ id }) =>
        inTurn(async () => {
          const entries = await read();
          if (!entries.ok) return entries;
          const found = entries.value.find((entry) => entry.id === id);
          return ok(found ? { text: found.text } : null);
        }),
      'history.remove': ({ id }) => change((entries) => entries.filter((entry) => entry.id !== id)),
      // also what cannot be read: it is removed, not rewritten
      'history.wipe': () => inTurn(() => replace([])),
    },
    refresh: () => inTurn(tell),
    settled: async () => {
      await tail;
    },
  };
}

const withoutText = ({ id, at, title, detail }: StoredEntry): HistoryEntry => ({ id, at, title, detail });

/** As many of the latest as there is room for. */
export function shorten<Entry extends { readonly text: string }>(entries: readonly Entry[]): readonly Entry[] {
  let total = 0;
  return entries.slice(0, MAX_ENTRIES).filter(({ text }) => {
    total += text.length;
    return total <= MAX_TOTAL;
  });
}
