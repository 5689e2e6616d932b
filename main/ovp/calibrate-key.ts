import { randomBytes } from 'node:crypto';
import type { OvpCalibration } from '../../shared/contract/ovp.ts';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { calibrate } from '../../shared/flowplayer/calibrate.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type KeyId, millis } from '../../shared/units.ts';
import type { Keys } from '../keys/keys.ts';
import { createTokenCall } from './calls.ts';
import type { Client, Target } from './client.ts';

export interface CalibrateOptions {
  readonly client: Client;
  readonly keys: Keys;
  readonly crypto: CryptoPort;
  readonly now: () => number;
  target(workspace: string): Result<Target, AppError>;
}

const TOKEN_SECONDS = 60;

/** Learns how a key’s text is read and how the OVP writes its tokens, from a pasted token or one that is asked for. */
export async function calibrateKey(
  id: KeyId,
  pasted: string | undefined,
  request: string | undefined,
  options: CalibrateOptions,
): Promise<Result<OvpCalibration, AppError>> {
  const { keys, crypto, now } = options;
  const record = (await keys.list()).find((key) => key.id === id);
  if (record === undefined) return err(createError('ERR_KEY_NOT_FOUND'));
  if (record.family !== 'hmac')
    return ok({
      state: 'cannot-tell',
      reason: 'Only a shared secret can be read in several ways, and this is a key pair.',
    });
  // before anything is asked for: without the secret a token would tell nothing
  const secret = await keys.secret(id);
  if (!secret.ok) return secret;
  const token = pasted === undefined ? await askForToken(record, request, options) : ok(pasted);
  if (!token.ok) return token;
  const { kid } = record;
  const content = secret.value.reveal();
  const found = calibrate(token.value, { content, ...(kid === undefined ? {} : { kid }) }, crypto);
  if (found.state !== 'matched') return ok(found);
  const saved = await keys.setCalibration(id, {
    encoding: found.encoding,
    ruledOut: [...found.ruledOut],
    envelope: found.form.envelope,
    differences: [...found.form.differences],
    at: millis(now()),
    source: pasted === undefined ? 'ovp' : 'pasted',
  });
  return saved.ok ? ok({ state: 'matched', key: saved.value }) : saved;
}

async function askForToken(
  { kid, workspace }: { readonly kid?: string; readonly workspace?: string },
  request: string | undefined,
  { client, target, now }: CalibrateOptions,
): Promise<Result<string, AppError>> {
  if (kid === undefined || workspace === undefined)
    return err(
      createError('ERR_OVP_WORKSPACE_GONE', {
        message: 'This key belongs to no workspace of the OVP, so no token can be asked for.',
        hint: 'Paste a token that was made with it.',
      }),
    );
  const found = target(workspace);
  if (!found.ok) return found;
  const token = await client.call(
    found.value,
    createTokenCall(
      () => ({
        key_id: kid,
        exp: Math.floor(now() / 1000) + TOKEN_SECONDS,
        // the guide's own claim, with a path that no asset has: should the token get out, it opens nothing
        catu: { '3': [3, `catwalk-calibration-${randomBytes(8).toString('hex')}`] },
      }),
      `ask for a token of ${TOKEN_SECONDS} seconds`,
    ),
    request,
  );
  return token.ok ? token : err(token.error.error);
}
