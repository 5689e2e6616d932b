import { describe, expect, it, vi } from 'vitest';
import { createPreviewModel, renewalOf, stepDenial } from '../../../../renderer/features/preview/model.ts';
import { createFakePlatform } from '../../../../renderer/platform/fake-platform.ts';
import type { Platform } from '../../../../renderer/platform/platform.ts';
import { createSession } from '../../../../renderer/platform/session.ts';
import type { PlayerState, PreviewState, TraceRow } from '../../../../shared/contract/preview.ts';
import type { PreviewWalk } from '../../../../shared/contract/preview-walk.ts';
import type { Refusal } from '../../../../shared/contract/preview-why.ts';
import { createError } from '../../../../shared/errors.ts';
import { rich } from '../../../../shared/explain/rich-text.ts';
import { err, ok } from '../../../../shared/result.ts';
import { millis } from '../../../../shared/units.ts';

const row = (id: number, more: Partial<TraceRow> = {}): TraceRow => ({
  ...{ id, at: millis(id), method: 'GET', url: '', host: '', path: '', kind: 'segment', hidden: false, by: 'edge' },
  ...{
    copies: 1,
    copy: { channel: 'path', slot: 'A' },
    verdict: 'fail',
    cause: 'claims',
    status: 403,
    size: 0,
    took: 0,
  },
  ...more,
});
const refusal = (id: number, more: Partial<TraceRow> = {}): Refusal => ({
  ...{ row: row(id, more), cause: 'claims', sentence: rich`no`, integrity: { state: 'verified', reason: '' } },
  ...{ time: { state: 'valid' }, claims: [], copies: [], said: { status: 403, words: '', size: 0 } },
  ...{ clocks: { here: millis(0), edge: millis(0) }, before: { passed: 0 }, fix: { kind: 'none', sentence: rich`no` } },
});

/** A model over a platform whose answers and events are the test's. */
function start(answers: Partial<Platform['preview']> = {}) {
  const told: { refused?: (refusal: Refusal) => void; player?: (player: PlayerState) => void } = {};
  const fake = createFakePlatform();
  const preview: Platform['preview'] = {
    ...fake.preview,
    onRefused: (listener) => {
      told.refused = listener;
      return () => undefined;
    },
    onPlayer: (listener) => {
      told.player = listener;
      return () => undefined;
    },
    why: ({ row: id }) => Promise.resolve(ok(refusal(id))),
    ...answers,
  };
  const model = createPreviewModel(createSession({ ...fake, preview }));
  const close = model.open();
  return { model, told, close, state: model.store.getState };
}

describe('a refusal', () => {
  it('opens by itself, and gives way to another cause as long as nobody chose a row', async () => {
    const { model, told, state } = start();
    told.refused?.(refusal(3));
    expect(state().selected).toBe(3);
    told.refused?.(refusal(7));
    expect(state().selected).toBe(7);
    await model.select(2);
    told.refused?.(refusal(9));
    expect(state().selected).toBe(2);
    await model.select(undefined);
    told.refused?.(refusal(9));
    expect(state().selected).toBe(9);
  });

  it('of a token that is in no slot any more is not shown while another is in use', async () => {
    const { model, told, state } = start();
    await model.swapTo('A');
    told.refused?.(refusal(3, { copy: { channel: 'path', slot: null } }));
    expect(state().selected).toBeUndefined();
  });

  it('does not cover the walk that somebody looks at', async () => {
    const walk: PreviewWalk = { entries: [], requests: 0, cut: 0 };
    const { model, told, state } = start({ walk: () => Promise.resolve(ok(walk)) });
    await model.walk();
    told.refused?.(refusal(3));
    expect(state()).toMatchObject({ selected: undefined, walk: { result: walk, isUnderWay: false } });
    await model.select(3);
    expect(state()).toMatchObject({ selected: 3, walk: undefined });
  });
});

