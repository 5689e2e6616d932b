import type { OvpKeyOutcome, OvpUnfinishedKey } from '../../shared/contract/ovp.ts';
import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import type { KeyList, OvpKey } from '../../shared/flowplayer/api/key-answer.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type KeyId, millis } from '../../shared/units.ts';
import type { KeyPlace } from '../keys/add-key.ts';
import type { Keys } from '../keys/keys.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import { createKeyCall, listKeysCall } from './calls.ts';
import type { CallFailure, Client, Target } from './client.ts';
import type { HeldKey, UnfinishedKeys, UnfinishedNote } from './unfinished-keys.ts';

export interface KeyWish {
  readonly name: string;
  readonly environment: KeyPlace['environment'];
  readonly notes: string;
  readonly store: SecretStoreKind;
  readonly request?: string;
}

/**
 * Makes keys in the OVP and loses none of their secrets. The order is the point: the store is proved, a note is written, the
 * OVP is asked, the secret is stored and read back, the key is listed, the note goes, and only then it is told.
 */
export interface KeyMaker {
  create(target: Target, wish: KeyWish): Promise<Result<OvpKeyOutcome, AppError>>;
  /** another try with a secret that is held, in the same store or another */
  storeAgain(id: KeyId, store: SecretStoreKind): Promise<Result<OvpKeyOutcome, AppError>>;
  /** the secret of a held key, for a reveal that its owner confirmed */
  heldSecret(id: KeyId): SecretBytes | undefined;
  forget(id: KeyId): Promise<Result<void, AppError>>;
  /** Unfinished keys; those whose secret turns out to be stored are listed as keys first. */
  unfinished(): Promise<readonly OvpUnfinishedKey[]>;
  settled(): Promise<void>;
}

export interface KeyMakerOptions {
  readonly client: Client;
  readonly keys: Keys;
  readonly unfinished: UnfinishedKeys;
  readonly now: () => number;
}

/** A key is looked for among those made since it was asked for, give or take what clocks differ. */
const CLOCK_MARGIN = 10 * 60_000;

