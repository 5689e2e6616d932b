import type { KeyRecord } from '../../shared/contract/keys.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { readSecret } from '../../shared/cose/readings.ts';
import type { AppError } from '../../shared/errors.ts';
import type { KeyId } from '../../shared/units.ts';
import type { SecretBytes } from '../secrets/secret.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { StoredKey } from './key-records.ts';
import { readKey } from './read-key.ts';

type Availability = KeyRecord['secret'];

/** A record with its secret, as far as that can be had now. */
interface Loaded {
  readonly secret: Availability;
  readonly candidates: readonly CandidateKey[];
  /** what the text of a secret would be if it were read otherwise than its owner said */
  readonly otherwise: readonly CandidateKey[];
}

/** Secrets that were read once, ready for use: a keychain is not asked again for every token. */
export interface KeyRing {
  load(keys: readonly StoredKey[]): Promise<void>;
  /** after an import or a change, from the secret at hand */
  put(key: StoredKey, secret: SecretBytes): void;
  remove(id: KeyId): void;
  availability(id: KeyId): Availability;
  candidates(keys: readonly StoredKey[]): readonly CandidateKey[];
  /** readings that were ruled out by what was chosen: never to sign with, and no proof of anything but a wrong choice */
  otherwise(keys: readonly StoredKey[]): readonly CandidateKey[];
}

export function createKeyRing(secrets: Secrets): KeyRing {
  const rings = new Map<KeyId, Loaded>();

  async function read(key: StoredKey): Promise<Loaded> {
    const store = await secrets.open(key.store);
    if (!store.ok) return without(availabilityOf(store.error));
    const found = await store.value.get(key.item);
    if (!found.ok) return without(availabilityOf(found.error));
    if (found.value === undefined) return without('missing');
    return open(key, found.value);
  }

  return {
    load: async (keys) => {
      const known = new Set(keys.map((key) => key.id));
      for (const id of rings.keys()) if (!known.has(id)) rings.delete(id);
      for (const key of keys) {
        const now = await read(key);
        // a store that went away takes nothing back: what was read in this session stays usable
        const isGone = now.secret === 'unavailable' && rings.get(key.id)?.secret === 'ready';
        if (!isGone) rings.set(key.id, now);
      }
    },
    put: (key, secret) => {
      rings.set(key.id, open(key, secret));
    },
    remove: (id) => {
      rings.delete(id);
    },
    availability: (id) => rings.get(id)?.secret ?? 'unavailable',
    candidates: (keys) => keys.flatMap((key) => rings.get(key.id)?.candidates ?? []),
    otherwise: (keys) => keys.flatMap((key) => rings.get(key.id)?.otherwise ?? []),
  };
}

function open(key: StoredKey, secret: SecretBytes): Loaded {
  const read = readKey(secret.reveal(), key.encoding, refOf(key));
  if (!read.ok) return without('unreadable');
  const { candidates } = read.value;
  // the keys of a set keep their own ids; else the owner's word goes before what the content says
  const isSet = new Set(candidates.map(({ kid }) => kid)).size > 1;
  return {
    secret: 'ready',
    candidates: isSet ? candidates : candidates.map((candidate) => withKid(candidate, key.kid)),
    otherwise: readOtherwise(key, secret),
  };
}

const without = (secret: Availability): Loaded => ({ secret, candidates: [], otherwise: [] });

const TEXT_ENCODINGS: readonly string[] = ['utf8', 'hex', 'base64', 'base64url'];

function readOtherwise(key: StoredKey, secret: SecretBytes): readonly CandidateKey[] {
  if (key.family !== 'hmac' || !TEXT_ENCODINGS.includes(key.encoding)) return [];
  return readSecret(secret.reveal(), 'auto', {
    ref: refOf(key),
    ...(key.kid === undefined ? {} : { kid: key.kid }),
  }).filter(({ encoding }) => encoding !== key.encoding);
}

function withKid({ kid: _own, ...candidate }: CandidateKey, kid: string | undefined): CandidateKey {
  return kid === undefined ? candidate : { ...candidate, kid };
}

/** How the engine's sentences call a key; environment and name together are unique. */
export const refOf = (key: Pick<StoredKey, 'environment' | 'name'>): string => `${key.environment}/${key.name}`;

function availabilityOf(error: AppError): Availability {
  switch (error.code) {
    case 'ERR_SECRETS_LOCKED':
    case 'ERR_SECRETS_DENIED':
      return 'locked';
    case 'ERR_SECRETS_CORRUPT':
      return 'unreadable';
    // put aside, and its secrets with it
    case 'ERR_VAULT_NONE':
      return 'missing';
    default:
      return 'unavailable';
  }
}
