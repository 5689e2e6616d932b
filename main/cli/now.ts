import { millis, type Seconds, toSeconds } from '../../shared/units.ts';

/** The computer's clock in whole seconds, as a NumericDate. */
export const currentSeconds = (): Seconds => Math.floor(toSeconds(millis(Date.now()))) as Seconds;
