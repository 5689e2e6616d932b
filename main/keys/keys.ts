import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyCalibration, KeyRecord, KeySetImported, KeyUse, KeyVerification } from '../../shared/contract/keys.ts';
import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import type { CandidateKey, CryptoPort } from '../../shared/cose/crypto-port.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type KeyId, millis } from '../../shared/units.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import type { SecretHolder } from '../secrets/secret-holder.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { DEFAULT_KDF, type Kdf } from '../secrets/vault-crypto.ts';
import { addKey, type KeyPlace, type NewKey, recoverKey, reserveKey } from './add-key.ts';
import { deleteKey } from './delete-key.ts';
import { generateKey } from './generate-key.ts';
import { importKey } from './import-key.ts';
import { importSet } from './import-set.ts';
import { type ContainedKey, sealContainer } from './key-container.ts';
import { fetchSecret, findKey, type KeyDesk, viewKey } from './key-desk.ts';
import type { KeyFiles } from './key-files.ts';
import type { KeyRecords } from './key-records.ts';
import { createKeyRing } from './key-ring.ts';
import { fileNameOf, formatPublicPart, type PublicFormat } from './public-part.ts';
import { rotateKey } from './rotate-key.ts';
import { calibrateKey, updateKey } from './update-key.ts';
import { verifyToken } from './verify-token.ts';

/** The keys of this installation. What goes out are records; secrets go in and stay, or leave encrypted. */
export interface Keys {
  list(): Promise<readonly KeyRecord[]>;
  import(input: ParsedInput<'keys.import'>): Promise<Result<KeyRecord, AppError>>;
  importSet(input: ParsedInput<'keys.importSet'>): Promise<Result<KeySetImported, AppError>>;
  generate(input: ParsedInput<'keys.generate'>): Promise<Result<KeyRecord, AppError>>;
  rotate(input: ParsedInput<'keys.rotate'>): Promise<Result<KeyRecord, AppError>>;
  update(input: ParsedInput<'keys.update'>): Promise<Result<KeyRecord, AppError>>;
  delete(id: KeyId): Promise<Result<null, AppError>>;
  verify(token: string): Promise<Result<KeyVerification, AppError>>;
  /** every reading of the keys that are ready, or of one of them, to try tokens with inside main */
  candidates(id?: KeyId): Promise<readonly CandidateKey[]>;
  /** who would miss a key: its rotation, and what others were added to know of it */
  uses(id: KeyId): Promise<Result<KeyUse[], AppError>>;
  addUseFinder(find: UseFinder): void;
  /** a container of these keys, encrypted; all of them or an error */
  export(ids: readonly KeyId[], passphrase: string): Promise<Result<ExportedKeys, AppError>>;
  publicPart(
    id: KeyId,
    format: PublicFormat,
  ): Promise<Result<{ readonly fileName: string; readonly publicKey: string }, AppError>>;
  /** A place for a key that is still to be made: the store was tried and takes secrets, the item is free. */
  reserve(named: Pick<KeyPlace, 'name' | 'environment'>, store: SecretStoreKind): Promise<Result<KeyPlace, AppError>>;
  /** Stores a secret that exists nowhere else, then lists its key. If listing fails, the secret stays in the store. */
  add(key: NewKey, secret: SecretBytes): Promise<Result<KeyRecord, AppError>>;
  /** Lists a key whose secret was stored before the app ended; `undefined`: the store does not have it. */
  recover(key: NewKey): Promise<Result<KeyRecord | undefined, AppError>>;
  /** the secret, for work inside main */
  secret(id: KeyId): Promise<Result<SecretBytes, AppError>>;
  /** the key made a token: written down, but not every second */
  noteUse(id: KeyId): Promise<void>;
  /** remembers what was learnt of a key, and reads its secret so from now on */
  setCalibration(id: KeyId, calibration: KeyCalibration): Promise<Result<KeyRecord, AppError>>;
  /** for moves between stores, and to read the secrets again after one was unlocked */
  readonly holder: SecretHolder;
  /** resolves when no change is under way */
  settled(): Promise<void>;
}

export type UseFinder = (key: KeyRecord) => Promise<readonly KeyUse[]>;

export interface ExportedKeys {
  readonly fileName: string;
  /** whom it holds, as its owner knows them */
  readonly names: readonly string[];
  readonly json: string;
}

export interface KeysOptions {
  readonly records: KeyRecords;
  readonly secrets: Secrets;
  readonly files: KeyFiles;
  readonly crypto: CryptoPort;
  readonly changed?: (keys: readonly KeyRecord[]) => void;
  readonly now?: () => number;
  /** what the passphrase of an export costs to try */
  readonly kdf?: Kdf;
}

/** how often "last used" is written down for a key that is in constant use */
const USE_MILLIS = 60_000;

