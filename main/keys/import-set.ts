import type { ParsedInput } from '../../shared/contract/contract.ts';
import { defaultGuard, type ImportEncoding, type KeySetImported, keyName } from '../../shared/contract/keys.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import { readSource } from './import-key.ts';
import { isContainer, openContainer } from './key-container.ts';
import { isTaken, type KeyDesk, type NewRecord, storeNew } from './key-desk.ts';
import type { KeyFiles } from './key-files.ts';

type SetInput = ParsedInput<'keys.importSet'>;

interface Entry {
  readonly record: NewRecord;
  readonly content: SecretBytes;
  readonly encoding: ImportEncoding;
}

/** The keys of a JWK set (RFC 7517 §5) or of a container, each as a row of its own. One that cannot be used keeps none out. */
export async function importSet(
  desk: KeyDesk,
  files: KeyFiles,
  input: SetInput,
): Promise<Result<KeySetImported, AppError>> {
  const content = readSource(files, input.source);
  if (!content.ok) return content;
  const entries = await readSet(content.value, input);
  content.value.reveal().fill(0);
  if (!entries.ok) return entries;
  const imported: KeySetImported = { keys: [], refused: [] };
  let unusable: AppError | undefined;
  for (const { record, content, encoding } of entries.value) {
    const stored = await storeNew(desk, withFreeName(desk, record), content, encoding);
    if (stored.ok) imported.keys.push(stored.value);
    else if (isAboutTheStore(stored.error)) unusable ??= stored.error;
    else imported.refused.push({ name: record.name, reason: stored.error.message });
  }
  // nothing came in for a reason that has nothing to do with the keys
  if (unusable && imported.keys.length === 0) return err(unusable);
  if (unusable) imported.refused.push({ name: 'The others', reason: unusable.message });
  if (input.source.kind === 'file') files.release(input.source.handle);
  return ok(imported);
}

async function readSet(content: SecretBytes, input: SetInput): Promise<Result<readonly Entry[], AppError>> {
  const json = parseJson(content.reveal());
  if (isContainer(json)) {
    if (input.passphrase === undefined)
      return err(createError('ERR_CONTAINER_PASSPHRASE', { message: 'The key container wants its passphrase.' }));
    const opened = await openContainer(json, new Secret(input.passphrase));
    if (!opened.ok) return opened;
    return ok(
      opened.value.map(({ content: secret, encoding, ...record }) => ({
        record: { ...record, origin: 'imported' },
        content: secret,
        encoding,
      })),
    );
  }
  const keys = isJsonObject(json) ? json['keys'] : undefined;
  if (!Array.isArray(keys) || keys.length === 0) return err(createError('ERR_KEY_NOT_A_SET'));
  return ok(keys.map((jwk: unknown, index) => readJwk(jwk, index, input)));
}

function readJwk(jwk: unknown, index: number, { environment }: SetInput): Entry {
  const kid = isJsonObject(jwk) && typeof jwk['kid'] === 'string' ? jwk['kid'] : undefined;
  // a kid is any text, a name is not
  const name = keyName.safeParse(kid).data ?? `key ${index + 1}`;
  return {
    record: { name, environment, notes: '', guard: defaultGuard(environment), origin: 'imported' },
    content: new Secret(new TextEncoder().encode(JSON.stringify(jwk))),
    encoding: 'jwk',
  };
}

function withFreeName(desk: KeyDesk, record: NewRecord): NewRecord {
  if (!isTaken(desk, record)) return record;
  for (let number = 2; ; number += 1) {
    const name = `${record.name.slice(0, 74)} (${number})`;
    if (!isTaken(desk, { ...record, name })) return { ...record, name };
  }
}

const isAboutTheStore = ({ code }: AppError): boolean => /^ERR_(?:SECRETS|VAULT|STORE)_/.test(code);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
