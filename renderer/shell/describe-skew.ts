import type { ClockSkew } from '../../shared/inspect/server-clock.ts';

const PRECISION: Readonly<Record<ClockSkew['precision'], string>> = {
  about: '',
  'at-least': ' or more',
  'at-most': ' at most',
};

/** `+1.8 s, from Date`: positive when the server is ahead. */
export function describeSkew({ seconds, precision }: ClockSkew): string {
  const rounded = Math.round(seconds * 10) / 10;
  const sign = rounded < 0 ? '−' : '+';
  return `${sign}${Math.abs(rounded)} s${PRECISION[precision]}, from Date`;
}
