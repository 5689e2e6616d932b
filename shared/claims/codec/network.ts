import { array, bytes, int, tag } from '../../cbor/build.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { formatIp, parseIp } from '../../network/ip-address.ts';
import { ok } from '../../result.ts';
import type { ReadContext } from '../claim.ts';
import { bytesFromJson } from './bytes.ts';
import { type Codec, type FromJson, problem, wrongType } from './codec.ts';

/** One entry of catnip. Families are told by the length of an address in bytes. */
export type NetworkId =
  | { readonly kind: 'address'; readonly family: 4 | 16; readonly bytes: Uint8Array }
  /** `bytes` as on the wire: zero bytes at the end may be left out (RFC 9164 §3.1.2) */
  | { readonly kind: 'prefix'; readonly family: 4 | 16; readonly bits: number; readonly bytes: Uint8Array }
  | { readonly kind: 'asn'; readonly asn: number }
  /** one library's own: both ends belong to it */
  | { readonly kind: 'asn-range'; readonly from: number; readonly to: number };

const FAMILIES = new Map<number, 4 | 16>([
  [52, 4],
  [54, 16],
]);
const MAX_ASN = 0xffff_ffff;

/**
 * RFC 9164 addresses and prefixes and bare network numbers ↔ `"10.0.0.0/8"`, `64512`. Spellings that only some
 * libraries write (text, maps, pairs) are ill-formed, and read all the same.
 */
export const networkCodec: Codec<NetworkId> = {
  read(node, ctx) {
    if (node.kind === 'int') return readAsn(node, ctx);
    if (node.kind === 'tag') return readTagged(node, ctx);
    return readOdd(node, ctx);
  },
  write: writeNetwork,
  toJson: (network) =>
    network.kind === 'asn'
      ? network.asn
      : network.kind === 'asn-range'
        ? { 'asn-range': [network.from, network.to] }
        : formatNetwork(network),
  fromJson: networkFromJson,
};

/** As people write it: `10.1.2.3`, `10.0.0.0/8`, `AS64512`. */
export function formatNetwork(network: NetworkId): string {
  switch (network.kind) {
    case 'address':
      return formatIp(network.bytes, network.family);
    case 'prefix':
      return `${formatIp(network.bytes, network.family)}/${network.bits}`;
    case 'asn':
      return `AS${network.asn}`;
    case 'asn-range':
      return `AS${network.from}–AS${network.to}`;
  }
}

function readAsn(node: CborNode & { readonly kind: 'int' }, ctx: ReadContext): NetworkId | undefined {
  if (typeof node.value === 'number' && node.value >= 0 && node.value <= MAX_ASN) {
    return { kind: 'asn', asn: node.value };
  }
  ctx.issue(node, 'ERR_CLAIM_RANGE', `A network number is 0 to ${MAX_ASN}, is ${node.value}`);
  return undefined;
}

function readTagged(node: CborNode & { readonly kind: 'tag' }, ctx: ReadContext): NetworkId | undefined {
  const family = FAMILIES.get(Number(node.tag));
  if (family === undefined) {
    ctx.issue(node, 'ERR_CLAIM_TAG', `Only tags 52 (IPv4) and 54 (IPv6) may stand here, is ${node.tag}`);
    return undefined;
  }
  const { value } = node;
  if (value.kind === 'bytes') {
    if (value.value.length === family) return { kind: 'address', family, bytes: value.value };
    ctx.issue(value, 'ERR_CLAIM_RANGE', `An address has ${family} bytes, is ${value.value.length}`);
    return undefined;
  }
  if (value.kind === 'array') {
    const [bits, prefix] = value.items;
    if (bits?.kind === 'bytes') {
      // RFC 9164 §3.1.3: an interface keeps the host's bits; CTA-5007-B §4.6.9 leaves that form out
      ctx.issue(value, 'ERR_CLAIM_TYPE', 'An address with its network length is not a network');
      return undefined;
    }
    if (value.items.length === 2) return readPrefix(bits, prefix, family, value, ctx);
  }
  const [entry] = value.kind === 'map' && value.entries.length === 1 ? value.entries : [];
  if (entry !== undefined) {
    ctx.issue(value, 'ERR_CLAIM_TYPE', 'A prefix is an array of length and bytes, is a map');
    return readPrefix(entry.key, entry.value, family, value, ctx);
  }
  return wrongType(value, 'an address or an array of length and bytes', ctx);
}

