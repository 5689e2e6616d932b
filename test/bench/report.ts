import type { Timing } from './measure.ts';

/** One table: timings taken side by side, and the one that the ratios are against. */
export interface Section {
  readonly title: string;
  readonly timings: readonly Timing[];
  readonly against: string;
  readonly remark?: string;
}

/** The tables as Markdown; ratios are rates against the section's reference, so more is faster. */
export const formatSections = (sections: readonly Section[]): string => sections.map(formatSection).join('\n');

function formatSection({ title, timings, against, remark }: Section): string {
  const reference = timings.find(({ name }) => name === against)?.micros ?? Number.NaN;
  const rows = timings.map(({ name, micros, rate }) => {
    const ratio = reference / micros;
    return `| ${name} | ${micros.toFixed(micros < 100 ? 2 : 0)} | ${Math.round(rate).toLocaleString('en')} | ${ratio.toFixed(ratio < 10 ? 2 : 1)} |`;
  });
  return [
    `## ${title}`,
    '',
    '| what | µs a call | calls a second | rate against the reference |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
    `Reference: ${against}.${remark === undefined ? '' : ` ${remark}`}`,
    '',
  ].join('\n');
}
