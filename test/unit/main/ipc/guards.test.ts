import { describe, expect, it } from 'vitest';
import { createSend } from '../../../../main/ipc/events.ts';
import { measure } from '../../../../main/ipc/measure.ts';
import { createRate } from '../../../../main/ipc/rate.ts';

describe('measure', () => {
  it('counts text, keys and binary', () => {
    expect(measure('abcd', 1000)).toBe(16);
    expect(measure({ ab: 'c' }, 1000)).toBe(8 + 4 + 8 + 2);
    expect(measure(new Uint8Array(100), 1000)).toBe(108);
    expect(measure(new Map([['a', new ArrayBuffer(50)]]), 1000)).toBeGreaterThan(58);
  });

  it('ends at cycles and at depth', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(measure(cycle, 1e9)).toBe(Number.POSITIVE_INFINITY);
    let deep: unknown = 'x';
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(measure(deep, 1e9)).toBe(Number.POSITIVE_INFINITY);
  });

  it('stops soon beyond the limit', () => {
    let looked = 0;
    const items = Array.from({ length: 10_000 }, () => ({
      get text() {
        looked += 1;
        return 'x'.repeat(100);
      },
    }));
    expect(measure(items, 1000)).toBeGreaterThan(1000);
    expect(looked).toBeLessThan(10);
  });
});

describe('createRate', () => {
  it('admits so many calls in a window, and counts each name for itself', () => {
    let now = 0;
    const admit = createRate(3, 1000, () => now);
    expect([admit('a'), admit('a'), admit('a'), admit('a'), admit('b')]).toEqual([true, true, true, false, true]);
    now = 999;
    expect(admit('a')).toBe(false);
    now = 1001;
    expect(admit('a')).toBe(true);
  });
});

describe('createSend', () => {
  const target = (url: string, destroyed = false) => {
    const sent: unknown[] = [];
    return {
      sent,
      isDestroyed: () => destroyed,
      getURL: () => url,
      send: (channel: string, payload: unknown) => sent.push([channel, payload]),
    };
  };

  it('tells only windows that show the app', () => {
    const app = target('app://catwalk/index.html');
    const gone = target('app://catwalk/index.html', true);
    const other = target('https://example.com/');
    createSend(
      () => [app, gone, other],
      (url) => url.startsWith('app://catwalk/'),
    )('menu.command', 'palette');
    expect(app.sent).toEqual([['catwalk:menu.command', 'palette']]);
    expect([gone.sent, other.sent]).toEqual([[], []]);
  });

  it('sends no member that the contract does not name', () => {
    const app = target('app://catwalk/');
    const payload = { offline: false, sent: 0, refused: 0, entries: ['secret'] };
    createSend(
      () => [app],
      () => true,
    )('egress.changed', payload);
    expect(JSON.stringify(app.sent)).not.toContain('secret');
  });
});
