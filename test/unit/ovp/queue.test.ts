import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createQueue, type Queue } from '../../../main/ovp/queue.ts';
import type { OvpQueue } from '../../../shared/contract/ovp.ts';
import type { LocalOvp } from '../../ovp/local-ovp.ts';
import {
  type App,
  connect,
  createHeldClock,
  createQuickClock,
  createScene,
  failure,
  type Scene,
  startOvp,
  value,
} from './harness.ts';

let scene: Scene | undefined;
let ovp: LocalOvp | undefined;
afterEach(async () => {
  await scene?.end();
  await ovp?.stop();
});

const claims = (number: number) => ({ exp: 2_000_000_000, sub: `viewer-${number}` });

/** The app with a key in the OVP, and how the queue looked at every change of it. */
async function open(): Promise<{ app: App; ovp: LocalOvp; workspace: string; kid: string; states: () => OvpQueue[] }> {
  const clock = createQuickClock();
  scene = await createScene(clock);
  const local = await startOvp(clock);
  ovp = local;
  const app = await scene.start();
  const workspace = (await connect(app, local)).id;
  const created = value(
    await app.ask('ovp.createKey', { workspace, name: 'k', environment: 'dev', store: 'keychain' }),
  );
  if (created.kind !== 'stored') throw new Error(created.unfinished.reason);
  return {
    app,
    ovp: local,
    workspace,
    kid: created.key.kid ?? '',
    states: () =>
      app.events.filter(({ name }) => name === 'ovp.queueChanged').map(({ payload }) => payload as OvpQueue),
  };
}

describe('twenty tokens at once, one request a second', () => {
  it('all arrive, in order, none refused, and the queue is there to be shown', async () => {
    const { app, ovp, workspace, kid, states } = await open();
    const arrived: number[] = [];
    const asked = Array.from({ length: 20 }, async (_, number) => {
      const token = value(await app.ask('ovp.requestToken', { workspace, kid, claims: claims(number) }));
      arrived.push(number);
      return token.token;
    });
    const tokens = await Promise.all(asked);
    expect(arrived).toEqual(Array.from({ length: 20 }, (_, number) => number));
    expect(new Set(tokens).size).toBe(20);

    const calls = ovp.calls.slice(1);
    expect(calls.map(({ body }) => JSON.parse(body).sub)).toEqual(tokens.map((_, number) => `viewer-${number}`));
    expect(calls.map(({ status }) => status)).toEqual(tokens.map(() => 201));
    for (const [index, { at }] of calls.entries())
      if (index > 0) expect(at - (calls[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1000);

    const waiting = states().map((state) => state.waiting);
    expect(Math.max(...waiting)).toBeGreaterThanOrEqual(19);
    expect(waiting.at(-1)).toBe(0);
    const shown = states().find((state) => state.waiting === 19 && state.nextAt !== undefined);
    expect(shown?.entries[0]).toMatchObject({ what: 'ask for a token', workspace });
  });

  it('some can be cancelled, and the others still arrive', async () => {
    const { app, ovp, workspace, kid } = await open();
    const requests = Array.from({ length: 20 }, () => randomUUID());
    const asked = requests.map((request, number) =>
      app.ask('ovp.requestToken', { workspace, kid, claims: claims(number), request }),
    );
    const cancelled = requests.filter((_, number) => number % 2 === 1);
    const state = value(await app.ask('ovp.cancel', { requests: cancelled }));
    expect(state.entries.map(({ id }) => id)).toEqual(requests.filter((_, number) => number % 2 === 0));
    const results = await Promise.all(asked);
    for (const [number, result] of results.entries()) {
      if (number % 2 === 0) expect(value(result).token).toMatch(/^[\w-]+$/);
      else
        expect(failure(result)).toMatchObject({
          code: 'ERR_OVP_CANCELLED',
          message: expect.stringContaining('before'),
        });
    }
    expect(ovp.calls).toHaveLength(11);
  });

  it('all can be cancelled at once', async () => {
    const { app, workspace, kid } = await open();
    const asked = Array.from({ length: 20 }, (_, number) =>
      app.ask('ovp.requestToken', { workspace, kid, claims: claims(number) }),
    );
    expect(value(await app.ask('ovp.cancel', {}))).toMatchObject({ waiting: 0 });
    for (const result of await Promise.all(asked)) expect(failure(result).code).toBe('ERR_OVP_CANCELLED');
    expect(value(await app.ask('ovp.queue', undefined))).toEqual({ entries: [], waiting: 0 });
    expect(value(await app.ask('ovp.test', { workspace }))).toEqual({ videos: 57 });
  });

  it('arrive in order also when the OVP refuses some of them for a while, and it is said why they wait', async () => {
    const { app, ovp, workspace, kid, states } = await open();
    ovp.fail({ kind: '429', times: 3 });
    const asked = Array.from({ length: 6 }, (_, number) =>
      app.ask('ovp.requestToken', { workspace, kid, claims: claims(number) }),
    );
    await Promise.all(asked).then((results) => results.map(value));
    const served = ovp.calls.slice(1).filter(({ status }) => status === 201);
    expect(served.map(({ body }) => JSON.parse(body).sub)).toEqual(asked.map((_, number) => `viewer-${number}`));
    const late = states().filter(({ backingOff }) => backingOff !== undefined);
    expect(late[0]).toMatchObject({ backingOff: 'the OVP answered 429', waiting: 6 });
    expect(late[0]?.entries[0]).toMatchObject({ state: 'backing-off', attempt: 2 });
  });

  it('take a third of a second each on an enterprise plan', async () => {
    const { app, ovp, workspace, kid } = await open();
    ovp.setRate(3);
    await app.ask('ovp.saveWorkspace', { id: workspace, name: 'Nordlys', address: ovp.url, tier: 'enterprise' });
    await Promise.all(
      Array.from({ length: 5 }, (_, number) => app.ask('ovp.requestToken', { workspace, kid, claims: claims(number) })),
    );
    const calls = ovp.calls.slice(1);
    expect(calls.every(({ status }) => status === 201)).toBe(true);
    const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0));
    for (const gap of gaps.slice(1)) expect(gap).toBeLessThan(500);
  });
});

