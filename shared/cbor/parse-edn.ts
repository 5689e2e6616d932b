import { decodeBase64Lenient } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat-bytes.ts';
import { decodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { err, ok, type Result } from '../result.ts';
import { int } from './build.ts';
import { argumentWidth } from './edn-literals.ts';
import { type EdnError, EdnFailure, EdnScanner, locate } from './edn-scanner.ts';
import { encode } from './encode.ts';
import { isPlainNan, readFloat, shortestFloat } from './float.ts';
import {
  CBOR_LIMITS,
  type CborBytes,
  type CborChunk,
  type CborFloat,
  type CborSimple,
  type CborText,
  type CborValue,
} from './node.ts';

/**
 * Reads one item of diagnostic notation (RFC 8949 §8, draft-ietf-cbor-edn-literals): h'', b64'', '', <<>>, tags,
 * comments, encoding indicators, simple values, NaN and Infinity, float''. Order, duplicates and indicators are kept in
 * the value: `encode` with `form: 'authored'` writes what is meant. A comma after the last member is allowed.
 */
export function parseEdn(text: string): Result<CborValue, EdnError> {
  const parser = new Parser(text);
  try {
    return ok(parser.whole());
  } catch (failure) {
    if (failure instanceof EdnFailure) return err(locate(text, failure));
    throw failure;
  }
}

const INTEGER_OR_FLOAT =
  /[+-]?(?:0[xX][0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?(?:[pP][+-]?\d+)?|0[oO][0-7]+|0[bB][01]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)/y;
const WORD = /[A-Za-z][A-Za-z0-9]*/y;
const INDICATOR = /_(?:i|[0-3])?/y;
const WIDTHS: Readonly<Record<string, number>> = { _i: 0, _0: 1, _1: 2, _2: 4, _3: 8, _: -1 };
const NAMES: ReadonlyMap<string, CborFloat | CborSimple> = new Map([
  ['false', { kind: 'simple', value: 20 }],
  ['true', { kind: 'simple', value: 21 }],
  ['null', { kind: 'simple', value: 22 }],
  ['undefined', { kind: 'simple', value: 23 }],
  ['NaN', { kind: 'float', value: Number.NaN }],
  ['Infinity', { kind: 'float', value: Number.POSITIVE_INFINITY }],
]);

class Parser extends EdnScanner {
  private depth = 0;

  whole(): CborValue {
    const value = this.item();
    this.skip();
    if (this.at < this.text.length) this.fail(`expected the end of the text, found ${this.describeNext()}`);
    return value;
  }

  private item(): CborValue {
    this.skip();
    // one more than the limit: a leaf at the deepest level is no level of its own
    if (++this.depth > CBOR_LIMITS.depth + 1) this.fail(`nested deeper than ${CBOR_LIMITS.depth} levels`);
    const value = this.unnested(this.at);
    this.depth--;
    return value;
  }

  private unnested(start: number): CborValue {
    if (this.take('...')) this.fail('an elision stands for bytes that are missing', start);
    if (this.take('[')) return this.array();
    if (this.take('{')) return this.map();
    if (this.take('<<')) return this.embedded();
    if (this.take('(')) return this.chunked(start);
    if (this.peek('"')) return this.string({ kind: 'text', value: this.quoted('"') });
    if (this.peek("'")) return this.string({ kind: 'bytes', value: encodeUtf8(this.quoted("'")) });
    if (this.take('-Infinity')) return this.float(Number.NEGATIVE_INFINITY);
    const number = this.match(INTEGER_OR_FLOAT);
    if (number !== undefined) return this.number(number, start);
    const word = this.match(WORD);
    if (word === undefined) return this.fail(`expected a value, found ${this.describeNext()}`);
    return this.peek("'") ? this.prefixed(word, start) : this.named(word, start);
  }

  /** The width an indicator here asks for; it must hold what the shortest head would. */
  private width(least: number, indefinite: boolean): number | undefined {
    const start = this.at;
    const indicator = this.match(INDICATOR);
    if (indicator === undefined) return undefined;
    const width = WIDTHS[indicator] ?? 0;
    if (width === -1 && !indefinite) this.fail('no indefinite length is possible here', start);
    if (width >= 0 && width < least) this.fail(`${indicator} is too narrow for this value`, start);
    return width;
  }

  private number(text: string, start: number): CborValue {
    const hex = /^[+-]?0[xX]/.test(text);
    if (hex ? /[.pP]/.test(text) : /[.eE]/.test(text)) {
      const value = hex ? hexFloat(text) : Number(text);
      if (!Number.isFinite(value)) this.fail('this number is too large for a float', start);
      return this.float(value);
    }
    const magnitude = BigInt(text.replace(/^[+-]/, ''));
    const negative = text.startsWith('-') && magnitude > 0n;
    const item = int(negative ? -magnitude : magnitude);
    const argument = negative ? magnitude - 1n : magnitude;
    if (argument >= 1n << 64n) return item; // a bignum, which has no width
    const width = this.width(argumentWidth(argument), false);
    if (this.take('(')) {
      if (/^[+-]/.test(text)) this.fail('a tag number has no sign', start);
      const tag = { kind: 'tag' as const, tag: item.value, value: this.item() };
      this.expect(')', 'after the tagged value');
      return width === undefined ? tag : { ...tag, width };
    }
    return width === undefined ? item : { ...item, width };
  }

  private float(value: number): CborValue {
    const width = this.width(shortestFloat(value), false);
    return width === undefined ? { kind: 'float', value } : { kind: 'float', value, width };
  }

  /** A string with its indicator; `""_` and `''_` are the empty strings of indefinite length. */
  private string(item: CborBytes | CborText): CborValue {
    const length = item.kind === 'bytes' ? item.value.length : encodeUtf8(item.value).length;
    const width = this.width(argumentWidth(length), length === 0);
    if (width === -1) return { ...item, width, chunks: [] };
    return width === undefined ? item : { ...item, width };
  }

  private named(word: string, start: number): CborValue {
    const known = NAMES.get(word);
    if (known?.kind === 'float') return this.float(known.value);
    if (known !== undefined) return known;
    if (word !== 'simple' || !this.take('(')) return this.fail(`${JSON.stringify(word)} is no value`, start);
    this.skip();
    const digits = this.match(/\d+/y);
    const value = Number(digits ?? 256);
    if (value > 255) this.fail('a simple value is a number from 0 to 255');
    this.expect(')', 'after the simple value');
    const width = this.width(value < 24 ? 0 : 1, false);
    return width === undefined ? { kind: 'simple', value } : { kind: 'simple', value, width };
  }

  private prefixed(prefix: string, start: number): CborValue {
    this.at++;
    switch (prefix) {
      case 'h':
        return this.string({ kind: 'bytes', value: this.hexDigits() });
      case 'b64':
        return this.string({ kind: 'bytes', value: this.base64Digits() });
      case 'float': {
        const raw = this.hexDigits();
        const width = raw.length === 2 ? 2 : raw.length === 4 ? 4 : raw.length === 8 ? 8 : undefined;
        if (width === undefined) return this.fail("float'' takes 2, 4 or 8 bytes", start);
        const value = readFloat(raw, 0, width);
        return Number.isNaN(value) && !isPlainNan(raw, 0, width)
          ? { kind: 'float', value, width, raw }
          : { kind: 'float', value, width };
      }
      default:
        return this.fail(`the prefix ${JSON.stringify(prefix)} is not known`, start);
    }
  }

  /** Hexadecimal digits up to the closing quote, white space and comments between them. */
  private hexDigits(): Uint8Array {
    const start = this.at - 1;
    let digits = '';
    for (;;) {
      this.skip();
      if (this.take("'")) break;
      const more = this.match(/[0-9a-fA-F]+/y);
      if (more === undefined) {
        if (this.at >= this.text.length) this.fail('this string is not closed', start);
        this.fail(`expected a hexadecimal digit, found ${this.describeNext()}`);
      }
      digits += more;
    }
    const decoded = decodeHex(digits);
    return decoded.ok ? decoded.value : this.fail('an odd number of hexadecimal digits', this.at - 1);
  }

  private base64Digits(): Uint8Array {
    const start = this.at;
    const content = this.match(/[^']*/y) ?? '';
    if (!this.take("'")) this.fail('this string is not closed', start - 1);
    const decoded = decodeBase64Lenient(content.replace(/\s/g, ''));
    if (decoded.stoppedAt === undefined) return decoded.bytes;
    let place = 0;
    for (let left = decoded.stoppedAt; left > 0 || /\s/.test(content.charAt(place)); place++)
      if (!/\s/.test(content.charAt(place))) left--;
    return this.fail('no base64 from here on', start + place);
  }

  private quoted(quote: '"' | "'"): string {
    const start = this.at++;
    let text = '';
    for (;;) {
      text += this.match(/[^"'\\\p{Cc}]*/uy) ?? '';
      if (this.take(quote)) break;
      if (this.at >= this.text.length) this.fail('this string is not closed', start);
      if (this.take('\\')) text += this.escape();
      else if (this.take('\r\n') || this.take('\n')) text += '\n';
      else if (this.peek('"') || this.peek("'") || this.peek('\t')) text += this.text.charAt(this.at++);
      else this.fail('a control character must be written as an escape');
    }
    if (/\p{Cs}/u.test(text)) this.fail('half a surrogate pair is no character', start);
    return text;
  }

  private escape(): string {
    const start = this.at - 1;
    const simple = ESCAPES[this.text.charAt(this.at)];
    if (simple !== undefined) {
      this.at++;
      return simple;
    }
    const unit = this.match(/u[0-9a-fA-F]{4}/y);
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit.slice(1), 16));
    const point = Number.parseInt(this.match(/u\{[0-9a-fA-F]{1,8}\}/y)?.slice(2) ?? '', 16);
    if (!(point <= 0x10ffff)) this.fail('this escape is not known', start);
    return String.fromCodePoint(point);
  }

  private embedded(): CborValue {
    const items: Uint8Array[] = [];
    this.members('>>', 'in this embedded item', () => items.push(encode(this.item(), { form: 'authored' })));
    return this.string({ kind: 'bytes', value: concatBytes(...items) });
  }

  private chunked(start: number): CborValue {
    if (!this.take('_')) this.fail('expected "_": round brackets hold the pieces of a string of indefinite length');
    const pieces: ((CborBytes | CborText) & { readonly width?: number })[] = [];
    this.members(')', 'after a piece of the string', () => {
      this.skip();
      const at = this.at;
      const piece = this.item();
      if (
        (piece.kind !== 'bytes' && piece.kind !== 'text') ||
        piece.width === -1 ||
        piece.kind !== (pieces[0] ?? piece).kind
      )
        return this.fail('the pieces are strings of one type, each of definite length', at);
      pieces.push(piece);
    });
    const contents = pieces.map((piece) => (piece.kind === 'bytes' ? piece.value : encodeUtf8(piece.value)));
    const chunks = contents.map(
      ({ length }, i): CborChunk => ({ length, width: pieces[i]?.width ?? argumentWidth(length) }),
    );
    switch (pieces[0]?.kind) {
      case undefined:
        return this.fail(`an empty string of indefinite length is written ''_ or ""_`, start);
      case 'bytes':
        return { kind: 'bytes', value: concatBytes(...contents), chunks, width: -1 };
      default:
        return { kind: 'text', value: pieces.map(({ value }) => value).join(''), chunks, width: -1 };
    }
  }

  private array(): CborValue {
    const items: CborValue[] = [];
    const width = this.group(']', 'after an item of the array', items, () => this.item());
    return width === undefined ? { kind: 'array', items } : { kind: 'array', items, width };
  }

  private map(): CborValue {
    const entries: { key: CborValue; value: CborValue }[] = [];
    const width = this.group('}', 'after an entry of the map', entries, () => {
      const key = this.item();
      this.expect(':', 'after the key');
      return { key, value: this.item() };
    });
    return width === undefined ? { kind: 'map', entries } : { kind: 'map', entries, width };
  }

  /** The members of an array or map; gives the width that the indicator behind the bracket asks for. */
  private group<T>(close: string, where: string, members: T[], read: () => T): number | undefined {
    const indicatorAt = this.at;
    const width = this.width(0, true);
    this.members(close, where, () => members.push(read()));
    if (width !== undefined && width >= 0 && width < argumentWidth(members.length))
      this.fail('the indicator is too narrow for this many members', indicatorAt);
    return width;
  }

  /** Separated by commas up to the closing bracket; one comma may follow the last. */
  private members(close: string, where: string, read: () => void): void {
    this.skip();
    while (!this.take(close)) {
      read();
      this.skip();
      if (!this.take(',') && !this.peek(close))
        this.fail(`expected "," or "${close}" ${where}, found ${this.describeNext()}`);
      this.skip();
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** `0x1.8p-2`: a hexadecimal fraction times a power of two. */
function hexFloat(text: string): number {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)0[xX]([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?\d+))?$/.exec(text) ?? [];
  const size = Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}
