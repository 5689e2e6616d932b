import { assertNever } from '../assert-never.ts';
import {
  argumentWidth,
  formatBroken,
  formatChunks,
  formatFloat,
  formatHex,
  formatSimple,
  formatText,
  indicator,
  remarkText,
} from './edn-literals.ts';
import { isComplete } from './is-complete.ts';
import type { CborBytes, CborNode } from './node.ts';

export interface EdnFormat {
  /** columns a line may have before arrays and maps are broken over lines; left out: everything on one line */
  readonly width?: number;
  /** the item inside a byte string, to be printed as `<<…>>`; asked for every byte string */
  readonly embedded?: (node: CborNode) => CborNode | undefined;
  /** a remark for the line an item starts on, printed as `/ … /`; asked for every item, only when there are lines */
  readonly comment?: (node: CborNode) => string | undefined;
}

export interface Edn {
  readonly text: string;
  /** in the order the items start; a range lies within its parent's */
  readonly ranges: readonly EdnRange[];
}

/** Where an item stands in the text, in UTF-16 units. */
export interface EdnRange {
  readonly start: number;
  readonly end: number;
  readonly node: CborNode;
}

/**
 * Prints diagnostic notation (RFC 8949 §8, draft-ietf-cbor-edn-literals), with encoding indicators wherever the bytes
 * are not the shortest: `parseEdn` makes the same bytes of it. Broken items stand as an elision `...` with a comment.
 */
export function formatEdn(node: CborNode, format: EdnFormat = {}): Edn {
  const printer = new Printer(format);
  printer.item(node);
  printer.endLine();
  return { text: printer.text(), ranges: printer.ranges };
}

class Printer {
  readonly ranges: { start: number; end: number; node: CborNode }[] = [];
  private readonly format: EdnFormat;
  private readonly width: number;
  private readonly parts: string[] = [];
  private length = 0;
  private lineStart = 0;
  private level = 0;
  /** remarks that wait for the end of their line */
  private remarks: string[] = [];
  /** the length that may not be passed while a group is tried on one line */
  private budget = Number.POSITIVE_INFINITY;

  constructor(format: EdnFormat) {
    this.format = format;
    this.width = format.width ?? Number.POSITIVE_INFINITY;
  }

  text(): string {
    return this.parts.join('');
  }

  item(node: CborNode): void {
    const range = { start: this.length, end: this.length, node };
    this.ranges.push(range);
    if (this.width < Number.POSITIVE_INFINITY) {
      const remark = this.format.comment?.(node);
      if (remark !== undefined) this.remarks.push(remark);
    }
    // too long for this line, which need not be written to know it: the group goes over lines
    if ((node.kind === 'text' || node.kind === 'bytes') && node.value.length > this.budget - this.length) {
      this.length = this.budget + 1;
      return;
    }
    switch (node.kind) {
      case 'int':
        this.write(`${node.value}${indicator(node.width, argumentWidth(magnitude(node.value)))}`);
        break;
      case 'bytes':
        this.bytes(node);
        break;
      case 'text':
        this.write(node.chunks ? formatChunks(node) : formatText(node, node.width));
        break;
      case 'array':
        this.group(`[${opening(node.width, node.items.length)}`, ']', node.items, (item) => this.item(item));
        break;
      case 'map':
        this.group(`{${opening(node.width, node.entries.length)}`, '}', node.entries, ({ key, value }) => {
          this.item(key);
          this.write(': ');
          this.item(value);
        });
        break;
      case 'tag':
        this.write(`${node.tag}${indicator(node.width, argumentWidth(node.tag))}(`);
        this.item(node.value);
        this.write(')');
        break;
      case 'simple':
        this.write(formatSimple(node.value, node.width));
        break;
      case 'float':
        this.write(formatFloat(node, node.width));
        break;
      case 'broken':
        this.write(formatBroken(node, node.start));
        break;
      default:
        assertNever(node);
    }
    range.end = this.length;
  }

  endLine(): void {
    if (this.remarks.length > 0) this.write(` / ${this.remarks.map(remarkText).join('; ')} /`);
    this.remarks = [];
  }

  private write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
  }

  private newLine(): void {
    this.endLine();
    this.write(`\n${'  '.repeat(this.level)}`);
    this.lineStart = this.length - 2 * this.level;
  }

  /** On one line when it fits there, else one member a line. */
  private group<T>(open: string, close: string, members: readonly T[], print: (member: T) => void): void {
    const inLine = (): void => {
      this.write(open.length > 1 && members.length > 0 ? `${open} ` : open);
      for (const [i, member] of members.entries()) {
        if (i > 0) this.write(', ');
        print(member);
        if (this.length > this.budget) return;
      }
      this.write(close);
    };
    if (this.budget < Number.POSITIVE_INFINITY || this.width === Number.POSITIVE_INFINITY || members.length === 0) {
      inLine();
      return;
    }
    const before = [this.parts.length, this.length, this.ranges.length, this.remarks.length] as const;
    this.budget = this.lineStart + this.width;
    inLine();
    const fits = this.length <= this.budget;
    this.budget = Number.POSITIVE_INFINITY;
    if (fits) return;
    [this.parts.length, this.length, this.ranges.length, this.remarks.length] = before;

    this.write(open);
    this.level++;
    for (const [i, member] of members.entries()) {
      this.newLine();
      print(member);
      if (i < members.length - 1) this.write(',');
    }
    this.level--;
    this.newLine();
    this.write(close);
  }

  private bytes(node: CborNode & CborBytes): void {
    const inside = node.chunks === undefined ? this.format.embedded?.(node) : undefined;
    // only an item that is all of the content can stand for it
    if (inside !== undefined && inside.start === node.headEnd && inside.end === node.end && isComplete(inside)) {
      this.write('<<');
      this.item(inside);
      this.write(`>>${indicator(node.width, argumentWidth(node.value.length))}`);
    } else this.write(node.chunks ? formatChunks(node) : formatHex(node, node.width));
  }
}

/** What follows an opening bracket: `_` for an indefinite length, `_1` and so on for a head wider than it need be. */
const opening = (width: number, count: number): string => (width < 0 ? '_' : indicator(width, argumentWidth(count)));

/** The argument an integer's head carries: −1 − value for a negative one. */
function magnitude(value: number | bigint): number | bigint {
  if (value >= 0) return value;
  return typeof value === 'bigint' ? -1n - value : -1 - value;
}
