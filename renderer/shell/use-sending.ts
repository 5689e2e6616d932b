import type { OvpQueue } from '../../shared/contract/ovp.ts';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { useClock } from './clock.ts';

/** The reason why nothing can be sent, or none. */
export function useWhyNotSent(): string | undefined {
  return useLive(useSession().egress).value?.offline === true ? 'Offline is on' : undefined;
}

/** Where a request of this id is in the queue, in words; `undefined`: it is not in it. */
export function useQueued(id: string | undefined): { readonly words: string; readonly isWaiting: boolean } | undefined {
  const queue = useLive(useSession().queue).value;
  const now = useClock((clock) => clock.now);
  const entry = queue?.entries.find((candidate) => candidate.id === id);
  if (queue === undefined || entry === undefined) return undefined;
  if (entry.state === 'sending') return { words: 'sending', isWaiting: false };
  return { words: describeWait(queue, now * 1000), isWaiting: true };
}

/** `waiting, next in 1 s`; after a refusal it says why the wait is longer. */
export function describeWait(queue: OvpQueue, nowMillis: number): string {
  const seconds = queue.nextAt === undefined ? 0 : Math.max(0, Math.ceil((queue.nextAt - nowMillis) / 1000));
  const when = seconds === 0 ? 'next at once' : `next in ${seconds} s`;
  const why = queue.backingOff === undefined ? '' : `, since ${queue.backingOff}`;
  return `${queue.waiting} waiting, ${when}${why}`;
}
