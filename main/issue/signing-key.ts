import type { KeyRecord } from '../../shared/contract/keys.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyId } from '../../shared/units.ts';
import { refOf } from '../keys/key-ring.ts';
import type { Keys } from '../keys/keys.ts';
import { readKey } from '../keys/read-key.ts';
import { chooseReading } from './choose-reading.ts';

/** A key that may sign now, with its secret: for main alone. */
export interface SigningKey {
  readonly record: KeyRecord;
  readonly candidate: CandidateKey;
}

/**
 * The key of an id, ready to sign. A guarded key, as every new production key is, wants its name, typed by a person: no click
 * alone makes a token that real viewers can use. Of a rotation the newest key signs.
 */
export async function openSigningKey(
  keys: Pick<Keys, 'list' | 'secret'>,
  id: KeyId,
  confirmName: string | undefined,
): Promise<Result<SigningKey, AppError>> {
  const records = await keys.list();
  const record = records.find((key) => key.id === id);
  if (record === undefined) return err(createError('ERR_KEY_NOT_FOUND'));
  if (record.part === 'public')
    return err(createError('ERR_ISSUE_KEY', { message: 'This is a public key: it verifies tokens, it makes none.' }));
  const next = record.replacedBy && records.find((key) => key.id === record.replacedBy);
  if (next)
    return err(
      createError('ERR_KEY_REPLACED', { message: `“${record.name}” was replaced by “${next.name}”, which signs now.` }),
    );
  if (record.guard === 'type-the-name' && confirmName?.trim() !== record.name) {
    const what = record.environment === 'prod' ? 'is a production key' : 'is guarded';
    return err(createError('ERR_ISSUE_CONFIRM', { message: `“${record.name}” ${what}: type its name to sign.` }));
  }
  const secret = await keys.secret(id);
  if (!secret.ok) return secret;
  // what was learnt from the issuer's own token goes before what was assumed
  const encoding = record.calibration?.encoding ?? record.encoding;
  const read = readKey(secret.value.reveal(), encoding, refOf(record));
  if (!read.ok) return read;
  const candidate = chooseReading(read.value.candidates);
  return candidate === undefined ? err(createError('ERR_KEY_EMPTY')) : ok({ record, candidate });
}
