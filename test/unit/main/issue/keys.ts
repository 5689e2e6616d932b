import type { Keys } from '../../../../main/keys/keys.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import { defaultGuard, type KeyRecord } from '../../../../shared/contract/keys.ts';
import { createError } from '../../../../shared/errors.ts';
import { err, ok } from '../../../../shared/result.ts';
import { keyId, millis } from '../../../../shared/units.ts';
import { SECRET_HEX } from '../../issue/issuing.ts';

const record = (
  number: number,
  more: Pick<KeyRecord, 'name' | 'environment'> & Partial<Pick<KeyRecord, 'part' | 'secret'>>,
): KeyRecord => ({
  id: keyId(`00000000-0000-4000-8000-00000000000${number}`),
  kid: 'k1',
  family: 'hmac',
  part: 'secret',
  encoding: 'hex',
  size: 32,
  fingerprint: '00000000',
  createdAt: millis(0),
  origin: 'imported',
  notes: '',
  guard: defaultGuard(more.environment),
  store: 'keychain',
  item: more.name,
  secret: 'ready',
  ...more,
});

/** Keys as Issue sees them: one for development, one for production, one that only verifies, one that is locked away. */
export function keysWith() {
  const dev = record(1, { name: 'dev-1', environment: 'dev' });
  const prod = record(2, { name: 'prod-2', environment: 'prod' });
  const verifies = record(3, { name: 'public', environment: 'dev', part: 'public' });
  const locked = record(4, { name: 'locked', environment: 'dev', secret: 'locked' });
  const content = Buffer.from(SECRET_HEX);
  const used: string[] = [];
  const keys: Pick<Keys, 'list' | 'secret' | 'noteUse'> = {
    list: async () => [dev, prod, verifies, locked],
    secret: async (id) => (id === locked.id ? err(createError('ERR_SECRETS_LOCKED')) : ok(new Secret(content))),
    noteUse: async (id) => {
      used.push(id);
    },
  };
  return { ...keys, dev, prod, verifies, locked, used, secretIsWhole: () => content.toString() === SECRET_HEX };
}
