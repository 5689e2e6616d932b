import fs from 'node:fs/promises';
import path from 'node:path';
import { type KeptState, keptName } from '../../shared/contract/kept.ts';
import { ok } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register.ts';
import type { Log } from '../log.ts';
import type { KeptKey } from './kept-key.ts';
import { createSealedFile } from './sealed-file.ts';

export interface KeptOptions {
  readonly folder: string;
  readonly key: KeptKey;
  readonly log: Log;
  /** the owner wants nothing of the last time */
  readonly startClean: () => boolean;
}

/** What the window has open, part by part, each a sealed file of its own. */
export interface Kept {
  readonly handlers: Pick<Handlers, 'kept.state' | 'kept.load' | 'kept.save'>;
  /** removes all of it */
  wipe(): Promise<void>;
  settled(): Promise<void>;
}

const ENDING = '.sealed';

export function createKept({ folder, key, log, startClean }: KeptOptions): Kept {
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  };
  const fileOf = (name: string) => createSealedFile(path.join(folder, `${name}${ENDING}`), key);

  const state = async (): Promise<KeptState> =>
    startClean() ? { isKept: false, isLocked: false, reason: CLEAN } : key.state();

  const names = async (): Promise<readonly string[]> => {
    const entries = await fs.readdir(folder).catch(() => []);
    return entries
      .filter((entry) => entry.endsWith(ENDING))
      .map((entry) => entry.slice(0, -ENDING.length))
      .filter((name) => keptName.safeParse(name).success);
  };

  async function load() {
    const now = await state();
    if (!now.isKept) return ok({ state: now, parts: {} });
    const parts: Record<string, string> = {};
    for (const name of await names()) {
      const read = await fileOf(name).read();
      // a part that cannot be opened keeps none of the others back
      if (!read.ok) log.warn('kept', `${name}: ${read.error.code}`);
      else if (read.value !== undefined) parts[name] = read.value;
    }
    return ok({ state: now, parts });
  }

  return {
    handlers: {
      'kept.state': async () => ok(await state()),
      'kept.load': () => inTurn(load),
      'kept.save': ({ name, text }) =>
        inTurn(async () => {
          const now = await state();
          if (!now.isKept) return ok(now);
          const file = fileOf(name);
          const saved = await (text === null ? file.remove() : file.write(text));
          return saved.ok ? ok(now) : saved;
        }),
    },
    wipe: () => inTurn(() => fs.rm(folder, { recursive: true, force: true })),
    settled: async () => {
      await tail;
    },
  };
}

const CLEAN = 'Catwalk starts clean, as you chose.';
