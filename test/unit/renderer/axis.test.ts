import { describe, expect, it } from 'vitest';
import { createAxis, momentAt, positionOf, roundMoments } from '../../../renderer/features/inspect/axis.ts';
import { seconds } from '../../../shared/units.ts';

const HOUR = 3600;
const at = (hours: number) => seconds(1_795_500_000 + hours * HOUR);

describe('the axis of the time line', () => {
  it('fits every moment, in order, with room at both ends', () => {
    const moments = [at(2), at(0), at(5)];
    const axis = createAxis(moments);
    const [first = 0, second = 0, third = 0] = [at(0), at(2), at(5)].map((moment) => positionOf(axis, moment));
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
    expect(third).toBeLessThan(1);
    expect(axis.stretches.some((stretch) => stretch.isBroken)).toBe(false);
  });

  it('draws hours to scale', () => {
    const axis = createAxis([at(0), at(1), at(3)]);
    const one = positionOf(axis, at(1)) - positionOf(axis, at(0));
    const two = positionOf(axis, at(3)) - positionOf(axis, at(1));
    expect(two / one).toBeCloseTo(2, 6);
  });

  it('breaks a gap of more than seven days', () => {
    const axis = createAxis([at(0), at(1), at(24 * 8), at(24 * 8 + 1)]);
    const broken = axis.stretches.filter((stretch) => stretch.isBroken);
    expect(broken).toHaveLength(1);
    expect((broken[0]?.end ?? 0) - (broken[0]?.start ?? 0)).toBeLessThan(0.25);
  });

  it.each([[[0]], [[0, 0]], [[0, 2]], [[0, 24 * 600]]])('finds the moment of a position again: %j', (hours) => {
    const axis = createAxis(hours.map(at));
    for (const hour of hours) expect(momentAt(axis, positionOf(axis, at(hour)))).toBe(at(hour));
    expect(momentAt(axis, 0)).toBe(Math.round(axis.from));
    expect(momentAt(axis, 1)).toBe(Math.round(axis.to));
  });

  it('keeps moments outside at the ends', () => {
    const axis = createAxis([at(0), at(1)]);
    expect(positionOf(axis, at(-100))).toBe(0);
    expect(positionOf(axis, at(100))).toBe(1);
  });

  it('puts round hours at full hours of local time', () => {
    const { step, moments } = roundMoments(createAxis([at(0), at(5)]), 2 * HOUR);
    expect(step).toBe(HOUR);
    expect(moments.length).toBeGreaterThan(3);
    for (const moment of moments) expect((moment + 2 * HOUR) % HOUR).toBe(0);
  });
});
