import { describe, expect, it } from 'vitest';
import type { MoveJournal, MoveStep } from '../../../../main/secrets/move-journal.ts';
import { exclusively, type MoveOptions, moveSecrets, resumeMove } from '../../../../main/secrets/move-secrets.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import type { SecretHolder, SecretPlace } from '../../../../main/secrets/secret-holder.ts';
import type { SecretStore } from '../../../../main/secrets/secret-store.ts';
import type { Secrets } from '../../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../../main/secrets/session-store.ts';
import type { SecretStoreKind } from '../../../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../../../shared/errors.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';

/** What survives a crash: the keychain, the vault, the files. Memory is made anew at every start. */
interface World {
  readonly stores: Record<SecretStoreKind, SecretStore>;
  readonly files: Record<string, Record<string, SecretPlace>>;
  steps: readonly MoveStep[];
  /** every change of anything counts; `fail` says what happens at which one */
  count: number;
  fail: (count: number) => 'works' | 'fails' | 'works, unheard';
}

const LISTS: Record<string, Record<string, SecretPlace>> = {
  keys: {
    a: { store: 'keychain', item: 'prod/a' },
    b: { store: 'keychain', item: 'dev/b' },
    c: { store: 'session', item: 'dev/c' },
  },
  workspaces: { w: { store: 'keychain', item: 'ovp/w' } },
};

async function createWorld(): Promise<World> {
  const world: World = {
    stores: {
      keychain: { ...createSessionStore(), kind: 'keychain' },
      vault: { ...createSessionStore(), kind: 'vault' },
      session: createSessionStore(),
    },
    files: structuredClone(LISTS),
    steps: [],
    count: 0,
    fail: () => 'works',
  };
  for (const list of Object.values(LISTS))
    for (const [id, { store, item }] of Object.entries(list)) await world.stores[store].set(item, secretOf(id));
  return world;
}

const secretOf = (id: string) => new Secret(new TextEncoder().encode(`the secret of ${id}`));

/** The app on this world. What it wrote is there; what is in memory begins with what was written. */
function start(world: World): MoveOptions {
  async function step<T>(work: () => T | Promise<T>): Promise<Result<T, AppError>> {
    world.count += 1;
    const fate = world.fail(world.count);
    if (fate === 'fails') return err(createError('ERR_SECRETS_DENIED'));
    const done = await work();
    return fate === 'works' ? ok(done) : err(createError('ERR_SECRETS_DENIED'));
  }
  const flat = async <T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> => {
    const done = await step(work);
    return done.ok ? done.value : done;
  };
  const guarded = (store: SecretStore): SecretStore => ({
    ...store,
    set: (item, secret) => flat(() => store.set(item, secret)),
    delete: (item) => flat(() => store.delete(item)),
  });
  const secrets: Pick<Secrets, 'open'> = { open: async (kind) => ok(guarded(world.stores[kind])) };
  const holders = Object.keys(world.files).map((name): SecretHolder => {
    let rows = structuredClone(world.files[name] ?? {});
    return {
      name,
      secrets: () => Object.entries(rows).map(([id, place]) => ({ id, label: id, isMissing: false, ...place })),
      point: async (places) => {
        const next = { ...rows };
        for (const [id, place] of places) if (next[id]) next[id] = place;
        const saved = await step(() => {
          world.files[name] = structuredClone(next);
        });
        if (saved.ok) rows = next;
        return saved;
      },
      exclusively: (work) => work(),
      reload: async () => undefined,
    };
  });
  let steps = world.steps;
  const journal: MoveJournal = {
    steps: () => steps,
    write: async (next) => {
      const saved = await step(() => {
        world.steps = structuredClone(next);
      });
      if (saved.ok) steps = next;
      return saved;
    },
    settled: async () => undefined,
  };
  return { secrets: secrets as Secrets, holders, journal };
}

const rowsOf = ({ holders }: MoveOptions) => holders.flatMap((holder) => holder.secrets());

