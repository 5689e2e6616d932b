import { readEmbeds } from '../flowplayer/read-embed.ts';
import { tokenisedUrl } from '../flowplayer/tokenised-url.ts';
import { isBlank, isInvisible } from './characters.ts';
import { findCurl, scanCurl } from './curl.ts';
import { Finds } from './finds.ts';
import type { CarrierKind, Found, FoundRequest } from './found.ts';
import { scanJson } from './har.ts';
import { beginsHeader, HttpMessageReader } from './http-message.ts';
import { beginsJson } from './json-text.ts';
import { LogReader } from './log-line.ts';
import { readWhole, scanText, valueStart } from './scan.ts';
import { type ShellRegion, shellRegion } from './shell.ts';
import { type Slice, subSlice, wholeInput } from './slice.ts';
import { cleanUrl, urlEnd, urlSchemeAt } from './url.ts';
import { isRestEmpty } from './walk.ts';

/**
 * Finds every token in anything that may be pasted: a bare token in any encoding, an address, headers, cookies, curl, a
 * HAR, log lines, JSON, an embed snippet, or prose with some of these in it. Never throws; linear in the input's length.
 */
export function findTokens(input: string): Found {
  const finder = createTokenFinder(input);
  for (;;) {
    const step = finder.next();
    if (step.done) return step.value;
  }
}

/**
 * The same search in steps, for a worker that shows progress and can be cancelled: each step yields how many
 * characters are behind it, and the search is given up by not asking for the next.
 */
export function* createTokenFinder(input: string): Generator<number, Found> {
  const slice = wholeInput(input);
  const finds = new Finds(input.length);
  if (readAsOneToken(slice, finds)) return finds.build('token');
  const search = new Search(slice, finds);
  yield* search.run();
  addEmbedRequests(input, search, finds);
  if (finds.count === 0) addLoneRequest(input, search, finds);
  return finds.build(search.carrier);
}

/** A paste that is one token and nothing else, blanks and line breaks in it included. */
function readAsOneToken(slice: Slice, finds: Finds): boolean {
  const start = valueStart(slice.text);
  if (urlSchemeAt(slice.text, start) > 0) return false;
  const reading = readWhole(slice.text, start, finds);
  if (reading === undefined || !isRestEmpty(slice.text, reading.end, slice.text.length)) return false;
  finds.add(slice, reading, { kind: 'token', where: 'pasted text' });
  return true;
}

/** Carriers that name a whole paste, the more telling first. */
const TELLING: readonly CarrierKind[] = ['har', 'curl', 'log', 'embed', 'json'];

/** Goes through the input line by line and hands each to the carrier that it belongs to. */
class Search {
  private readonly slice: Slice;
  private readonly finds: Finds;
  private readonly messages: HttpMessageReader;
  private readonly logs: LogReader;
  private readonly met = new Set<CarrierKind>();
  private shell: ShellRegion | undefined;
  private lineEnd = -1;

  constructor(slice: Slice, finds: Finds) {
    this.slice = slice;
    this.finds = finds;
    this.messages = new HttpMessageReader(finds);
    this.logs = new LogReader(finds);
  }

  meet(kind: CarrierKind): void {
    this.met.add(kind);
  }

  /** What the paste is as a whole; `undefined` when its first token says it best. */
  get carrier(): CarrierKind | undefined {
    return TELLING.find((kind) => this.met.has(kind));
  }

  /** The first request that log lines told of. */
  get loggedRequest(): FoundRequest | undefined {
    return this.logs.first;
  }

  *run(): Generator<number, void> {
    const { text } = this.slice;
    let at = 0;
    let pause = STRIDE;
    while (at < text.length && !this.finds.full) {
      if (at >= pause) {
        pause = at + STRIDE;
        yield at;
      }
      at = this.skipBlanks(at);
      if (at < text.length) at = beginsJson(text, at) ? yield* this.json(at) : this.line(at);
    }
    if (this.finds.full) this.finds.stop(at);
  }

