import { encodeUtf8 } from '../bytes/utf8.ts';
import type { ForeignReading } from './foreign.ts';
import { type CarrierKind, FOUND_LIMIT, type Found, type FoundRequest, type FoundToken } from './found.ts';
import type { Reading } from './read-token.ts';
import { endPositionAt, positionAt, type Slice } from './slice.ts';

/** Where a token stood, as the finding of it says. */
export interface Place {
  readonly kind: CarrierKind;
  readonly where: string;
  readonly request?: number;
}

interface Find {
  readonly token: FoundToken;
  request: number | undefined;
}

function positionsOf(slice: Slice, places: readonly number[], length: number): Uint32Array {
  const positions = new Uint32Array(length);
  for (let i = 0; i < length; i++) positions[i] = positionAt(slice, places[i] ?? 0);
  return positions;
}

const SHORT_ATTEMPT = 256;

/** Gathers what a search finds, and keeps the search linear: attempts that led nowhere are paid for. */
export class Finds {
  private readonly finds: Find[] = [];
  private readonly requests: FoundRequest[] = [];
  private stoppedAt: number | undefined;
  private overflowed = false;
  private attempts: number;

  constructor(inputLength: number) {
    this.attempts = 2 * inputLength + 1_000_000;
  }

  /** How many tokens there are so far: a mark for `since`. */
  get count(): number {
    return this.finds.length;
  }

  get full(): boolean {
    return this.overflowed;
  }

  /** Says where a search that became full was ended. */
  stop(position: number): void {
    this.stoppedAt = position;
  }

  /** Failed attempts have cost twice the input's length: hostile text, or noise. */
  get impatient(): boolean {
    return this.attempts <= 0;
  }

  /** How far a single attempt may read. */
  get patience(): number {
    return this.impatient ? SHORT_ATTEMPT : Number.POSITIVE_INFINITY;
  }

  /** Pays for an attempt that read `characters` and found nothing. */
  readonly fail = (characters: number): void => {
    this.attempts -= characters;
  };

  add(slice: Slice, reading: Reading, place: Place): void {
    this.keep(
      {
        kind: reading.kind,
        source: { kind: place.kind, where: place.where },
        start: positionAt(slice, reading.start),
        end: endPositionAt(slice, reading.end),
        text: reading.text,
        bytes: reading.bytes,
        repairs: reading.notes.build(slice),
        positions: positionsOf(slice, reading.places, reading.text.length),
        ...(reading.damagedAt !== undefined && { damagedAt: endPositionAt(slice, reading.damagedAt) }),
      },
      place.request,
    );
  }

  addForeign(slice: Slice, reading: ForeignReading, place: Place): void {
    const text = slice.text.slice(reading.start, reading.end);
    this.keep(
      {
        kind: 'not-a-cat',
        instead: { kind: reading.kind, message: reading.message },
        source: { kind: place.kind, where: place.where },
        start: positionAt(slice, reading.start),
        end: endPositionAt(slice, reading.end),
        text,
        bytes: encodeUtf8(text),
        repairs: [],
        positions: positionsOf(
          slice,
          Array.from({ length: text.length }, (_, index) => reading.start + index),
          text.length,
        ),
      },
      place.request,
    );
  }

  private keep(token: FoundToken, request: number | undefined): void {
    if (this.finds.length >= FOUND_LIMIT) this.overflowed = true;
    else this.finds.push({ token, request });
  }

  addRequest(request: FoundRequest): number {
    this.overflowed ||= this.requests.length >= FOUND_LIMIT;
    this.requests.push(request);
    return this.requests.length - 1;
  }

  request(index: number): FoundRequest | undefined {
    return this.requests[index];
  }

  /** Completes a request with what came after it: the response's status and Date. */
  completeRequest(index: number, more: Partial<FoundRequest>): void {
    const request = this.requests[index];
    if (request !== undefined) this.requests[index] = { ...request, ...more };
  }

  /** The tokens found since a mark, in order of finding. */
  since(mark: number): readonly FoundToken[] {
    return this.finds.slice(mark).map((find) => find.token);
  }

  /** Ties the tokens found since a mark to a request, those that have none yet. */
  tie(mark: number, request: number): void {
    for (let i = mark; i < this.finds.length; i++) {
      const find = this.finds[i];
      if (find) find.request ??= request;
    }
  }

  /** A range of the input turned out to be a carrier of its own: its tokens stood in that, and belong to its request. */
  claim(start: number, end: number, kind: CarrierKind, request: number | undefined): void {
    for (const [index, find] of this.finds.entries()) {
      const { token } = find;
      if (token.start < start || token.end > end) continue;
      const where = token.source.where.replace(/^(?:member|parameter|header) (?:\S*\.)?(?=playback_?token$)/i, '');
      this.finds[index] = { token: { ...token, source: { kind, where } }, request: request ?? find.request };
    }
  }

  /** All of it in input order; `input` is the carrier that the whole paste is, when a reader of one recognised it. */
  build(input: CarrierKind | undefined): Found {
    const sorted = [...this.finds].sort((a, b) => a.token.start - b.token.start || a.token.end - b.token.end);
    const first = sorted.find((find) => find.token.kind !== 'not-a-cat') ?? sorted[0];
    return {
      input: input ?? first?.token.source.kind ?? (this.requests.length > 0 ? 'url' : 'nothing'),
      tokens: sorted.map((find) => find.token),
      requests: this.requests,
      requestOf: sorted.map((find) => find.request),
      ...(this.stoppedAt !== undefined && { stoppedAt: this.stoppedAt }),
    };
  }
}
