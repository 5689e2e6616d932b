import { encodeHex } from '../bytes/hex.ts';
import { decodeUtf8, decodeUtf8Lossy, encodeUtf8 } from '../bytes/utf8.ts';
import { shortestFloat } from './float.ts';
import type { CborBroken, CborBytes, CborFloat, CborText } from './node.ts';

/** Bytes that the shortest head for this argument takes after its initial byte. */
export function argumentWidth(argument: number | bigint): number {
  if (argument < 24) return 0;
  return argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x100000000 ? 4 : 8;
}

const INDICATORS: Readonly<Record<number, string>> = { 0: '_i', 1: '_0', 2: '_1', 4: '_2', 8: '_3' };

/** Encoding indicator (RFC 8949 §8.1): only where the width is not the one that is to be expected. */
export function indicator(width: number, expected: number): string {
  return width === expected ? '' : (INDICATORS[width] ?? '');
}

export function formatHex(item: CborBytes, width = argumentWidth(item.value.length)): string {
  return `h'${encodeHex(item.value)}'${indicator(width, argumentWidth(item.value.length))}`;
}

/** A quoted text. What is not UTF-8 has no notation: it is shown with U+FFFD, and its bytes in a comment. */
export function formatText(item: CborText, width?: number): string {
  const length = item.raw?.length ?? encodeUtf8(item.value).length;
  const quoted = `"${escapeText(item.value)}"${indicator(width ?? argumentWidth(length), argumentWidth(length))}`;
  return item.raw === undefined ? quoted : `${quoted} / not UTF-8: ${encodeHex(item.raw)} /`;
}

/** A string of indefinite length in its pieces: `(_ h'01', h'02')`, and `''_` or `""_` when there are none. */
export function formatChunks(item: CborBytes | CborText): string {
  const chunks = item.chunks ?? [];
  if (chunks.length === 0) return item.kind === 'bytes' ? "''_" : '""_';
  const content = item.kind === 'bytes' ? item.value : (item.raw ?? encodeUtf8(item.value));
  let at = 0;
  const pieces = chunks.map(({ length, width }) => {
    const piece = content.subarray(at, at + length);
    at += length;
    return item.kind === 'bytes' ? formatHex({ kind: 'bytes', value: piece }, width) : formatText(toText(piece), width);
  });
  return `(_ ${pieces.join(', ')})`;
}

function toText(bytes: Uint8Array): CborText {
  const decoded = decodeUtf8(bytes);
  return decoded.ok
    ? { kind: 'text', value: decoded.value }
    : { kind: 'text', value: decodeUtf8Lossy(bytes), raw: bytes };
}

/** The shortest decimal that gives the number back, always with a point or an exponent so that it is no integer. */
export function formatFloat(item: CborFloat, width: number): string {
  if (item.raw !== undefined) return `float'${encodeHex(item.raw)}'`;
  return `${formatNumber(item.value)}${indicator(width, shortestFloat(item.value))}`;
}

function formatNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

const SIMPLE_NAMES: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' };

export function formatSimple(value: number, width: number): string {
  const expected = value < 24 ? 0 : 1;
  if (width !== expected) return `simple(${value})${indicator(width, expected)}`;
  return SIMPLE_NAMES[value] ?? `simple(${value})`;
}

/** An elision with what is known of the item; it does not parse, since its bytes are not there. */
export function formatBroken(item: CborBroken, at: number): string {
  const { partial } = item;
  const stands =
    partial === undefined ? '' : `, begins ${partial.kind === 'bytes' ? formatHex(partial) : formatText(partial)}`;
  return `... / ${remarkText(`${item.code} at byte ${at}${stands}`)} /`;
}

/** Text that can stand between the slashes of a comment. */
export const remarkText = (text: string): string => text.replace(HIDDEN, escapeUnits).replaceAll('/', '\u2215');

/**
 * Whatever breaks the line, hides, or turns the reading direction of what follows (control and format characters, line
 * and paragraph separators) is shown as an escape, so that no token rearranges the screen.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const TO_ESCAPE = /["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const escapeText = (text: string): string =>
  text.replace(TO_ESCAPE, (found) => SHORT_ESCAPES[found] ?? escapeUnits(found));

function escapeUnits(text: string): string {
  let escaped = '';
  for (let i = 0; i < text.length; i++) escaped += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return escaped;
}
