import { encodeHex } from '../bytes/hex.ts';
import { printableUtf8 } from '../bytes/utf8.ts';
import type { Finding } from './finding.ts';

/** What may be known of a secret outside the place that holds it: never enough to guess it by. */
export interface SecretFacts {
  readonly bytes: number;
  /** how its bytes look: `published` stands in public samples, `pattern` repeats or counts, `words` is text a person made up */
  readonly look: 'random' | 'words' | 'pattern' | 'published';
}

/** RFC 7518 §3.2, RFC 8725 §3.5: a key for HMAC-SHA-256 has at least the length of its hash. */
const FULL_BYTES = 32;
/** Below this a secret is found by trying. */
const SHORT_BYTES = 16;

/** Keys of public READMEs and test suites (CAT.md e): everybody has them. */
const PUBLISHED_HEX: ReadonlySet<string> = new Set([
  '403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388',
  '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
]);
const PUBLISHED_TEXT = /^(?:test[-_ ]?secret|secret|password|changeme|key|test|example)\d{0,4}$/i;

/** Describes a secret. Runs where the secret is; only the description leaves that place. */
export function describeSecret(secret: Uint8Array): SecretFacts {
  return { bytes: secret.length, look: lookOf(secret) };
}

function lookOf(secret: Uint8Array): SecretFacts['look'] {
  const text = printableUtf8(secret);
  if (
    PUBLISHED_HEX.has(encodeHex(secret)) ||
    (text !== undefined && (PUBLISHED_HEX.has(text.toLowerCase()) || PUBLISHED_TEXT.test(text)))
  )
    return 'published';
  if (isPattern(secret)) return 'pattern';
  if (text === undefined || secret.length === 0) return 'random';
  // text that was drawn at random has digits or mixed letters and no words: hex, base64, UUIDs
  return /^(?:[0-9a-f]{16,}|[0-9A-F]{16,}|[0-9a-f-]{36}(?:-\w+)?)$/.test(text) ||
    (/^[\w+/=-]{20,}$/.test(text) && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text))
    ? 'random'
    : 'words';
}

/** One step from byte to byte (all equal, counting up), or a short piece over and over. */
function isPattern(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const step = ((bytes[1] ?? 0) - (bytes[0] ?? 0)) & 0xff;
  if (bytes.every((byte, i) => i === 0 || ((byte - (bytes[i - 1] ?? 0)) & 0xff) === step)) return true;
  for (let period = 1; period <= bytes.length / 3; period++)
    if (bytes.every((byte, i) => byte === bytes[i % period])) return true;
  return false;
}

/** Secrets that do not protect: for the row of a key, and beside a token it verifies. */
export function lintSecret({ bytes, look }: SecretFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const mend = 'Generate a key of 32 random bytes.';
  if (look === 'published')
    findings.push({
      code: 'published-secret',
      severity: 'error',
      message: 'This key stands in public samples, so anybody can make tokens with it.',
      mend,
    });
  else if (look !== 'random')
    findings.push({
      code: 'weak-secret',
      severity: 'warning',
      message:
        look === 'words'
          ? 'This key looks like words a person chose. Such keys are found by trying, from one token.'
          : 'This key repeats or counts. Such keys are found by trying, from one token.',
      mend,
    });
  if (bytes < FULL_BYTES)
    findings.push({
      code: 'short-secret',
      severity: bytes < SHORT_BYTES ? 'error' : 'warning',
      message: `This key has ${bytes} bytes. HS256 needs ${FULL_BYTES} to be as strong as its hash${bytes < SHORT_BYTES ? '; one this short is found by trying' : ''}.`,
      mend,
    });
  return findings;
}