  private skipBlanks(at: number): number {
    const { text } = this.slice;
    let to = at;
    let breaks = 0;
    while (to < text.length && (isBlank(text.charCodeAt(to)) || isInvisible(text.charCodeAt(to))))
      if (text[to++] === '\n') breaks++;
    // an empty line ends a message's headers
    if (breaks > 1) this.messages.line(subSlice(this.slice, to, to));
    return to;
  }

  private *json(at: number): Generator<number, number> {
    const mark = this.finds.count;
    const { end, isHar } = yield* scanJson(this.slice, at, this.finds);
    if (isHar) this.meet('har');
    else if (this.finds.count > mark) this.meet('json');
    this.messages.forget();
    return Math.max(end, at + 1);
  }

  private line(at: number): number {
    const { text } = this.slice;
    // several things of one line, which may be the whole input, are met one after the other
    if (this.lineEnd < at) {
      const lineBreak = text.indexOf('\n', at);
      this.lineEnd = lineBreak < 0 ? text.length : lineBreak;
    }
    const end = this.lineEnd;
    const curlAt = findCurl(text.slice(at, Math.min(end, at + CURL_LOOK)));
    if (curlAt >= 0) {
      if (this.shell === undefined || this.shell.until <= at) this.shell = shellRegion(text, at);
      const curl = scanCurl(this.slice, at + curlAt, this.shell.kind, this.finds);
      if (curl) {
        this.meet('curl');
        this.messages.begin(curl.request);
        return Math.max(curl.end, at + 1);
      }
    }
    if (end - at <= LONGEST_HEADER) {
      const line = subSlice(this.slice, at, end);
      if (this.logs.line(line)) {
        this.meet('log');
        return end + 1;
      }
      const wrapped = beginsHeader(line.text) ? wrappedEnd(text, at, end) : end;
      if (this.messages.line(wrapped === end ? line : subSlice(this.slice, at, wrapped))) return wrapped + 1;
    }
    this.messages.forget();
    return scanText(this.slice, at, end, { kind: 'token' }, this.finds);
  }
}

/** What a long token ends a line with, and what it goes on with on the next: its alphabet and nothing else. */
const LINE_OF_TOKEN = /[\w+/%-]{20}[ \t\r]*$/;
const NEXT_LINE = /^\r?\n[ \t]*[\w+/%-]{1,4096}={0,2}[ \t\r]*(?=\n|$)/;

/** Where a header ends whose token was wrapped over lines. */
function wrappedEnd(text: string, at: number, lineEnd: number): number {
  let end = lineEnd;
  let from = at;
  while (end - at < LONGEST_HEADER && LINE_OF_TOKEN.test(text.slice(Math.max(from, end - 64), end))) {
    const next = NEXT_LINE.exec(text.slice(end, end + 4200));
    if (next === null || next[0].trim() === '') break;
    from = end;
    end += next[0].length;
  }
  return end;
}

const STRIDE = 262_144;
const LONGEST_HEADER = 131_072;
const CURL_LOOK = 65_536;

/** Player snippets: what the player would ask for when it plays the snippet's source with its token. */
function addEmbedRequests(input: string, search: Search, finds: Finds): void {
  if (!/playback_?token|embed\.jsp|flowplayer|MediaExternal|ExternalMedia/i.test(input)) return;
  for (const embed of readEmbeds(input)) {
    search.meet('embed');
    const { src, playbackToken } = embed;
    const tokenised = src === undefined || playbackToken === undefined ? undefined : tokenisedUrl(src, playbackToken);
    // the player leaves other sources as they are
    const url = tokenised?.ok && tokenised.value.byPlayer ? tokenised.value.url : undefined;
    finds.claim(
      embed.start,
      embed.end,
      'embed',
      url === undefined ? undefined : finds.addRequest({ url, method: 'GET', headers: [] }),
    );
  }
}

/** An address or a log line without a token is still the request that somebody asks about. */
function addLoneRequest(input: string, search: Search, finds: Finds): void {
  const text = input.trim();
  if (search.loggedRequest) finds.addRequest(search.loggedRequest);
  else if (urlSchemeAt(text, 0) > 0 && urlEnd(text, 0, text.length) === text.length)
    finds.addRequest({ url: cleanUrl(text), headers: [] });
}
