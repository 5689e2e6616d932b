import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';

/** Pixels of `--row-h`, for lists that draw only what is seen and must know the height of the rest. */
export const useRowHeight = (): number => (useLive(useSession().settings).value?.density === 'comfortable' ? 36 : 28);
