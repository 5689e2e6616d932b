import { randomBytes } from 'node:crypto';

/**
 * One secret as texts that fit the smallest keychain: Windows stops at 2,560 bytes an item, and keytar takes text only.
 * A secret of one part is `catwalk1:<base64url>`. A longer one has a head that names how many more there are and the write
 * they belong to; the parts of two writes have different names, so a write that was interrupted never mixes with another.
 */
const MAX_CHARS = 2000;
const WHOLE = 'catwalk1:';
const HEAD = /^catwalk1\/(\d{1,3})\/([0-9a-f]{8}):/;

export interface ItemParts {
  readonly head: string;
  /** by the name of their item */
  readonly more: ReadonlyMap<string, string>;
}

export function splitItem(item: string, bytes: Uint8Array): ItemParts {
  const text = Buffer.from(bytes).toString('base64url');
  if (WHOLE.length + text.length <= MAX_CHARS) return { head: WHOLE + text, more: new Map() };
  const chunks = text.match(new RegExp(`.{1,${MAX_CHARS - 32}}`, 'g')) ?? [];
  const write = randomBytes(4).toString('hex');
  const [first = '', ...rest] = chunks;
  return {
    head: `catwalk1/${chunks.length}/${write}:${first}`,
    more: new Map(rest.map((chunk, index) => [partName(item, index + 2, chunks.length, write), chunk])),
  };
}

/** Names of the items that hold the rest of what this head starts. */
export function namesOfParts(item: string, head: string): readonly string[] {
  const [, count, write] = HEAD.exec(head) ?? [];
  if (count === undefined || write === undefined) return [];
  const total = Number(count);
  return Array.from({ length: Math.max(total - 1, 0) }, (_, index) => partName(item, index + 2, total, write));
}

/** `undefined`: a part is missing, or the text is not ours. */
export function joinItem(head: string, more: readonly (string | null)[]): Uint8Array | undefined {
  const start = head.startsWith(WHOLE) ? WHOLE : HEAD.exec(head)?.[0];
  if (start === undefined || more.includes(null)) return undefined;
  const text = head.slice(start.length) + more.join('');
  return /^[A-Za-z0-9_-]*$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64url')) : undefined;
}

const partName = (item: string, number: number, total: number, write: string) =>
  `${item} (${number} of ${total}, ${write})`;