export function createKeyMaker({ client, keys, unfinished, now }: KeyMakerOptions): KeyMaker {
  const works = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    works.add(work);
    void work.finally(() => works.delete(work)).catch(() => undefined);
    return work;
  };

  async function create(target: Target, wish: KeyWish): Promise<Result<OvpKeyOutcome, AppError>> {
    const { name, environment, store, notes, request } = wish;
    const place = await keys.reserve({ name, environment }, store);
    if (!place.ok) return place;
    const note: UnfinishedNote = {
      ...place.value,
      workspace: target.id,
      notes,
      at: millis(now()),
      state: 'asking',
    };
    const noted = await unfinished.put(note, true);
    if (!noted.ok) {
      await unfinished.remove(note.id);
      return noted;
    }
    const answer = await client.call(target, createKeyCall(name), request);
    if (!answer.ok)
      return answer.error.mayHaveArrived ? lookForKey(target, note, answer.error) : drop(note, answer.error);
    const created = answer.value;
    if (!created.ok) {
      const kid = created.error.kind === 'no-value' ? created.error.key.id : undefined;
      return leave({ ...note, ...(kid === undefined ? {} : { kid }), state: 'lost', reason: WITHOUT_VALUE });
    }
    const { key, value } = created.value;
    const answered = { ...note, kid: key.id, state: 'answered' } as const;
    const held: HeldKey = { note: answered, secret: new Secret(new TextEncoder().encode(value)), reason: '' };
    unfinished.hold(held);
    // if this cannot be written the older note still says that the key may exist
    await unfinished.put(answered, true);
    return storeHeld(held, note);
  }

  /** The key was certainly not made. */
  async function drop(note: UnfinishedNote, { error }: CallFailure): Promise<Result<never, AppError>> {
    await unfinished.remove(note.id);
    return err(error);
  }

  async function leave(note: UnfinishedNote): Promise<Result<OvpKeyOutcome, AppError>> {
    await unfinished.put(note, false);
    return outcome(note.id);
  }

  function outcome(id: KeyId): Result<OvpKeyOutcome, AppError> {
    const left = unfinished.view(id);
    return left === undefined
      ? err(createError('ERR_OVP_UNFINISHED_GONE'))
      : ok({ kind: 'unfinished', unfinished: left });
  }

  /** No answer, or none that could be read: the list of keys tells whether the key was made. It is never asked for twice. */
  async function lookForKey(
    target: Target,
    note: UnfinishedNote,
    failure: CallFailure,
  ): Promise<Result<OvpKeyOutcome, AppError>> {
    const listed = await client.call(target, listKeysCall(note.name));
    const because = failure.error.message;
    if (!listed.ok)
      return leave({ ...note, state: 'uncertain', reason: `${because} ${UNCERTAIN} ${listed.error.error.message}` });
    const known = new Set((await keys.list()).map(({ kid }) => kid));
    const found = findMade(listed.value, note, known);
    if (found !== undefined) return leave({ ...note, kid: found.id, state: 'lost', reason: `${because} ${EXISTS}` });
    if (!isWhole(listed.value)) return leave({ ...note, state: 'uncertain', reason: `${because} ${UNCERTAIN}` });
    await unfinished.remove(note.id);
    return err({ ...failure.error, message: `${because} ${NOT_MADE}`, hint: 'Try again.' });
  }

  async function storeHeld(held: HeldKey, place: KeyPlace): Promise<Result<OvpKeyOutcome, AppError>> {
    const { note, secret } = held;
    const stored = await keys.add(
      {
        id: note.id,
        name: note.name,
        environment: note.environment,
        store: place.store,
        item: place.item,
        kid: note.kid,
        encoding: 'auto',
        origin: 'ovp',
        notes: note.notes,
        workspace: note.workspace,
      },
      secret,
    );
    if (stored.ok) {
      // a note that cannot be removed is: once the key is listed it means nothing any more
      await unfinished.remove(note.id);
      return ok({ kind: 'stored', key: stored.value });
    }
    unfinished.hold({ ...held, reason: `${stored.error.message} ${HELD}` });
    await unfinished.put(note, false);
    return outcome(note.id);
  }

  async function storeAgain(id: KeyId, kind: SecretStoreKind): Promise<Result<OvpKeyOutcome, AppError>> {
    const held = unfinished.held(id);
    if (held === undefined || unfinished.isRunning(id)) return err(createError('ERR_OVP_UNFINISHED_GONE'));
    if (kind === held.note.store) return storeHeld(held, held.note);
    const place = await keys.reserve(held.note, kind);
    if (!place.ok) return place;
    const { store, item } = place.value;
    const moved = { ...held, note: { ...held.note, store, item } };
    unfinished.hold(moved);
    await unfinished.put(moved.note, false);
    return storeHeld(moved, moved.note);
  }

  /** Killed after the secret was stored and before the key was listed: then the key is listed now. */
  async function recover(): Promise<void> {
    for (const note of unfinished.notes()) {
      const { id, kid, state } = note;
      if (state !== 'answered' || kid === undefined || unfinished.isRunning(id) || unfinished.held(id)) continue;
      const { name, environment, store, item, notes, workspace } = note;
      const recovered = await keys.recover({
        ...{ id, name, environment, store, item, kid, notes, workspace },
        encoding: 'auto',
        origin: 'ovp',
      });
      // a store that cannot be asked now is asked again at the next look
      if (!recovered.ok) continue;
      if (recovered.value !== undefined) await unfinished.remove(id);
      else await unfinished.put({ ...note, state: 'lost', reason: NEVER_STORED }, false);
    }
  }

  return {
    create: (target, wish) => track(create(target, wish)),
    storeAgain: (id, kind) => track(storeAgain(id, kind)),
    heldSecret: (id) => unfinished.held(id)?.secret,
    forget: async (id) => {
      if (unfinished.isRunning(id) || unfinished.view(id) === undefined)
        return err(createError('ERR_OVP_UNFINISHED_GONE'));
      return unfinished.remove(id);
    },
    unfinished: async () => {
      await track(recover());
      return unfinished.list();
    },
    settled: async () => {
      await Promise.allSettled(works);
      await unfinished.settled();
    },
  };
}

/** The newest of this name that is not known here and was made since it was asked for. */
function findMade(list: KeyList, note: UnfinishedNote, known: ReadonlySet<string | undefined>): OvpKey | undefined {
  return list.keys
    .filter(({ id, name }) => name === note.name && !known.has(id))
    .filter(({ createdAt }) => createdAt === undefined || createdAt >= note.at - CLOCK_MARGIN)
    .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0];
}

const isWhole = ({ keys, total }: KeyList): boolean => total === undefined || total <= keys.length;

const EXISTS =
  'The list of keys shows that the key was made, but its secret was not received, and the OVP shows a secret once only. Delete the key there and create another.';
const NOT_MADE = 'The list of keys has no new key of this name, so none was made.';
const UNCERTAIN = 'Whether the key was made could not be found out. Look for it in the OVP before another is created.';
const WITHOUT_VALUE =
  'The OVP made the key and its answer had no secret in it. It shows a secret once only: delete the key there and create another.';
const NEVER_STORED =
  'The key exists in the OVP, and Catwalk ended before its secret was stored. The OVP shows a secret once only: delete the key there and create another.';
const HELD = 'The secret is in memory and is not lost while Catwalk runs.';
