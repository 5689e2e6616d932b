/** Where diagnostic notation is wrong, and what was expected there. Lines and columns count from 1, in UTF-16 units. */
export interface EdnError {
  readonly message: string;
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

/** Carries an `EdnError` up to `parseEdn`, which gives it back as a result. */
export class EdnFailure extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export function locate(text: string, failure: EdnFailure): EdnError {
  const before = text.slice(0, failure.at).split(/\r\n|\r|\n/);
  return { message: failure.message, at: failure.at, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const TO_LINE_END = /[^\r\n]*/y;

/** Walks over a text: white space and comments, fixed words, patterns. */
export class EdnScanner {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  fail(message: string, at = this.at): never {
    throw new EdnFailure(message, at);
  }

  /** What stands next, to name it in a message. */
  describeNext(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(code));
  }

  peek(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  take(word: string): boolean {
    const found = this.peek(word);
    if (found) this.at += word.length;
    return found;
  }

  /** The match of a sticky pattern here, taken. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  expect(word: string, where: string): void {
    this.skip();
    if (!this.take(word)) this.fail(`expected ${JSON.stringify(word)} ${where}, found ${this.describeNext()}`);
  }

  /** White space and the comments of both notations: / … /, # … and // … to the end of the line, block comments. */
  skip(): void {
    for (;;) {
      let code = this.text.charCodeAt(this.at);
      while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.text.charCodeAt(++this.at);
      if (code !== 0x2f && code !== 0x23) return;
      const start = this.at;
      if (this.take('#') || this.take('//')) this.match(TO_LINE_END);
      else if (this.take('/*')) this.closeComment('*/', start);
      else if (this.take('/')) this.closeComment('/', start);
    }
  }

  private closeComment(end: string, start: number): void {
    const close = this.text.indexOf(end, this.at);
    if (close < 0) this.fail('this comment is not closed', start);
    this.at = close + end.length;
  }
}
