import { createSliceBuilder, type Slice, type SliceBuilder } from './slice.ts';

export type ShellKind = 'posix' | 'cmd' | 'powershell';

/** One command taken apart as its shell would: the arguments with their quoting off, and where the command ended. */
export interface Command {
  readonly args: readonly Slice[];
  readonly end: number;
}

/** Longer than any command line that is typed or copied; an unclosed quote does not swallow the rest of a paste. */
const MOST_CHARACTERS = 262_144;

/** A stretch of the input whose commands were written for one shell. */
export interface ShellRegion {
  readonly kind: ShellKind;
  readonly until: number;
}

const LONGEST_REGION = 65_536;

/** Which shell the commands from `at` to the next empty line were written for, by what only that shell writes. */
export function shellRegion(text: string, at: number): ShellRegion {
  const region = text.slice(at, at + LONGEST_REGION);
  const emptyLine = /\r?\n[ \t]*\r?\n/.exec(region);
  const commands = emptyLine ? region.slice(0, emptyLine.index) : region;
  return { kind: shellOf(commands), until: at + Math.max(1, commands.length) };
}

function shellOf(text: string): ShellKind {
  if (/\^\r?\n|\^["%&{}[\]!<>|]/.test(text)) return 'cmd';
  if (/\\\r?\n/.test(text)) return 'posix';
  return /[ \t]`\r?\n|`["$]/.test(text) ? 'powershell' : 'posix';
}

/** Takes the command apart that starts at `at`; `inBackticks` when it is quoted by backticks in running text. */
export function readCommand(input: Slice, at: number, kind: ShellKind, inBackticks: boolean): Command {
  const reader = new ShellReader(input, at, inBackticks);
  if (kind === 'cmd') return readCmd(input, at);
  return kind === 'powershell' ? reader.powershell() : reader.posix();
}

class ShellReader {
  private readonly text: string;
  private readonly origin: Slice['origin'];
  private readonly limit: number;
  private readonly args: Slice[] = [];
  private readonly inBackticks: boolean;
  private word: SliceBuilder | undefined;
  private at: number;

  constructor(input: Slice, at: number, inBackticks: boolean) {
    this.text = input.text;
    this.origin = input.origin;
    this.limit = Math.min(input.text.length, at + MOST_CHARACTERS);
    this.at = at;
    this.inBackticks = inBackticks;
  }

  posix(): Command {
    while (this.at < this.limit) {
      const character = this.text.charAt(this.at);
      if (character === '\\') this.backslash();
      else if (character === "'") this.quoted("'", () => undefined);
      else if (character === '$' && this.text[this.at + 1] === "'") this.ansiQuoted();
      else if (character === '"') this.quoted('"', doubleQuoteEscape);
      else if (character === '`' && this.inBackticks) break;
      else if (!this.plain(character)) break;
    }
    return this.finish();
  }

  powershell(): Command {
    while (this.at < this.limit) {
      const character = this.text.charAt(this.at);
      if (character === '`') {
        const continued = lineBreakLength(this.text, this.at + 1);
        if (continued > 0) this.blank(1 + continued);
        else this.take(2, this.text.charAt(this.at + 1));
      } else if (character === "'") this.quoted("'", doubled("'"));
      else if (character === '"') this.quoted('"', (text, at) => backtickEscape(text, at) ?? doubled('"')(text, at));
      else if (!this.plain(character)) break;
    }
    return this.finish();
  }

  /** Ends the command at an unquoted line break or at what starts another one. */
  private plain(character: string): boolean {
    if (character === '\n' || character === '\r' || ';|&<>'.includes(character)) return false;
    if (character === ' ' || character === '\t') this.blank(1);
    else this.take(1, character);
    return true;
  }

  private backslash(): void {
    const continued = lineBreakLength(this.text, this.at + 1);
    if (continued > 0) this.skip(1 + continued);
    else this.take(2, this.text.charAt(this.at + 1));
  }

  private take(width: number, character: string): void {
    this.word ??= createSliceBuilder();
    // the character itself stands last in its escape
    this.word.character(character, this.position(this.at + width - 1));
    this.at += width;
  }

  private skip(width: number): void {
    this.at += width;
  }

  private blank(width: number): void {
    if (this.word) this.args.push(this.word.build());
    this.word = undefined;
    this.at += width;
  }

  /** A quoted stretch; `readEscaped` says what an escape inside it stands for. */
  private quoted(quote: string, readEscaped: EscapeReader): void {
    const open = this.at;
    this.word ??= createSliceBuilder();
    this.at++;
    while (this.at < this.limit) {
      const escaped = readEscaped(this.text, this.at);
      if (escaped) {
        if (escaped.character !== '')
          this.word.character(escaped.character, this.position(this.at + escaped.width - 1));
        this.at += escaped.width;
      } else if (this.text[this.at] === quote) {
        this.at++;
        return;
      } else this.run(this.word, quote);
    }
    this.unclosed(open);
  }

  /** Everything up to the next character that may mean something. */
  private run(word: SliceBuilder, quote: string): void {
    let to = this.at + 1;
    while (to < this.limit && !isSpecial(this.text.charCodeAt(to), quote)) to++;
    if (typeof this.origin === 'number') word.run(this.text.slice(this.at, to), this.origin + this.at);
    else for (let i = this.at; i < to; i++) word.character(this.text.charAt(i), this.position(i));
    this.at = to;
  }

  /** `$'…'`, as bash and browsers write what plain quotes cannot hold. */
  private ansiQuoted(): void {
    this.at++;
    this.quoted("'", ansiEscape);
  }

  /** A quote that is never closed is no quote: the command ends with its line. */
  private unclosed(open: number): void {
    const lineEnd = this.text.slice(open).search(/[\r\n]/);
    if (lineEnd < 0) return;
    this.word = createSliceBuilder();
    for (let i = open + 1; i < open + lineEnd; i++) this.word.character(this.text.charAt(i), this.position(i));
    this.at = open + lineEnd;
  }

  private position(index: number): number {
    return typeof this.origin === 'number' ? this.origin + index : (this.origin[index] ?? 0);
  }

  private finish(): Command {
    this.blank(0);
    return { args: this.args, end: this.at };
  }
}

const isSpecial = (code: number, quote: string): boolean =>
  code === 0x5c || code === 0x60 || code === quote.charCodeAt(0);

type EscapeReader = (text: string, at: number) => { readonly character: string; readonly width: number } | undefined;

const lineBreakLength = (text: string, at: number): number =>
  text[at] === '\n' ? 1 : text[at] === '\r' ? (text[at + 1] === '\n' ? 2 : 1) : 0;

const doubled =
  (quote: string): EscapeReader =>
  (text, at) =>
    text[at] === quote && text[at + 1] === quote ? { character: quote, width: 2 } : undefined;

const doubleQuoteEscape: EscapeReader = (text, at) => {
  if (text[at] !== '\\') return undefined;
  const continued = lineBreakLength(text, at + 1);
  if (continued > 0) return { character: '', width: 1 + continued };
  const next = text.charAt(at + 1);
  return next !== '' && '"\\$`'.includes(next) ? { character: next, width: 2 } : undefined;
};

const backtickEscape: EscapeReader = (text, at) => {
  if (text[at] !== '`') return undefined;
  const continued = lineBreakLength(text, at + 1);
  return continued > 0 ? { character: '', width: 1 + continued } : { character: text.charAt(at + 1), width: 2 };
};

const ANSI: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

const ansiEscape: EscapeReader = (text, at) => {
  if (text[at] !== '\\') return undefined;
  const [whole, unicode, hex, octal] =
    /^\\(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(text.slice(at, at + 6)) ?? [];
  if (whole !== undefined) {
    const code = octal === undefined ? Number.parseInt(unicode ?? hex ?? '0', 16) : Number.parseInt(octal, 8);
    return { character: String.fromCharCode(code), width: whole.length };
  }
  const next = text.charAt(at + 1);
  return { character: ANSI[next] ?? next, width: 2 };
};

/**
 * Windows: first cmd takes off its carets (which it does not inside quotes), then the program splits its command line
 * by the rules of the C runtime, where a backslash escapes a quote and nothing else.
 */
function readCmd(input: Slice, at: number): Command {
  const { text } = input;
  const limit = Math.min(text.length, at + MOST_CHARACTERS);
  const line: { character: string; at: number }[] = [];
  let quoted = false;
  let i = at;
  for (; i < limit; i++) {
    const character = text.charAt(i);
    if (character === '^' && !quoted) {
      const continued = lineBreakLength(text, i + 1);
      // browsers write a caret behind every percent sign, so that cmd sees no variable
      i += continued > 0 ? continued : 1;
      if (continued === 0 && i < limit) line.push({ character: text.charAt(i), at: i });
      continue;
    }
    if (character === '\n' || character === '\r' || (!quoted && '|&<>'.includes(character))) break;
    if (character === '"') quoted = !quoted;
    line.push({ character, at: i });
  }
  return { args: splitCommandLine(line, input), end: i };
}

function splitCommandLine(line: readonly { character: string; at: number }[], input: Slice): Slice[] {
  const args: Slice[] = [];
  let word: SliceBuilder | undefined;
  let quoted = false;
  const position = (index: number): number =>
    typeof input.origin === 'number' ? input.origin + index : (input.origin[index] ?? 0);
  for (let i = 0; i < line.length; i++) {
    const { character = '', at = 0 } = line[i] ?? {};
    const next = line[i + 1]?.character;
    if (character === '\\' && (next === '"' || next === '\\')) {
      word ??= createSliceBuilder();
      // a backslash escapes a quote; two are one only in front of a quote
      if (next === '\\' && line[i + 2]?.character !== '"') word.character('\\', position(at));
      else {
        word.character(next, position(line[i + 1]?.at ?? at));
        i++;
      }
    } else if (character === '"') {
      word ??= createSliceBuilder();
      if (quoted && next === '"') {
        word.character('"', position(at));
        i++;
      } else quoted = !quoted;
    } else if ((character === ' ' || character === '\t') && !quoted) {
      if (word) args.push(word.build());
      word = undefined;
    } else {
      word ??= createSliceBuilder();
      word.character(character, position(at));
    }
  }
  if (word) args.push(word.build());
  return args;
}
