import { decode } from '../cbor/decode.ts';
import { CBOR_LIMITS } from '../cbor/node.ts';
import { Extent, type ExtentState } from './cbor-extent.ts';
import {
  isBase64,
  isBlank,
  isInvisible,
  isLineBreak,
  isQuote,
  isStandardOnly,
  isUrlOnly,
  nibbleOf,
  sextetOf,
} from './characters.ts';
import { type Escape, readEscape } from './escape.ts';

import { RepairNotes } from './repair.ts';
import { mayBecomeToken, START_BYTES, startsLikeToken } from './token-shape.ts';

export interface WalkOptions {
  /** the text holds one value and nothing else: blanks inside it belong to the token when they complete it */
  readonly whole: boolean;
  /** `/` separates path segments, so it is base64 only where the token is not complete without it */
  readonly path: boolean;
  /** give up (as if nothing were there) after so many characters that lead to no complete token */
  readonly patience: number;
  /** told how many characters were read for nothing, when it was more than a look at the beginning */
  readonly onFailure?: (characters: number) => void;
}

/** Beyond the decoder's limit a little is kept, so that the limit is said; what follows is not read. */
const MOST_BYTES = CBOR_LIMITS.bytes + 1024;
/** A stretch this long on the next line is the token going on; English has no such words. */
const LONG_PIECE = 20;
const FIRST_LOOK = 12;
const SECOND_LOOK = 2048;
/** How far it goes on behind a place it may turn back to. */
const MOST_DOUBTFUL = 8192;

interface Checkpoint {
  readonly at: number;
  readonly places: number;
  readonly bytes: number;
}

/**
 * Reads one token's characters from a position on, in base64 or hexadecimal, through whatever crept between them, and
 * stops where the CBOR item in it ends or where nothing readable follows. One pass, no look ahead over more than a word.
 */
export class Walk {
  readonly text: string;
  readonly limit: number;
  readonly hex: boolean;
  /** position in `text` of each character that was understood (hexadecimal: of each digit) */
  readonly places: number[] = [];
  readonly notes = new RepairNotes();
  /** how many bytes there are so far */
  size = 0;
  state: ExtentState = 'more';
  /** where the first byte stood that cannot be CBOR */
  badAt: number | undefined;
  /** how many characters were read, those behind a place it turned back to included */
  walked = 0;
  /** position after the last character that was understood */
  at: number;
  private readonly options: WalkOptions;
  private readonly extent = new Extent();
  // 64 bytes are kept in the array's own object, and most walks end before that
  private buffer = new Uint8Array(64);
  private held = 0;
  private heldBits = 0;
  private turnBack: Checkpoint | undefined;
  private urlSafe = false;
  private nextLook = SECOND_LOOK;

  constructor(text: string, from: number, limit: number, hex: boolean, options: WalkOptions) {
    this.text = text;
    this.limit = limit;
    this.hex = hex;
    this.at = from;
    this.options = options;
  }

  /** What was read so far; a view, not a copy. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.size);
  }

  /** `false`: what stands here does not begin as a token does. */
  run(): boolean {
    let i = this.at;
    let looked = false;
    while (i < this.limit && this.size < MOST_BYTES) {
      if (!looked && this.size >= FIRST_LOOK) {
        const begins = startsLikeToken(this.bytes);
        if (begins === false) return false;
        looked = begins === true || this.size > START_BYTES;
      }
      if (this.state !== 'done' && this.isTooFar()) {
        if (this.turnBack === undefined) return false;
        break;
      }
      // noise that began like a token is not read to its end
      if (this.size >= this.nextLook && this.state !== 'done' && !this.looksLikeToken()) return false;
      const code = this.text.charCodeAt(i);
      const escaped = code === 0x25 || code === 0x5c ? readEscape(this.text, i, this.limit) : undefined;
      const next = this.step(escaped?.code ?? code, i, escaped);
      if (next < 0) break;
      i = next;
    }
    this.settle();
    return startsLikeToken(this.bytes) !== false;
  }

  private looksLikeToken(): boolean {
    this.nextLook = Number.POSITIVE_INFINITY;
    return mayBecomeToken(decode(this.bytes).root, this.options.whole);
  }

  private isTooFar(): boolean {
    this.walked++;
    const doubtful = this.turnBack === undefined ? 0 : this.places.length - this.turnBack.places;
    return this.walked > this.options.patience || doubtful > MOST_DOUBTFUL;
  }

  /** Takes one character; gives the position after it, or -1 when it is no part of the token. */
  private step(code: number, at: number, escaped: Escape | undefined): number {
    const next = at + (escaped?.width ?? 1);
    const value = this.hex ? nibbleOf(code) : sextetOf(code);
    if (value < (this.hex ? 16 : 64)) {
      if (code === 0x2f && this.endsAtSlash(at, escaped)) return -1;
      this.take(value, at, next, code, escaped);
      return next;
    }
    if (isInvisible(code) && escaped === undefined) {
      this.notes.add('invisible', at, next);
      return next;
    }
    if (this.state !== 'more') return -1;
    if (isBlank(code)) return this.crossBlanks(at);
    return this.hex && this.options.whole ? this.crossHexSeparator(code, at) : -1;
  }

  private endsAtSlash(at: number, escaped: Escape | undefined): boolean {
    if (this.state === 'done') return true;
    if (!this.options.path || escaped !== undefined) return false;
    if (this.state === 'bad') return true;
    this.turnBack ??= this.checkpoint(at);
    return false;
  }

