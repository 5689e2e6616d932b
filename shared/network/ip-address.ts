/** An address as its bytes: 4 for IPv4, 16 for IPv6. */
export type IpBytes = Uint8Array;

/**
 * Text → address, strictly: four decimal numbers without leading zeros, or RFC 4291 §2.2 with at most one `::`, an
 * optional dotted IPv4 tail, and no zone. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is the IPv4 address it maps:
 * the same client reaches a dual-stack socket in that spelling.
 */
export function parseIp(text: string): IpBytes | undefined {
  // the longest spelling is 45 characters: what is longer is not read at all
  if (text.length > 45) return undefined;
  if (!text.includes(':')) return parseIpv4(text);
  const address = parseIpv6(text);
  return address !== undefined && isMapped(address) ? address.slice(12) : address;
}

/** By characters: a client's address is parsed for every request that is judged. */
function parseIpv4(text: string): IpBytes | undefined {
  const bytes = new Uint8Array(4);
  let part = 0;
  let value = 0;
  let digits = 0;
  for (let index = 0; index <= text.length; index++) {
    const code = index === text.length ? DOT : text.charCodeAt(index);
    if (code === DOT) {
      if (digits === 0 || part > 3) return undefined;
      bytes[part++] = value;
      value = 0;
      digits = 0;
    } else {
      const digit = code - ZERO;
      // a leading zero means octal to some and decimal to others
      if (digit < 0 || digit > 9 || (digits > 0 && value === 0)) return undefined;
      value = value * 10 + digit;
      digits++;
      if (value > 255) return undefined;
    }
  }
  return part === 4 ? bytes : undefined;
}
const DOT = 0x2e;
const ZERO = 0x30;

function parseIpv6(text: string): IpBytes | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  // RFC 4291 §2.2: "::" stands for at least one group; RFC 5952 §4.2.2 only forbids writing it for a single one
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

/** Bytes of colon-separated groups; only the last part of an address may end in a dotted IPv4 address. */
function groupsOf(text: string, mayEndDotted: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (mayEndDotted && index === groups.length - 1 && group.includes('.')) {
      const dotted = parseIpv4(group);
      if (dotted === undefined) return undefined;
      bytes.push(...dotted);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

const isMapped = (address: IpBytes): boolean =>
  address[10] === 0xff && address[11] === 0xff && address.subarray(0, 10).every((byte) => byte === 0);

/**
 * Whether an address lies in a prefix. `prefix` may be shorter than its length in bits: the bytes that RFC 9164 §3.1
 * leaves out are zero. Addresses of the other family are never in it.
 */
export function isInPrefix(address: IpBytes, prefix: Uint8Array, bits: number, family: 4 | 16): boolean {
  if (address.length !== family || bits < 0 || bits > family * 8) return false;
  const whole = bits >> 3;
  for (let index = 0; index < whole; index++) {
    if (address[index] !== (prefix[index] ?? 0)) return false;
  }
  const rest = bits & 7;
  if (rest === 0) return true;
  const mask = (0xff << (8 - rest)) & 0xff;
  return ((address[whole] ?? 0) & mask) === ((prefix[whole] ?? 0) & mask);
}

/** Address → text: dotted for IPv4, RFC 5952 for IPv6. Bytes beyond the given ones are zero. */
export function formatIp(bytes: Uint8Array, family: 4 | 16): string {
  if (family === 4) return Array.from({ length: 4 }, (_, index) => bytes[index] ?? 0).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
  const [from, length] = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, from).join(':')}::${hex.slice(from + length).join(':')}`;
}

/** RFC 5952 §4.2.3: the longest run of zero groups is shortened, the first of equals. */
function longestZeros(groups: readonly number[]): [from: number, length: number] {
  let best: [number, number] = [0, 0];
  let from = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - from > best[1]) best = [from, index - from];
    from = index + 1;
  }
  return best;
}