describe('a walk', () => {
  it('that was given up does not come back when its answer arrives', async () => {
    let answer: (walk: PreviewWalk) => void = () => undefined;
    const endWalk = vi.fn(() => Promise.resolve(ok(null)));
    const { model, state } = start({
      walk: () => new Promise((resolve) => (answer = (walk) => resolve(ok(walk)))),
      endWalk,
    });
    const walking = model.walk();
    expect(state().walk?.isUnderWay).toBe(true);
    model.togglePlay();
    expect(endWalk).toHaveBeenCalledOnce();
    answer({ entries: [], requests: 1, cut: 0 });
    await walking;
    expect(state().walk).toBeUndefined();
  });

  it('that failed leaves the one before, and says why', async () => {
    const walk = vi.fn<Platform['preview']['walk']>();
    const before: PreviewWalk = { entries: [], requests: 0, cut: 0 };
    walk.mockResolvedValueOnce(ok(before)).mockResolvedValueOnce(err(createError('ERR_PREVIEW_SOURCE')));
    const { model, state } = start({ walk });
    await model.walk();
    await model.walk();
    expect(state()).toMatchObject({
      walk: { result: before, isUnderWay: false },
      error: { code: 'ERR_PREVIEW_SOURCE' },
    });
  });
});

describe('the rows', () => {
  it('are stepped through from one refusal to the next, round the ends', async () => {
    const { cause: _, ...passed } = row(2, { status: 200 });
    const rows = [row(1), passed, row(4), row(8)];
    const { model, state } = start();
    model.store.setState({ rows });
    const seen: (number | undefined)[] = [];
    for (const by of [1, 1, 1, 1, -1, -1] as const) {
      stepDenial(model, by);
      seen.push(state().selected);
    }
    expect(seen).toEqual([1, 4, 8, 1, 8, 4]);
  });
});

describe('a renewed token', () => {
  it('is offered until it was taken, and again when another one comes', async () => {
    const state = { inUse: 'A' } as PreviewState;
    const { model } = start({
      takeRenewed: () => Promise.resolve(ok(state)),
      useToken: () => Promise.resolve(ok(state)),
    });
    const { store } = model;
    expect(renewalOf(store.getState())).toBeUndefined();
    store.setState({ rows: [row(1), row(2, { renewed: 'header' }), row(3, { renewed: 'header' }), row(4)] });
    expect(renewalOf(store.getState())?.id).toBe(3);
    expect(await model.takeRenewed(3, 'A')).toBe(true);
    expect(renewalOf(store.getState())).toBeUndefined();
    store.setState({ rows: [...store.getState().rows, row(5, { renewed: 'cookie' })] });
    expect(renewalOf(store.getState())?.id).toBe(5);
  });
});

describe('play', () => {
  const player = (phase: PlayerState['phase']) => ({ phase }) as PlayerState;

  it('goes on with the token in use where the player gave up, and else tells the player', async () => {
    const giveToken = vi.fn<Platform['preview']['useToken']>(() => Promise.resolve(err(createError('ERR_INTERNAL'))));
    const control = vi.fn<Platform['preview']['control']>(() => Promise.resolve(ok(null)));
    const { model, told } = start({ useToken: giveToken, control });
    for (const phase of ['paused', 'playing', 'failed'] as const) {
      told.player?.(player(phase));
      model.togglePlay();
    }
    expect(control.mock.calls).toEqual([[{ kind: 'play' }], [{ kind: 'pause' }]]);
    expect(giveToken).toHaveBeenCalledExactlyOnceWith({ slot: null });
  });
});

describe('leaving the screen', () => {
  it('forgets the player and its page, which are gone', async () => {
    const { told, close, state, model } = start();
    await model.configure({});
    told.player?.({ phase: 'playing' } as PlayerState);
    close();
    expect(state()).toMatchObject({ player: null, state: { page: 'closed' } });
  });
});
