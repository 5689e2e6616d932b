/** A piece of work to be timed: called many times, it must give something that depends on its work. */
export interface Work {
  readonly name: string;
  run(): unknown;
}

export interface Timing {
  readonly name: string;
  /** microseconds of processor time a call: the median of the rounds */
  readonly micros: number;
  /** calls a second, by the median */
  readonly rate: number;
}

const ROUNDS = 15;
const ROUND_MILLIS = 60;
/** Until then compilers are still at work, and the times are theirs. */
const WARM_MILLIS = 1500;

/**
 * Times pieces of work side by side, in processor time of this process, so that what else the machine does counts little;
 * rounds are interleaved, so that what is left of it falls on all alike. Absolute numbers are this machine's.
 */
export async function measure(works: readonly Work[]): Promise<readonly Timing[]> {
  for (const work of works) await warm(work);
  const batches: number[] = [];
  for (const work of works) batches.push(await calibrate(work));
  const rounds: number[][] = works.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) rounds[index]?.push(await time(work, batches[index] ?? 1));
  }
  return works.map(({ name }, index) => {
    const micros = median(rounds[index] ?? []);
    return { name, micros, rate: 1e6 / micros };
  });
}

async function warm(work: Work): Promise<void> {
  const until = performance.now() + WARM_MILLIS;
  while (performance.now() < until) await time(work, 20);
}

/** How many calls fill a round. */
async function calibrate(work: Work): Promise<number> {
  let batch = 1;
  for (;;) {
    const micros = await time(work, batch);
    const millis = (micros * batch) / 1000;
    if (millis >= ROUND_MILLIS) return batch;
    batch = Math.ceil(batch * Math.min(8, (ROUND_MILLIS / Math.max(millis, 0.1)) * 1.2));
  }
}

/** Holds what was computed last, so that no compiler may leave the work out. */
const sink: { last: unknown } = { last: undefined };

async function time(work: Work, batch: number): Promise<number> {
  const started = process.cpuUsage();
  for (let call = 0; call < batch; call++) {
    const result = work.run();
    // awaiting what is no promise would cost a turn of the event loop that the work does not have
    sink.last = result instanceof Promise ? await result : result;
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / batch;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