export function createKeys(options: KeysOptions): Keys {
  const { records, secrets, files, crypto, changed = () => undefined, now = Date.now, kdf = DEFAULT_KDF } = options;
  const ring = createKeyRing(secrets);
  const desk: KeyDesk = { records, secrets, ring, now };
  const useFinders: UseFinder[] = [];
  let loading: Promise<void> | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  const loaded = () => (loading ??= ring.load(records.all()));
  const view = () => records.all().map((key) => viewKey(desk, key));

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  }

  /** Changes run one after the other: each touches the store and the list, which must agree afterwards. */
  function change<T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    return inTurn(async () => {
      await loaded();
      const result = await work();
      if (result.ok) changed(view());
      // the store may have gone since it was last looked at
      else if (result.error.code.startsWith('ERR_SECRETS_')) await secrets.recheck();
      return result;
    });
  }

  async function noteUse(id: KeyId): Promise<void> {
    const key = records.find(id);
    if (!key || now() - (key.lastUsedAt ?? 0) < USE_MILLIS) return;
    await change(async () => {
      const current = records.find(id);
      return current ? records.put({ ...current, lastUsedAt: millis(now()) }) : ok(undefined);
    });
  }

  async function exportKeys(ids: readonly KeyId[], passphrase: string): Promise<Result<ExportedKeys, AppError>> {
    const contained: ContainedKey[] = [];
    for (const id of new Set(ids)) {
      const key = findKey(desk, id);
      if (!key.ok) return key;
      const secret = await fetchSecret(desk, key.value);
      if (!secret.ok)
        return { ok: false, error: { ...secret.error, message: `${key.value.name}: ${secret.error.message}` } };
      contained.push({ ...key.value, content: secret.value.bytes });
    }
    const names = contained.map(({ name, environment }) => `${name} (${environment})`);
    const json = await sealContainer(contained, new Secret(passphrase), kdf);
    const [first] = contained;
    const what = contained.length === 1 && first ? fileNameOf(first.name) : `${contained.length}`;
    return ok({ fileName: `catwalk-keys-${what}.json`, names, json });
  }

  const holder: SecretHolder = {
    name: 'keys',
    secrets: () =>
      records.all().map(({ id, name, environment, store, item }) => ({
        id,
        label: `${name} (${environment})`,
        store,
        item,
        isMissing: ring.availability(id) === 'missing',
      })),
    point: async (places) => {
      const pointed = records.all().flatMap((key) => {
        const place = places.get(key.id);
        return place ? [{ ...key, store: place.store, item: place.item }] : [];
      });
      const saved = await records.put(...pointed);
      if (saved.ok) changed(view());
      return saved;
    },
    exclusively: (work) =>
      inTurn(async () => {
        await loaded();
        return work();
      }),
    reload: async () => {
      loading = ring.load(records.all());
      await loading;
      changed(view());
    },
  };

  return {
    list: async () => {
      await loaded();
      return view();
    },
    import: (input) => change(() => importKey(desk, files, input)),
    importSet: (input) => change(() => importSet(desk, files, input)),
    generate: (input) => change(() => generateKey(desk, input)),
    rotate: (input) => change(() => rotateKey(desk, input)),
    update: (input) => change(() => updateKey(desk, input)),
    delete: (id) => change(() => deleteKey(desk, id)),
    verify: async (token) => {
      await loaded();
      const all = records.all();
      const verified = verifyToken(token, view(), ring.candidates(all), ring.otherwise(all), crypto);
      if (verified.ok && verified.value.state === 'verified') void noteUse(verified.value.key.id);
      return verified;
    },
    candidates: async (id) => {
      await loaded();
      const all = records.all();
      return ring.candidates(id === undefined ? all : all.filter((key) => key.id === id));
    },
    uses: async (id) => {
      const found = findKey(desk, id);
      if (!found.ok) return found;
      const key = viewKey(desk, found.value);
      const linked = (kind: 'replaced' | 'replacement', other: KeyId | undefined): KeyUse[] => {
        const name = other && records.find(other)?.name;
        return name === undefined ? [] : [{ kind, name }];
      };
      return ok([
        ...linked('replaced', key.replaces),
        ...linked('replacement', key.replacedBy),
        ...(await Promise.all(useFinders.map((find) => find(key)))).flat(),
      ]);
    },
    addUseFinder: (find) => void useFinders.push(find),
    export: exportKeys,
    publicPart: async (id, format) => {
      const key = findKey(desk, id);
      if (!key.ok) return key;
      const secret = await fetchSecret(desk, key.value);
      return secret.ok ? formatPublicPart(key.value, secret.value.bytes.reveal(), format) : secret;
    },
    reserve: async (named, store) => {
      await loaded();
      return reserveKey(desk, named, store);
    },
    add: (key, secret) => change(() => addKey(desk, key, secret)),
    recover: (key) => change(() => recoverKey(desk, key)),
    secret: async (id) => {
      const key = findKey(desk, id);
      if (!key.ok) return key;
      const secret = await fetchSecret(desk, key.value);
      return secret.ok ? ok(secret.value.bytes) : secret;
    },
    noteUse,
    setCalibration: (id, calibration) => change(() => calibrateKey(desk, id, calibration)),
    holder,
    settled: async () => {
      await tail;
      await records.settled();
    },
  };
}
