import { describe, expect, it } from 'vitest';
import { createLedger } from '../../../../main/egress/ledger.ts';

const NOW = 1_795_525_652_000;
const request = (path = '/x') => ({
  ...{ method: 'GET', url: new URL(`https://h.example${path}`), purpose: 'to test', bytesSent: 3 },
});

function start(offline = false) {
  const told: unknown[] = [];
  const ledger = createLedger({ offline, changed: (summary) => void told.push(summary), now: () => NOW });
  return { ledger, told };
}

describe('the ledger', () => {
  it('has a request before it is sent, and how it ended', () => {
    const { ledger } = start();
    const one = ledger.begin(request());
    const two = ledger.begin(request('/y'));
    expect(ledger.list().entries.map(({ outcome }) => outcome.kind)).toEqual(['pending', 'pending']);
    one?.answered(200, 10);
    two?.failed('no route');
    expect(ledger.list()).toMatchObject({
      ...{ sent: 2, refused: 0 },
      entries: [
        { path: '/y', outcome: { kind: 'failed', reason: 'no route' } },
        { path: '/x', at: NOW, bytesSent: 3, bytesReceived: 10, outcome: { kind: 'answered', status: 200 } },
      ],
    });
  });

  it('refuses everything while offline is on', () => {
    const { ledger } = start(true);
    expect(ledger.begin(request())).toBeUndefined();
    expect(ledger.list()).toMatchObject({ offline: true, sent: 0, refused: 1, entries: [] });
    ledger.setOffline(false);
    expect(ledger.begin(request())).toBeDefined();
  });

  it('writes down what was blocked, and counts it neither as sent nor as refused', () => {
    const { ledger } = start();
    ledger.block({ method: 'POST', url: new URL('https://t.example/'), purpose: 'measures' }, 'telemetry');
    expect(ledger.list()).toMatchObject({
      ...{ sent: 0, refused: 0 },
      entries: [{ host: 't.example', outcome: { kind: 'blocked', reason: 'telemetry' } }],
    });
  });

  it('holds no token and no query', () => {
    const { ledger } = start();
    const token = 'q8KcT0'.repeat(20);
    ledger.begin(request(`/pt:${token}/a/b.m3u8?CAT=${token}`));
    ledger.begin(request(`/${token}/a.ts`));
    expect(ledger.list().entries.map(({ path }) => path)).toEqual([`/${token.slice(0, 8)}…/a.ts`, '/pt:…/a/b.m3u8']);
    expect(JSON.stringify(ledger.list())).not.toContain(token);
  });

  it('keeps the newest, tells of each change once, and not of a switch that was not moved', () => {
    const { ledger, told } = start();
    for (let number = 1; number <= 505; number++) ledger.begin(request(`/${number}`));
    expect(ledger.list().entries).toHaveLength(500);
    expect(ledger.list().entries[0]?.path).toBe('/505');
    expect(told).toHaveLength(505);
    ledger.setOffline(false);
    expect(told).toHaveLength(505);
  });
});