function readPrefix(
  bits: CborNode | undefined,
  prefix: CborNode | undefined,
  family: 4 | 16,
  node: CborNode,
  ctx: ReadContext,
): NetworkId | undefined {
  if (bits?.kind !== 'int' || prefix?.kind !== 'bytes') {
    return wrongType(node, 'an array of length and bytes', ctx);
  }
  const length = Number(bits.value);
  if (length < 0 || length > family * 8) {
    ctx.issue(bits, 'ERR_CLAIM_RANGE', `A prefix length is 0 to ${family * 8}, is ${length}`);
    return undefined;
  }
  if (prefix.value.length > family) {
    ctx.issue(prefix, 'ERR_CLAIM_RANGE', `A prefix has at most ${family} bytes, is ${prefix.value.length}`);
    return undefined;
  }
  // RFC 9164 §3.1.2 leaves zero bytes out and wants nothing after the length; recipients that read either read both
  if (prefix.value.at(-1) === 0) {
    ctx.issue(prefix, 'ERR_CLAIM_RANGE', 'Zero bytes at the end of a prefix are left out', 'warning');
  }
  if (hasBitsAfter(prefix.value, length)) {
    ctx.issue(prefix, 'ERR_CLAIM_RANGE', `Bits after the first ${length} must be zero`, 'warning');
  }
  return { kind: 'prefix', family, bits: length, bytes: prefix.value };
}

function hasBitsAfter(prefix: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  const mask = 0xff >> (bits & 7);
  return prefix.some((byte, index) => (index > whole ? byte !== 0 : index === whole && (byte & mask) !== 0));
}

/** What only some libraries write. */
function readOdd(node: CborNode, ctx: ReadContext): NetworkId | undefined {
  wrongType(node, 'a tagged address or a network number', ctx);
  if (node.kind === 'text') {
    ctx.dialect('c4m', node);
    return withAllBytes(parseNetwork(node.value));
  }
  if (node.kind === 'array') return readRange(node);
  const [entry] = node.kind === 'map' && node.entries.length === 1 ? node.entries : [];
  if (entry?.key.kind !== 'text') return undefined;
  ctx.dialect('c4m', node);
  if (entry.key.value === 'ip_range' && entry.value.kind === 'text')
    return withAllBytes(parseNetwork(entry.value.value));
  if (entry.key.value === 'asn' && entry.value.kind === 'int') return readAsn(entry.value, ctx);
  return entry.key.value === 'asn_range' && entry.value.kind === 'array' ? readRange(entry.value) : undefined;
}

/** Text leaves no byte out, which matters to verifiers that cannot read shortened prefixes. */
function withAllBytes(network: NetworkId | undefined): NetworkId | undefined {
  if (network?.kind !== 'prefix') return network;
  const all = new Uint8Array(network.family);
  all.set(network.bytes);
  return { ...network, bytes: all };
}

function readRange({ items: [from, to, ...more] }: CborNode & { readonly kind: 'array' }): NetworkId | undefined {
  if (from?.kind !== 'int' || to?.kind !== 'int' || more.length > 0) return undefined;
  return { kind: 'asn-range', from: Number(from.value), to: Number(to.value) };
}

/** `10.1.2.3`, `10.0.0.0/8`, `2001:db8::/32`, `AS64512`, `64512`. */
export function parseNetwork(text: string): NetworkId | undefined {
  const number = /^(?:AS)?(\d{1,10})$/i.exec(text)?.[1];
  if (number !== undefined) return Number(number) <= MAX_ASN ? { kind: 'asn', asn: Number(number) } : undefined;
  const slash = text.indexOf('/');
  const address = parseIp(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const family = address.length === 4 ? 4 : 16;
  if (slash < 0) return { kind: 'address', family, bytes: address };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits) || Number(digits) > family * 8) return undefined;
  return { kind: 'prefix', family, bits: Number(digits), bytes: elide(masked(address, Number(digits))) };
}

