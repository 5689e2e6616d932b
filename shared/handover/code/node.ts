import type { CodePlan } from './plan.ts';
import { type Dialect, protectedHex, renderClaims, renderTags, renderUnprotected } from './render.ts';

const js = (text: string): string => JSON.stringify(text);

const dialect: Dialect = {
  int: (value) => `int(${value})`,
  text: (value) => `text(${js(value)})`,
  bytes: (hex) => `bytes(hex("${hex}"))`,
  array: (items) => `array(${items.join(', ')})`,
  map: (entries, long) =>
    long
      ? `map(\n${entries.map(({ key, value, comment }) => `    [${key}, ${value}],${comment === undefined ? '' : ` // ${comment}`}`).join('\n')}\n  )`
      : `map(${entries.map(({ key, value }) => `[${key}, ${value}]`).join(', ')})`,
  tag: (number, item) => `tag(${number}, ${item})`,
  raw: (hex) => `hex("${hex}")`,
  after: (span) => `int(now${span === 0 ? '' : span > 0 ? ` + ${span}` : ` - ${-span}`})`,
  id: () => 'bytes(id)',
};

const READ = {
  utf8: 'Buffer.from(value, "utf8")',
  hex: 'Buffer.from(value, "hex")',
  base64: 'Buffer.from(value, "base64")',
  base64url: 'Buffer.from(value, "base64url")',
  raw: 'Buffer.from(value, "base64")',
} as const;

/** JavaScript for Node 18 or later, an ES module without dependencies. */
export function nodeCode(plan: CodePlan): string {
  const { vector, macLength, readAs, idLength, form } = plan;
  const payload = form.payloadForm === 'hex-text' ? 'text(claims.toString("hex"))' : 'bytes(claims)';
  return `// Makes the token with Node alone: node cat-token.mjs, with the secret in CAT_SECRET.
import { createHmac, randomBytes } from "node:crypto";

// CBOR (RFC 8949), as much of it as a token needs: every function gives encoded bytes.
const hex = (digits) => Buffer.from(digits, "hex");
function head(major, n) {
  const initial = major << 5;
  if (n < 24) return Buffer.from([initial | n]);
  if (n < 0x100) return Buffer.from([initial | 24, n]);
  if (n < 0x10000) return Buffer.from([initial | 25, n >> 8, n & 255]);
  const wide = n < 0x100000000;
  const bytes = Buffer.alloc(wide ? 5 : 9);
  bytes[0] = initial | (wide ? 26 : 27);
  if (wide) bytes.writeUInt32BE(n, 1);
  else bytes.writeBigUInt64BE(BigInt(n), 1);
  return bytes;
}
const int = (n) => (n < 0 ? head(1, -1 - n) : head(0, n));
const bytes = (value) => Buffer.concat([head(2, value.length), value]);
const text = (value) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const array = (...items) => Buffer.concat([head(4, items.length), ...items]);
const map = (...entries) =>
  Buffer.concat([head(5, entries.length), ...entries.sort(([a], [b]) => Buffer.compare(a, b)).flat()]);
const tag = (number, item) => Buffer.concat([head(6, number), item]);

// The token: a COSE_Mac0 (RFC 9052) around the claims.
function makeToken(secret, now, id) {
  const claims = ${renderClaims(plan, dialect)};
  const payload = ${payload};
  const headers = bytes(hex("${protectedHex(plan)}")); // ${macLength === 8 ? 'HS256/64' : 'HS256'}
  const signed = array(text("MAC0"), headers, bytes(hex("")), payload);
  const mac = createHmac("sha256", secret).update(signed).digest().subarray(0, ${macLength});
  const token = ${renderTags(plan, `array(headers, ${renderUnprotected(plan, dialect)}, payload, bytes(mac))`, dialect)};
  return token.toString("base64url");
}

// Test vector: a secret that is none, and the token it makes.
const expected = "${vector.token}";
if (makeToken(hex("${vector.secretHex}"), ${vector.now}, hex("${vector.idHex}")) !== expected)
  throw new Error("this code does not make the token of its test vector");

const value = process.env.CAT_SECRET;
if (!value) throw new Error("put the secret into CAT_SECRET");
const secret = ${READ[readAs]};
console.log(makeToken(secret, Math.floor(Date.now() / 1000), randomBytes(${idLength ?? 0})));
`;
}
