import { environment, keyIdSchema } from '../../shared/contract/keys.ts';
import type { OvpUnfinishedKey } from '../../shared/contract/ovp.ts';
import { secretStoreKind } from '../../shared/contract/secrets.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type KeyId, millis } from '../../shared/units.ts';
import type { SecretBytes } from '../secrets/secret.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

/**
 * Written before a key is asked for and removed when its secret is safely stored, so that nothing that may exist in the OVP
 * is forgotten when the app is killed. It names the key and where its secret was to go; the secret is never in it.
 */
const unfinishedNote = z.object({
  id: keyIdSchema,
  workspace: z.uuid(),
  name: z.string(),
  environment,
  notes: z.string(),
  store: secretStoreKind,
  item: z.string(),
  at: z.number().transform(millis),
  /** the key’s id in the OVP: known once it answered */
  kid: z.string().exactOptional(),
  /** `answered`: main had the secret; `lost`: it certainly was never stored */
  state: z.enum(['asking', 'answered', 'uncertain', 'lost']),
  reason: z.string().exactOptional(),
});
export type UnfinishedNote = z.output<typeof unfinishedNote>;
const documentSchema = z.object({ keys: z.array(unfinishedNote) });

/** A secret that came from the OVP and is not stored yet: in memory, and nowhere else. */
export interface HeldKey {
  readonly note: UnfinishedNote & { readonly kid: string };
  readonly secret: SecretBytes;
  /** why it is not stored */
  readonly reason: string;
}

export interface UnfinishedKeys {
  list(): readonly OvpUnfinishedKey[];
  notes(): readonly UnfinishedNote[];
  /** `isRunning`: it is being worked on, which is no reason to tell anybody */
  put(note: UnfinishedNote, isRunning: boolean): Promise<Result<void, AppError>>;
  remove(id: KeyId): Promise<Result<void, AppError>>;
  hold(held: HeldKey): void;
  held(id: KeyId): HeldKey | undefined;
  isRunning(id: KeyId): boolean;
  view(id: KeyId): OvpUnfinishedKey | undefined;
  settled(): Promise<void>;
}

export interface LoadedUnfinished {
  readonly unfinished: UnfinishedKeys;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadUnfinishedKeys(
  file: string,
  changed: (list: readonly OvpUnfinishedKey[]) => void,
): Promise<LoadedUnfinished> {
  const document = createJsonFile({ path: file, version: 1, schema: documentSchema, initial: () => ({ keys: [] }) });
  const loaded = await document.load();
  let notes: readonly UnfinishedNote[] = loaded.ok ? loaded.value.value.keys : [];
  const held = new Map<KeyId, HeldKey>();
  const running = new Set<KeyId>();

  const list = () => notes.filter(({ id }) => !running.has(id)).map((note) => describe(note, held.get(note.id)));

  async function write(next: readonly UnfinishedNote[]): Promise<Result<void, AppError>> {
    // in memory it changes at once: a note that could not be written is still true
    notes = next;
    const saved = await document.save({ keys: [...next] });
    changed(list());
    return saved.ok ? ok(undefined) : saved;
  }

  const unfinished: UnfinishedKeys = {
    list,
    notes: () => notes,
    put: (note, isRunning) => {
      if (isRunning) running.add(note.id);
      else running.delete(note.id);
      return write([...notes.filter(({ id }) => id !== note.id), note]);
    },
    remove: (id) => {
      running.delete(id);
      held.delete(id);
      return write(notes.filter((note) => note.id !== id));
    },
    hold: (key) => void held.set(key.note.id, key),
    held: (id) => held.get(id),
    isRunning: (id) => running.has(id),
    view: (id) => list().find((one) => one.id === id),
    settled: () => document.settled(),
  };
  return {
    unfinished,
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}

function describe(note: UnfinishedNote, held: HeldKey | undefined): OvpUnfinishedKey {
  const { id, workspace, name, environment: place, kid, at } = note;
  const known = { id, workspace, name, environment: place, at, ...(kid === undefined ? {} : { kid }) };
  if (held !== undefined) return { ...known, state: 'held', reason: held.reason };
  if (note.reason !== undefined)
    return { ...known, state: note.state === 'lost' ? 'lost' : 'uncertain', reason: note.reason };
  return { ...known, state: 'uncertain', reason: kid === undefined ? MAY_EXIST : MAY_BE_STORED };
}

const MAY_EXIST =
  'Catwalk ended while it waited for the OVP’s answer. A key of this name may exist there whose secret was never stored: delete it there and create another.';
const MAY_BE_STORED =
  'The key exists in the OVP. The store of secrets cannot be read now, so whether its secret was stored cannot be told: open the store and look again.';
