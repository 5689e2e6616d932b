import type { CodePlan } from './plan.ts';
import { type Dialect, protectedHex, renderClaims, renderTags, renderUnprotected } from './render.ts';

/** Single quotes: nothing in them is interpolated. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const dialect: Dialect = {
  int: (value) => `cbor_int(${value})`,
  text: (value) => `cbor_text(${quoted(value)})`,
  bytes: (hex) => `cbor_bytes(hex2bin('${hex}'))`,
  array: (items) => `cbor_array(${items.join(', ')})`,
  map: (entries, long) =>
    long
      ? `cbor_map(\n${entries.map(({ key, value, comment }, index) => `        [${key}, ${value}]${index === entries.length - 1 ? '' : ','}${comment === undefined ? '' : ` // ${comment}`}`).join('\n')}\n    )`
      : `cbor_map(${entries.map(({ key, value }) => `[${key}, ${value}]`).join(', ')})`,
  tag: (number, item) => `cbor_tag(${number}, ${item})`,
  raw: (hex) => `hex2bin('${hex}')`,
  after: (span) => `cbor_int($now${span === 0 ? '' : span > 0 ? ` + ${span}` : ` - ${-span}`})`,
  id: () => 'cbor_bytes($id)',
};

const READ = {
  utf8: '$value',
  hex: 'hex2bin($value)',
  base64: 'base64_decode($value)',
  base64url: "base64_decode(strtr($value, '-_', '+/'))",
  raw: 'base64_decode($value)',
} as const;

/** PHP 7.4 or later on 64 bits, without extensions beyond the standard ones. */
export function phpCode(plan: CodePlan): string {
  const { vector, macLength, readAs, idLength, form } = plan;
  const payload = form.payloadForm === 'hex-text' ? 'cbor_text(bin2hex($claims))' : 'cbor_bytes($claims)';
  return `<?php
// Makes the token with PHP alone: php cat-token.php, with the secret in CAT_SECRET.
declare(strict_types=1);

// CBOR (RFC 8949), as much of it as a token needs: every function gives encoded bytes.
function cbor_head(int $major, int $n): string
{
    $initial = $major << 5;
    if ($n < 24) return chr($initial | $n);
    if ($n < 0x100) return chr($initial | 24) . chr($n);
    if ($n < 0x10000) return chr($initial | 25) . pack('n', $n);
    if ($n < 0x100000000) return chr($initial | 26) . pack('N', $n);
    return chr($initial | 27) . pack('J', $n);
}
function cbor_int(int $n): string
{
    return $n < 0 ? cbor_head(1, -1 - $n) : cbor_head(0, $n);
}
function cbor_bytes(string $value): string
{
    return cbor_head(2, strlen($value)) . $value;
}
function cbor_text(string $value): string
{
    return cbor_head(3, strlen($value)) . $value;
}
function cbor_array(string ...$items): string
{
    return cbor_head(4, count($items)) . implode('', $items);
}
function cbor_map(array ...$entries): string
{
    usort($entries, fn (array $a, array $b): int => strcmp($a[0], $b[0]));
    return cbor_head(5, count($entries)) . implode('', array_map(fn (array $entry): string => $entry[0] . $entry[1], $entries));
}
function cbor_tag(int $number, string $item): string
{
    return cbor_head(6, $number) . $item;
}

// The token: a COSE_Mac0 (RFC 9052) around the claims.
function make_token(string $secret, int $now, string $id): string
{
    $claims = ${renderClaims(plan, dialect)};
    $payload = ${payload};
    $headers = cbor_bytes(hex2bin('${protectedHex(plan)}')); // ${macLength === 8 ? 'HS256/64' : 'HS256'}
    $signed = cbor_array(cbor_text('MAC0'), $headers, cbor_bytes(''), $payload);
    $mac = substr(hash_hmac('sha256', $signed, $secret, true), 0, ${macLength});
    $token = ${renderTags(plan, `cbor_array($headers, ${renderUnprotected(plan, dialect)}, $payload, cbor_bytes($mac))`, dialect)};
    return rtrim(strtr(base64_encode($token), '+/', '-_'), '=');
}

// Test vector: a secret that is none, and the token it makes.
$expected = '${vector.token}';
if (make_token(hex2bin('${vector.secretHex}'), ${vector.now}, hex2bin('${vector.idHex}')) !== $expected) {
    throw new RuntimeException('this code does not make the token of its test vector');
}

$value = getenv('CAT_SECRET');
if ($value === false || $value === '') {
    throw new RuntimeException('put the secret into CAT_SECRET');
}
$secret = ${READ[readAs]};
echo make_token($secret, time(), ${idLength === undefined ? "''" : `random_bytes(${idLength})`}), "\\n";
`;
}
