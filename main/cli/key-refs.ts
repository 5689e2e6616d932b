import { encodeUtf8 } from '../../shared/bytes/utf8.ts';
import type { CandidateKey, KeyEncoding } from '../../shared/cose/crypto-port.ts';
import { parseKey } from '../keys/parse-key.ts';
import { createKeytarStore } from '../secrets/keytar-store.ts';
import { CliError, EXIT } from './exit.ts';
import { readFile, readStdin } from './input.ts';

const ENCODINGS: readonly (KeyEncoding | 'auto')[] = [
  'auto',
  'utf8',
  'hex',
  'base64',
  'base64url',
  'raw',
  'jwk',
  'pem',
];

/** Options of every command that takes keys. */
export const KEY_OPTIONS = {
  key: { type: 'string', multiple: true },
  'key-encoding': { type: 'string' },
} as const;

/** The keys that `--key` names, under the readings that `--key-encoding` allows. A secret never comes by argument. */
export async function loadKeys(refs: readonly string[], encoding = 'auto'): Promise<readonly CandidateKey[]> {
  const reading = ENCODINGS.find((known) => known === encoding);
  if (reading === undefined) {
    throw new CliError(EXIT.usage, `“${encoding}” is no key encoding. ${ENCODINGS.join(', ')} are.`);
  }
  const keys: CandidateKey[] = [];
  for (const ref of refs) {
    for (const content of await readKeyRef(ref)) {
      const parsed = parseKey(content, { ref, encoding: reading });
      if (!parsed.ok) throw new CliError(EXIT.usage, `${ref}: ${parsed.error.message}`);
      keys.push(...parsed.value);
    }
  }
  return keys;
}

async function readKeyRef(ref: string): Promise<readonly Uint8Array[]> {
  if (ref === 'stdin') return [readStdin('key')];
  const [kind, name] = splitRef(ref);
  switch (kind) {
    case 'file':
      return [readFile(name)];
    case 'env': {
      const content = process.env[name];
      if (content === undefined) throw new CliError(EXIT.notFound, `There is no environment variable “${name}”.`);
      return [encodeUtf8(content)];
    }
    case 'keychain':
      return readKeychain(name);
    default:
      // the text itself is not repeated: it may be the secret
      throw new CliError(
        EXIT.usage,
        'A key is file:PATH, env:NAME, stdin or keychain:NAME; a secret is never an argument.',
      );
  }
}

function splitRef(ref: string): readonly [kind: string, name: string] {
  const colon = ref.indexOf(':');
  return colon < 1 ? ['', ''] : [ref.slice(0, colon), ref.slice(colon + 1)];
}

/** Items are called `<environment>/<name>`; a bare name is looked for in every environment. */
async function readKeychain(name: string): Promise<readonly Uint8Array[]> {
  const store = createKeytarStore();
  const items = name.includes('/') ? [name] : ['prod', 'stage', 'dev'].map((environment) => `${environment}/${name}`);
  const found: Uint8Array[] = [];
  for (const item of items) {
    const secret = await store.get(item);
    if (!secret.ok) throw new CliError(EXIT.unavailable, `${secret.error.message} ${secret.error.hint ?? ''}`.trim());
    if (secret.value !== undefined) found.push(secret.value.reveal());
  }
  if (found.length === 0) throw new CliError(EXIT.notFound, `The keychain holds no key of Catwalk’s called “${name}”.`);
  return found;
}