/** Every row leads to its own secret, and the stores hold nothing else. */
async function expectWhole(world: World, options: MoveOptions, ids: readonly string[], mayBeLeft = 0): Promise<void> {
  const rows = rowsOf(options);
  expect(rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
  for (const { id, store, item } of rows) {
    const found = await world.stores[store].get(item);
    const text = found.ok && found.value ? Buffer.from(found.value.reveal()).toString() : undefined;
    expect(text, `${id} at ${store}/${item}`).toBe(`the secret of ${id}`);
  }
  let others = 0;
  for (const [kind, store] of Object.entries(world.stores)) {
    for (const item of ['prod/a', 'dev/b', 'dev/c', 'ovp/w', 'prod/a (2)', 'dev/b (2)', 'dev/c (2)', 'ovp/w (2)']) {
      const found = await store.get(item);
      if (found.ok && found.value && !rows.some((row) => row.store === kind && row.item === item)) others += 1;
    }
  }
  expect(others).toBeLessThanOrEqual(mayBeLeft);
}

const ALL = ['a', 'b', 'c', 'w'];
const storesOf = (options: MoveOptions) => new Set(rowsOf(options).map(({ store }) => store));

describe('a move', () => {
  it.each(['vault', 'keychain', 'session'] as const)('to the %s takes every secret there', async (to) => {
    const world = await createWorld();
    const app = start(world);
    const moved = await moveSecrets(to, app);
    expect(moved).toEqual({ ok: true, value: { moved: { vault: 4, keychain: 1, session: 3 }[to], leftBehind: 0 } });
    expect([...storesOf(app)]).toEqual([to]);
    await expectWhole(world, app, ALL);
    expect(world.steps).toEqual([]);
    // the names stay, for their owner finds them by these
    expect(
      rowsOf(app)
        .map(({ item }) => item)
        .sort(),
    ).toEqual(['dev/b', 'dev/c', 'ovp/w', 'prod/a']);
    expect(await moveSecrets(to, app)).toEqual({ ok: true, value: { moved: 0, leftBehind: 0 } });
  });

  it('there and back again changes nothing', async () => {
    const world = await createWorld();
    const app = start(world);
    for (const to of ['vault', 'session', 'keychain', 'vault', 'keychain'] as const)
      expect(await moveSecrets(to, app)).toMatchObject({ ok: true });
    await expectWhole(world, app, ALL);
  });

  it('never writes over an item that somebody else put there', async () => {
    const world = await createWorld();
    await world.stores.vault.set('prod/a', new Secret(new TextEncoder().encode('another profile’s')));
    const app = start(world);
    await moveSecrets('vault', app);
    expect(rowsOf(app).find(({ id }) => id === 'a')?.item).toBe('prod/a (2)');
    const found = await world.stores.vault.get('prod/a');
    expect(found.ok && found.value && Buffer.from(found.value.reveal()).toString()).toBe('another profile’s');
  });

  it('leaves a row whose secret is lost, and takes the others', async () => {
    const world = await createWorld();
    await world.stores.keychain.delete('dev/b');
    const app = start(world);
    expect(await moveSecrets('vault', app)).toMatchObject({ ok: true, value: { moved: 3 } });
    expect(rowsOf(app).find(({ id }) => id === 'b')).toMatchObject({ store: 'keychain', item: 'dev/b' });
  });

  it('does not begin when one secret cannot be read, and names it', async () => {
    const world = await createWorld();
    const app = start(world);
    const get = world.stores.keychain.get;
    world.stores.keychain.get = (item) =>
      item === 'dev/b' ? Promise.resolve(err(createError('ERR_SECRETS_CORRUPT'))) : get(item);
    const moved = await moveSecrets('vault', app);
    expect(moved).toMatchObject({
      ok: false,
      error: {
        code: 'ERR_SECRETS_MOVE',
        problems: [{ path: ['b'], message: createError('ERR_SECRETS_CORRUPT').message }],
      },
    });
    expect(world.count).toBe(0);
    world.stores.keychain.get = get;
    await expectWhole(world, app, ALL);
  });

  it('does not begin when the other store does not work', async () => {
    const world = await createWorld();
    const app = start(world);
    world.stores.vault.probe = async () => ({ state: 'locked', name: 'x', reason: 'The vault is locked.' });
    const moved = await moveSecrets('vault', app);
    expect(moved).toMatchObject({ ok: false, error: { message: expect.stringContaining('The vault is locked.') } });
    await expectWhole(world, app, ALL);
  });

  it('does not trust a store that gives back something else', async () => {
    const world = await createWorld();
    const app = start(world);
    const set = world.stores.vault.set;
    world.stores.vault.set = (item, secret) => set(item, item === 'ovp/w' ? secretOf('nobody') : secret);
    expect(await moveSecrets('vault', app)).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_MOVE' } });
    await expectWhole(world, app, ALL);
    expect([...storesOf(app)].sort()).toEqual(['keychain', 'session']);
  });
});

/** How many changes a move makes when nothing goes wrong. */
async function countSteps(to: SecretStoreKind): Promise<number> {
  const world = await createWorld();
  await moveSecrets(to, start(world));
  return world.count;
}

describe.each(['vault', 'session', 'keychain'] as const)('a move to the %s', (to) => {
  it.each(['fails', 'works, unheard'] as const)('is done or not done when any one step %s', async (fate) => {
    const total = await countSteps(to);
    expect(total).toBeGreaterThan(5);
    const outcomes = new Set<string>();
    for (let at = 1; at <= total; at += 1) {
      const world = await createWorld();
      world.fail = (count) => (count === at ? fate : 'works');
      const app = start(world);
      const moved = await moveSecrets(to, app);
      outcomes.add(moved.ok ? 'done' : moved.error.code);
      const where = `step ${at} of ${total}`;
      if (moved.ok) expect([...storesOf(app)], where).toEqual([to]);
      else
        expect(
          rowsOf(app).map(({ id, store }) => [id, store]),
          where,
        ).toEqual(Object.values(LISTS).flatMap((list) => Object.entries(list).map(([id, { store }]) => [id, store])));
      await expectWhole(world, app, ALL, moved.ok ? moved.value.leftBehind : 1);
      // what was left is taken at the next start, if it is not memory
      world.fail = () => 'works';
      const again = start(world);
      await exclusively(again.holders, () => resumeMove(again));
      await expectWhole(world, again, ALL);
      expect(world.steps, where).toEqual([]);
      expect(await moveSecrets(to, again), where).toMatchObject({ ok: true });
      await expectWhole(world, again, ALL);
    }
    expect([...outcomes].sort()).toEqual(['ERR_SECRETS_MOVE', 'done']);
  });

  it('that a crash ends anywhere is carried on or taken back, and loses nothing that was kept', async () => {
    const total = await countSteps(to);
    const kept = to === 'session' ? [] : ['a', 'b', 'w'];
    const seen = new Set<string>();
    for (let at = 1; at <= total + 1; at += 1) {
      for (const fate of ['fails', 'works, unheard'] as const) {
        const world = await createWorld();
        world.fail = (count) => (count < at ? 'works' : count === at ? fate : 'fails');
        await moveSecrets(to, start(world));
        // the next start: memory is gone, and so are the rows that only memory had
        world.fail = () => 'works';
        Object.assign(world.stores, { session: createSessionStore() });
        for (const rows of Object.values(world.files))
          for (const [id, { store }] of Object.entries(rows)) if (store === 'session') delete rows[id];
        const app = start(world);
        await exclusively(app.holders, () => resumeMove(app));
        const where = `${fate} at step ${at} of ${total}`;
        expect(world.steps, where).toEqual([]);
        const ids = rowsOf(app).map(({ id }) => id);
        for (const id of kept) expect(ids, where).toContain(id);
        // a secret on its way into memory may stay behind in the keychain: nobody deletes what no list names
        await expectWhole(world, app, ids, to === 'session' ? 3 : 1);
        if (kept.length > 0) {
          const places = new Set(
            rowsOf(app)
              .filter(({ id }) => kept.includes(id))
              .map(({ store }) => store),
          );
          expect(places.size, where).toBe(1);
          seen.add([...places].join());
        }
      }
    }
    if (to === 'vault') expect([...seen].sort()).toEqual(['keychain', 'vault']);
  });
});

describe('what a crash left', () => {
  it('is not deleted when no list names either place: it may be the list that was lost', async () => {
    const world = await createWorld();
    world.steps = [
      {
        ...{ phase: 'deleting', holder: 'keys', id: 'a', label: 'a' },
        from: { store: 'keychain', item: 'prod/a' },
        to: { store: 'vault', item: 'prod/a' },
      },
    ];
    await world.stores.vault.set('prod/a', secretOf('a'));
    world.files['keys'] = {};
    const app = start(world);
    await resumeMove(app);
    for (const kind of ['keychain', 'vault'] as const)
      expect(await world.stores[kind].get('prod/a')).toMatchObject({ ok: true, value: expect.anything() });
  });

  it('waits for a store that cannot be reached', async () => {
    const world = await createWorld();
    const remove = world.stores.keychain.delete;
    world.stores.keychain.delete = async () => err(createError('ERR_SECRETS_LOCKED'));
    const app = start(world);
    expect(await moveSecrets('vault', app)).toEqual({ ok: true, value: { moved: 4, leftBehind: 3 } });
    await resumeMove(app);
    expect(world.steps).toHaveLength(3);
    world.stores.keychain.delete = remove;
    await resumeMove(start(world));
    expect(world.steps).toEqual([]);
    await expectWhole(world, app, ALL);
  });
});
