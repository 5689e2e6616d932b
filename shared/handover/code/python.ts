import type { CodePlan } from './plan.ts';
import { type Dialect, protectedHex, renderClaims, renderTags, renderUnprotected } from './render.ts';

const dialect: Dialect = {
  int: (value) => `integer(${value})`,
  // JSON's escapes are Python's, and the file is UTF-8
  text: (value) => `text(${JSON.stringify(value)})`,
  bytes: (hex) => `string(unhex("${hex}"))`,
  array: (items) => `array(${items.join(', ')})`,
  map: (entries, long) =>
    long
      ? `mapping(\n${entries.map(({ key, value, comment }) => `        (${key}, ${value}),${comment === undefined ? '' : `  # ${comment}`}`).join('\n')}\n    )`
      : `mapping(${entries.map(({ key, value }) => `(${key}, ${value})`).join(', ')})`,
  tag: (number, item) => `tag(${number}, ${item})`,
  raw: (hex) => `unhex("${hex}")`,
  after: (span) => `integer(now${span === 0 ? '' : span > 0 ? ` + ${span}` : ` - ${-span}`})`,
  id: () => 'string(token_id)',
};

const READ = {
  utf8: 'value.encode("utf-8")',
  hex: 'unhex(value)',
  base64: 'base64.b64decode(value)',
  base64url: 'base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))',
  raw: 'base64.b64decode(value)',
} as const;

/** Python 3.6 or later, standard library only. */
export function pythonCode(plan: CodePlan): string {
  const { vector, macLength, readAs, idLength, form } = plan;
  const payload = form.payloadForm === 'hex-text' ? 'text(claims.hex())' : 'string(claims)';
  return `# Makes the token with Python's standard library: python3 cat_token.py, with the secret in CAT_SECRET.
import base64
import hashlib
import hmac
import os
import struct
import time

unhex = bytes.fromhex


# CBOR (RFC 8949), as much of it as a token needs: every function gives encoded bytes.
def head(major, n):
    initial = major << 5
    if n < 24:
        return bytes([initial | n])
    for more, size, code in ((24, 0x100, ">B"), (25, 0x10000, ">H"), (26, 0x100000000, ">I")):
        if n < size:
            return bytes([initial | more]) + struct.pack(code, n)
    return bytes([initial | 27]) + struct.pack(">Q", n)


def integer(n):
    return head(1, -1 - n) if n < 0 else head(0, n)


def string(value):
    return head(2, len(value)) + value


def text(value):
    encoded = value.encode("utf-8")
    return head(3, len(encoded)) + encoded


def array(*items):
    return head(4, len(items)) + b"".join(items)


def mapping(*entries):
    return head(5, len(entries)) + b"".join(key + value for key, value in sorted(entries))


def tag(number, item):
    return head(6, number) + item


# The token: a COSE_Mac0 (RFC 9052) around the claims.
def make_token(secret, now, token_id):
    claims = ${renderClaims(plan, dialect)}
    payload = ${payload}
    headers = string(unhex("${protectedHex(plan)}"))  # ${macLength === 8 ? 'HS256/64' : 'HS256'}
    signed = array(text("MAC0"), headers, string(b""), payload)
    mac = hmac.new(secret, signed, hashlib.sha256).digest()[:${macLength}]
    token = ${renderTags(plan, `array(headers, ${renderUnprotected(plan, dialect)}, payload, string(mac))`, dialect)}
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode("ascii")


# Test vector: a secret that is none, and the token it makes.
EXPECTED = "${vector.token}"
if make_token(unhex("${vector.secretHex}"), ${vector.now}, unhex("${vector.idHex}")) != EXPECTED:
    raise SystemExit("this code does not make the token of its test vector")

value = os.environ.get("CAT_SECRET")
if not value:
    raise SystemExit("put the secret into CAT_SECRET")
secret = ${READ[readAs]}
print(make_token(secret, int(time.time()), os.urandom(${idLength ?? 0})))
`;
}