  private take(value: number, at: number, next: number, code: number, escaped: Escape | undefined): void {
    if (escaped) this.notes.add(escaped.kind, at, next);
    this.places.push(at);
    this.at = next;
    if (this.hex) {
      this.held = (this.held << 4) | value;
      this.heldBits += 4;
    } else {
      if (isStandardOnly(code)) this.notes.add('base64-standard', at, next);
      else if (isUrlOnly(code)) this.urlSafe = true;
      this.held = (this.held << 6) | value;
      this.heldBits += 6;
    }
    if (this.heldBits < 8) return;
    this.heldBits -= 8;
    const byte = (this.held >> this.heldBits) & 0xff;
    this.held &= (1 << this.heldBits) - 1;
    if (this.size === this.buffer.length) this.grow();
    this.buffer[this.size++] = byte;
    if (this.state !== 'more') return;
    this.state = this.extent.push(byte);
    if (this.state !== 'bad') return;
    this.badAt = at;
    this.nextLook = 0;
  }

  private grow(): void {
    const grown = new Uint8Array(4 * this.buffer.length);
    grown.set(this.buffer);
    this.buffer = grown;
  }

  private checkpoint(at: number): Checkpoint {
    return { at, places: this.places.length, bytes: this.size };
  }

  /**
   * Blanks inside a token: a wrapped line, or a copy that broke it up. The token goes on behind them when a stretch too
   * long for a word follows; a short one may only if the token then ends exactly with it, else the reading turns back.
   */
  private crossBlanks(at: number): number {
    let to = at;
    let breaks = false;
    while (to < this.limit) {
      const code = this.text.charCodeAt(to);
      const escaped = code === 0x25 || code === 0x5c ? readEscape(this.text, to, this.limit) : undefined;
      const plain = escaped?.code ?? code;
      if (isLineBreak(plain)) breaks = true;
      // quoted mail puts > at the start of a line
      else if (!isBlank(plain) && !isInvisible(plain) && !(breaks && plain === 0x3e)) break;
      to += escaped?.width ?? 1;
    }
    if (to >= this.limit || (!breaks && !this.options.whole) || beginsToken(this.text, to, this.limit)) return -1;
    const length = pieceLength(this.text, to, this.limit);
    if (length === 0) return -1;
    if (length < LONG_PIECE) {
      const tail = to + length;
      if (!this.options.whole && !endsLine(this.text, tail, this.limit)) return -1;
      this.turnBack ??= this.checkpoint(at);
    }
    this.notes.add(breaks ? 'line-breaks' : 'whitespace', at, to);
    return to;
  }

  /** `d1:84:43`, `0xd1, 0x84`: only where nothing but the bytes is expected. */
  private crossHexSeparator(code: number, at: number): number {
    let to = code === 0x3a || code === 0x2c ? at + 1 : at;
    while (to < this.limit && isBlank(this.text.charCodeAt(to))) to++;
    if (this.text.startsWith('0x', to) || this.text.startsWith('0X', to)) to += 2;
    return to > at && nibbleOf(this.text.charCodeAt(to)) < 16 ? to : -1;
  }

  /** Turns back to the doubtful place when going on did not complete the token. */
  private settle(): void {
    const back = this.turnBack;
    if (back !== undefined && !(this.state === 'done' && this.endsCleanly())) {
      this.places.length = back.places;
      this.size = back.bytes;
      this.at = back.at;
      this.notes.forget(back.at);
      this.state = 'more';
      this.badAt = undefined;
    }
    if (this.hex) this.notes.add('hex', this.places[0] ?? this.at, this.at);
    else if (this.urlSafe) this.notes.rename('base64-standard', 'base64-mixed');
  }

  private endsCleanly(): boolean {
    let to = this.at;
    while (this.text[to] === '=') to++;
    if (this.options.path) return !isBase64(this.text.charCodeAt(to)) || this.text[to] === '/';
    return this.options.whole ? isRestEmpty(this.text, to, this.limit) : endsLine(this.text, to, this.limit);
  }
}

function pieceLength(text: string, from: number, limit: number): number {
  let to = from;
  while (to < limit && to - from < LONG_PIECE && (isBase64(text.charCodeAt(to)) || text.charCodeAt(to) === 0x25)) to++;
  return to - from;
}

/** Whether only padding, quotes and blanks follow on the line. */
function endsLine(text: string, from: number, limit: number): boolean {
  let to = from;
  while (to < limit && (text[to] === '=' || isQuote(text.charCodeAt(to)))) to++;
  while (to < limit && isBlank(text.charCodeAt(to)) && !isLineBreak(text.charCodeAt(to))) to++;
  return to >= limit || isLineBreak(text.charCodeAt(to));
}

/** Whether nothing but blanks, quotes and punctuation is left. */
export function isRestEmpty(text: string, from: number, limit: number): boolean {
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    const escaped = code === 0x25 || code === 0x5c ? readEscape(text, at, limit) : undefined;
    if (escaped !== undefined && isBlank(escaped.code)) at += escaped.width - 1;
    else if (!isBlank(code) && !isInvisible(code) && !isQuote(code) && !'.,;:!?)]}>'.includes(text.charAt(at)))
      return false;
  }
  return true;
}

/** d0–d2 83/84 and d8 3d d0–d2 in base64 and hexadecimal, 84 43 a1, and a JWT's. */
const ENVELOPE_STARTS = /^(?:0[IYo][NR]|2D3[QRS]|hE(?:Oh|Si)|eyJ|d[012]8[34][45]|d83dd)/;

/** Whether another token starts here, by the few beginnings that tagged envelopes and JWTs have. */
const beginsToken = (text: string, at: number, limit: number): boolean =>
  ENVELOPE_STARTS.test(text.slice(at, Math.min(at + 8, limit)));