/** The address with every bit after the first `bits` cleared: `10.1.2.3/8` is typed for `10.0.0.0/8`. */
const masked = (address: Uint8Array, bits: number): Uint8Array =>
  address.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);

/** RFC 9164 §3.1.2: zero bytes at the end of a prefix are not written. */
function elide(prefix: Uint8Array): Uint8Array {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0) length--;
  return prefix.subarray(0, length);
}

function writeNetwork(network: NetworkId): CborValue {
  switch (network.kind) {
    case 'address':
      return tag(network.family === 4 ? 52 : 54, bytes(network.bytes));
    case 'prefix':
      return tag(network.family === 4 ? 52 : 54, array(int(network.bits), bytes(elide(network.bytes))));
    case 'asn':
      return int(network.asn);
    case 'asn-range':
      return array(int(network.from), int(network.to));
  }
}

function networkFromJson(json: Json): FromJson<NetworkId> {
  if (typeof json === 'number') {
    return Number.isInteger(json) && json >= 0 && json <= MAX_ASN
      ? ok({ kind: 'asn', asn: json })
      : problem(`A network number is 0 to ${MAX_ASN}`);
  }
  if (typeof json === 'string') {
    const network = parseNetwork(json);
    return network === undefined
      ? problem('Must be an address, a range such as 10.0.0.0/8, or a network number')
      : ok(network);
  }
  if (!isJsonObject(json)) return problem('Must be an address, a range or a network number');
  const range = json['asn-range'];
  if (Array.isArray(range)) {
    const [from, to] = range;
    if (range.length === 2 && isAsn(from) && isAsn(to)) return ok({ kind: 'asn-range', from, to });
    return problem('Must be two network numbers', 'asn-range');
  }
  return taggedFromJson(json['tag'], json['value']);
}

const isAsn = (json: Json | undefined): json is number =>
  typeof json === 'number' && Number.isInteger(json) && json >= 0 && json <= MAX_ASN;

/** The OVP's form: `{ tag: 52, value: [24, { "0": 10, "1": 1 }] }`, a byte array that went through JSON. */
function taggedFromJson(tagNumber: Json | undefined, json: Json | undefined): FromJson<NetworkId> {
  const family = typeof tagNumber === 'number' ? FAMILIES.get(tagNumber) : undefined;
  if (family === undefined) return problem('Must be 52 for IPv4 or 54 for IPv6', 'tag');
  const [bits, prefix] = Array.isArray(json) ? json : [undefined, json];
  const read = prefix === undefined ? problem('Must be bytes') : byteMapFromJson(prefix);
  if (!read.ok) return problem('Must be bytes', 'value');
  if (bits === undefined) {
    return read.value.length === family
      ? ok({ kind: 'address', family, bytes: read.value })
      : problem(`An address has ${family} bytes`, 'value');
  }
  if (typeof bits !== 'number' || !Number.isInteger(bits) || bits < 0 || bits > family * 8) {
    return problem(`A prefix length is 0 to ${family * 8}`, 'value', 0);
  }
  if (read.value.length > family) return problem(`A prefix has at most ${family} bytes`, 'value', 1);
  return ok({ kind: 'prefix', family, bits, bytes: elide(read.value) });
}

function byteMapFromJson(json: Json): FromJson<Uint8Array> {
  if (!isJsonObject(json) || 'hex' in json) return bytesFromJson(json);
  const values: number[] = [];
  for (let index = 0; index < Math.min(Object.keys(json).length, 17); index++) {
    const byte = json[String(index)];
    if (typeof byte !== 'number' || !Number.isInteger(byte) || byte < 0 || byte > 255) {
      return problem('Must be bytes', String(index));
    }
    values.push(byte);
  }
  return ok(Uint8Array.from(values));
}
