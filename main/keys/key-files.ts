import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { KeyFile } from '../../shared/contract/keys.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import { readSmallFile } from '../store/read-file.ts';
import { parseCoseKey } from './cose-key.ts';
import { isContainer } from './key-container.ts';

/** of a file that holds one key */
const MAX_KEY_BYTES = 16 * 1024;
/** of a JWK set or a container */
const MAX_SET_BYTES = 1024 * 1024;
const KEPT_MILLIS = 10 * 60 * 1000;
const MAX_HELD = 16;

/** Contents of chosen key files, by a handle: the window learns what a file looks like and never what is in it. */
export interface KeyFiles {
  hold(file: string): Promise<Result<KeyFile, AppError>>;
  /** the content, which stays until it is released: an import that fails can be tried again */
  get(handle: string): Result<SecretBytes, AppError>;
  release(handle: string): void;
}

export function createKeyFiles(now: () => number = Date.now): KeyFiles {
  const held = new Map<string, { readonly content: SecretBytes; readonly since: number }>();

  const release = (handle: string) => {
    held.get(handle)?.content.reveal().fill(0);
    held.delete(handle);
  };
  const releaseOld = () => {
    for (const [handle, { since }] of held) if (now() - since > KEPT_MILLIS) release(handle);
    for (const handle of held.keys()) {
      if (held.size < MAX_HELD) break;
      release(handle);
    }
  };
  return {
    hold: async (file) => {
      releaseOld();
      const content = await readSmallFile(file, MAX_SET_BYTES);
      if (!content.ok) {
        const tooLarge = content.error.code === 'ERR_FILE_TOO_LARGE';
        return tooLarge ? err(createError('ERR_KEY_TOO_LARGE')) : content;
      }
      if (content.value.length === 0) return err(createError('ERR_KEY_EMPTY'));
      const description = describe(content.value);
      const holdsMany = description.looksLike === 'jwks' || description.looksLike === 'container';
      if (!holdsMany && content.value.length > MAX_KEY_BYTES) return err(createError('ERR_KEY_TOO_LARGE'));
      const handle = randomUUID();
      held.set(handle, { content: new Secret(content.value), since: now() });
      return ok({ handle, fileName: path.basename(file), bytes: content.value.length, ...description });
    },
    get: (handle) => {
      releaseOld();
      const found = held.get(handle);
      return found ? ok(found.content) : err(createError('ERR_KEY_FILE_GONE'));
    },
    release,
  };
}

type Description = Pick<KeyFile, 'looksLike' | 'kid'>;

/** What a person would call the file; a guess, which the person confirms by choosing an encoding. */
function describe(content: Uint8Array): Description {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content).trim();
  } catch {
    return { looksLike: isCoseKey(content) ? 'cose-key' : 'binary' };
  }
  if (/[^\P{Cc}\n\r\t]/u.test(text)) return { looksLike: isCoseKey(content) ? 'cose-key' : 'binary' };
  if (text.includes('-----BEGIN ')) return { looksLike: 'pem' };
  if (text.startsWith('{')) return describeJson(text);
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return { looksLike: spellsCoseKey(text, 'hex') ? 'cose-key' : 'hex' };
  if (/^[A-Za-z0-9_-]{22,}={0,2}$/.test(text))
    return { looksLike: spellsCoseKey(text, 'base64url') ? 'cose-key' : 'base64url' };
  if (/^[A-Za-z0-9+/]{22,}={0,2}$/.test(text))
    return { looksLike: spellsCoseKey(text, 'base64') ? 'cose-key' : 'base64' };
  return { looksLike: 'text' };
}

/** A map with a key type that Catwalk knows, and all that such a key needs. */
const isCoseKey = (bytes: Uint8Array): boolean => parseCoseKey(bytes)?.ok === true;
const spellsCoseKey = (text: string, encoding: 'hex' | 'base64' | 'base64url'): boolean =>
  isCoseKey(new Uint8Array(Buffer.from(text, encoding)));

function describeJson(text: string): Description {
  try {
    const value: unknown = JSON.parse(text);
    if (isContainer(value)) return { looksLike: 'container' };
    if (!isJsonObject(value)) return { looksLike: 'text' };
    if (Array.isArray(value['keys'])) return { looksLike: 'jwks' };
    if (typeof value['kty'] !== 'string') return { looksLike: 'text' };
    const kid = value['kid'];
    return { looksLike: 'jwk', ...(typeof kid === 'string' && kid !== '' ? { kid } : {}) };
  } catch {
    return { looksLike: 'text' };
  }
}
