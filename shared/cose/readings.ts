import { decodeBase64Lenient } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/equal-bytes.ts';
import { decodeHex } from '../bytes/hex.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { CandidateKey, KeyEncoding } from './crypto-port.ts';

export type SecretEncoding = Extract<KeyEncoding, 'utf8' | 'hex' | 'base64' | 'base64url' | 'raw'>;

/** What is known of a secret beside its content. */
export interface SecretFacts {
  readonly ref: string;
  readonly kid?: string;
  readonly alg?: string;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Every reading of a secret as it was typed or as it stands in a file: its text, the bytes it spells in hex, base64 or
 * base64url, and its text with a line break at the end (`echo secret > file`). Each distinct byte string comes once, with
 * the first encoding that gave it. With a chosen encoding only that one is read; none fits → an empty list.
 */
export function readSecret(
  content: Uint8Array,
  encoding: SecretEncoding | 'auto',
  facts: SecretFacts,
): readonly CandidateKey[] {
  const readings: CandidateKey[] = [];
  const add = (as: SecretEncoding, bytes: Uint8Array | undefined, withNewline = false): void => {
    if (bytes === undefined || bytes.length === 0) return;
    if (readings.some(({ material }) => material.kind === 'secret' && equalBytes(material.bytes, bytes))) return;
    readings.push({ ...facts, encoding: as, withNewline, material: { kind: 'secret', bytes } });
  };
  if (encoding === 'raw') {
    add('raw', content);
    return readings;
  }
  const end = lineEnd(content);
  const line = content.subarray(0, end);
  const text = decodeUtf8(line);
  if (!text.ok) {
    // bytes that are no text can only be the secret itself
    if (encoding === 'auto') add('raw', content);
    return readings;
  }
  const wants = (as: SecretEncoding): boolean => encoding === 'auto' || encoding === as;
  const trimmed = text.value.trim();
  if (wants('utf8')) add('utf8', line);
  if (wants('hex')) add('hex', readHex(trimmed));
  if (wants('base64')) add('base64', readBase64(trimmed, STANDARD));
  if (wants('base64url')) add('base64url', readBase64(trimmed, URL_SAFE));
  if (wants('utf8') && line.length > 0) {
    add('utf8', withEnd(line, [NEWLINE]), true);
    if (content.length - end === 2) add('utf8', withEnd(line, [RETURN, NEWLINE]), true);
  }
  return readings;
}

/** Where the text ends, before one line break. */
function lineEnd(content: Uint8Array): number {
  if (content.at(-1) !== NEWLINE) return content.length;
  return content.at(-2) === RETURN ? content.length - 2 : content.length - 1;
}

function readHex(text: string): Uint8Array | undefined {
  const decoded = decodeHex(text.replace(/^0x/i, ''));
  return decoded.ok ? decoded.value : undefined;
}

const STANDARD = /^[A-Za-z0-9+/]+={0,2}$/;
const URL_SAFE = /^[A-Za-z0-9_-]+={0,2}$/;

/** Padding and unused bits are forgiven: encoders differ, and a secret is only tried. */
function readBase64(text: string, alphabet: RegExp): Uint8Array | undefined {
  if (!alphabet.test(text)) return undefined;
  const { bytes, stoppedAt } = decodeBase64Lenient(text);
  return stoppedAt === undefined ? bytes : undefined;
}

function withEnd(line: Uint8Array, end: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(line.length + end.length);
  bytes.set(line);
  bytes.set(end, line.length);
  return bytes;
}