describe('the queue on a clock that stands still', () => {
  const job = (queue: Queue, more: { first?: boolean; attempt?: () => Promise<'again' | 'done'> } = {}) => {
    const id = randomUUID();
    const result = queue.run<string>({
      id,
      workspace: randomUUID(),
      what: 'wait',
      interval: 1000,
      ...(more.first === undefined ? {} : { first: more.first }),
      attempt: async () =>
        (await more.attempt?.()) === 'again'
          ? { kind: 'again', afterMillis: 5000, why: 'the OVP answered 429' }
          : { kind: 'done', value: id },
    });
    return { id, result };
  };

  it('lets the first go at once and each other a second later', async () => {
    const clock = createHeldClock();
    const queue = createQueue({ clock, changed: () => undefined });
    const jobs = [job(queue), job(queue), job(queue)];
    await jobs[0]?.result;
    await clock.advance(0);
    expect(queue.state()).toMatchObject({ waiting: 2, nextAt: clock.now() + 1000 });
    await clock.advance(999);
    expect(queue.state().waiting).toBe(2);
    await clock.advance(1);
    await jobs[1]?.result;
    expect(queue.state().entries.map(({ id }) => id)).toEqual([jobs[2]?.id]);
  });

  it('gives up the wait of one that is cancelled, and makes nobody else wait less', async () => {
    const clock = createHeldClock();
    const queue = createQueue({ clock, changed: () => undefined });
    await job(queue).result;
    const [second, third] = [job(queue), job(queue)];
    await clock.advance(400);
    queue.cancel([second.id]);
    expect(await second.result).toEqual({ ok: false, error: 'cancelled' });
    await clock.advance(0);
    expect(queue.state()).toMatchObject({ waiting: 1, nextAt: clock.now() + 600 });
    await clock.advance(600);
    expect(await third.result).toEqual({ ok: true, value: third.id });
  });

  it('keeps everybody waiting while one backs off, also when that one is cancelled', async () => {
    const clock = createHeldClock();
    const queue = createQueue({ clock, changed: () => undefined });
    const first = job(queue, { attempt: async () => 'again' });
    const second = job(queue);
    await clock.advance(0);
    expect(queue.state()).toMatchObject({ waiting: 2, nextAt: clock.now() + 5000, backingOff: 'the OVP answered 429' });
    queue.cancel([first.id]);
    expect(await first.result).toEqual({ ok: false, error: 'cancelled' });
    await clock.advance(4999);
    expect(queue.state().waiting).toBe(1);
    await clock.advance(1);
    expect((await second.result).ok).toBe(true);
  });

  it('takes a question that an answer raised before everything that waits', async () => {
    const clock = createHeldClock();
    const queue = createQueue({ clock, changed: () => undefined });
    await job(queue).result;
    const waiting = job(queue);
    await clock.advance(0);
    const urgent = job(queue, { first: true });
    expect(queue.state().entries.map(({ id }) => id)).toEqual([urgent.id, waiting.id]);
    await clock.advance(1000);
    expect((await urgent.result).ok).toBe(true);
    expect(queue.state().entries.map(({ id }) => id)).toEqual([waiting.id]);
  });

  it('never waits longer than two minutes, also when the clock was set back', async () => {
    const clock = createHeldClock();
    const queue = createQueue({ clock, changed: () => undefined });
    await job(queue).result;
    await clock.advance(-3_600_000);
    const late = job(queue);
    await clock.advance(120_000);
    // its turn has not come by the clock, so it waits again: bounded each time
    await clock.advance(3_600_000);
    expect((await late.result).ok).toBe(true);
  });

  it('takes nothing more once it is closed', async () => {
    const clock = createHeldClock();
    const queue = createQueue({ clock, changed: () => undefined });
    await job(queue).result;
    const waiting = job(queue);
    queue.close();
    expect(await waiting.result).toEqual({ ok: false, error: 'cancelled' });
    expect(await job(queue).result).toEqual({ ok: false, error: 'cancelled' });
  });
});
