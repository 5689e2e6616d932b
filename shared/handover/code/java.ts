import type { CodePlan } from './plan.ts';
import { type Dialect, protectedHex, renderClaims, renderTags, renderUnprotected } from './render.ts';

/** ASCII only: which encoding a compiler expects depends on where it runs. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Beyond 32 bits a literal has to say that it is long. */
const long = (value: number): string => (Math.abs(value) > 0x7fffffff ? `${value}L` : String(value));

const dialect: Dialect = {
  int: (value) => `integer(${long(value)})`,
  text: (value) => `text(${quoted(value)})`,
  bytes: (hex) => `string(unhex("${hex}"))`,
  array: (items) => `array(${items.join(', ')})`,
  map: (entries, isLong) =>
    isLong
      ? `map(\n${entries.map(({ key, value, comment }, index) => `        ${key}, ${value}${index === entries.length - 1 ? '' : ','}${comment === undefined ? '' : ` // ${comment}`}`).join('\n')}\n    )`
      : `map(${entries.map(({ key, value }) => `${key}, ${value}`).join(', ')})`,
  tag: (number, item) => `tag(${long(number)}, ${item})`,
  raw: (hex) => `unhex("${hex}")`,
  after: (span) => `integer(now${span === 0 ? '' : span > 0 ? ` + ${long(span)}` : ` - ${long(-span)}`})`,
  id: () => 'string(id)',
};

const READ = {
  utf8: 'value.getBytes(StandardCharsets.UTF_8)',
  hex: 'unhex(value)',
  base64: 'Base64.getDecoder().decode(value)',
  base64url: 'Base64.getUrlDecoder().decode(value)',
  raw: 'Base64.getDecoder().decode(value)',
} as const;

/** Java 11 or later, one file without dependencies. */
export function javaCode(plan: CodePlan): string {
  const { vector, macLength, readAs, idLength = 0, form } = plan;
  const payload = form.payloadForm === 'hex-text' ? 'text(hex(claims))' : 'string(claims)';
  const hexOf =
    form.payloadForm === 'hex-text'
      ? `
  static String hex(byte[] bytes) {
    StringBuilder digits = new StringBuilder();
    for (byte one : bytes) digits.append(String.format("%02x", one));
    return digits.toString();
  }
`
      : '';
  return `// Makes the token with Java alone: java CatToken.java, with the secret in CAT_SECRET.
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class CatToken {
  // CBOR (RFC 8949), as much of it as a token needs: every function gives encoded bytes.
  static byte[] head(int major, long n) {
    int initial = major << 5;
    if (n < 24) return new byte[] {(byte) (initial | n)};
    if (n < 0x100L) return new byte[] {(byte) (initial | 24), (byte) n};
    if (n < 0x10000L) return ByteBuffer.allocate(3).put((byte) (initial | 25)).putShort((short) n).array();
    if (n < 0x100000000L) return ByteBuffer.allocate(5).put((byte) (initial | 26)).putInt((int) n).array();
    return ByteBuffer.allocate(9).put((byte) (initial | 27)).putLong(n).array();
  }

  static byte[] integer(long n) {
    return n < 0 ? head(1, -1 - n) : head(0, n);
  }

  static byte[] string(byte[] value) {
    return join(head(2, value.length), value);
  }

  static byte[] text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    return join(head(3, encoded.length), encoded);
  }

  static byte[] array(byte[]... items) {
    return join(head(4, items.length), join(items));
  }

  /** Keys and values by turns. */
  static byte[] map(byte[]... items) {
    TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < items.length; i += 2) entries.put(items[i], items[i + 1]);
    byte[] encoded = head(5, entries.size());
    for (var entry : entries.entrySet()) encoded = join(encoded, entry.getKey(), entry.getValue());
    return encoded;
  }

  static byte[] tag(long number, byte[] item) {
    return join(head(6, number), item);
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) length += part.length;
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) joined.put(part);
    return joined.array();
  }

  static byte[] unhex(String digits) {
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    return bytes;
  }
${hexOf}
  // The token: a COSE_Mac0 (RFC 9052) around the claims.
  static String makeToken(byte[] secret, long now, byte[] id) throws Exception {
    byte[] claims = ${renderClaims(plan, dialect)};
    byte[] payload = ${payload};
    byte[] headers = string(unhex("${protectedHex(plan)}")); // ${macLength === 8 ? 'HS256/64' : 'HS256'}
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] signed = array(text("MAC0"), headers, string(new byte[0]), payload);
    byte[] mac = Arrays.copyOf(hmac.doFinal(signed), ${macLength});
    byte[] token = ${renderTags(plan, `array(headers, ${renderUnprotected(plan, dialect)}, payload, string(mac))`, dialect)};
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  // Test vector: a secret that is none, and the token it makes.
  static final String EXPECTED = "${vector.token}";

  public static void main(String[] args) throws Exception {
    if (!makeToken(unhex("${vector.secretHex}"), ${long(vector.now)}, unhex("${vector.idHex}")).equals(EXPECTED))
      throw new IllegalStateException("this code does not make the token of its test vector");
    String value = System.getenv("CAT_SECRET");
    if (value == null || value.isEmpty()) throw new IllegalStateException("put the secret into CAT_SECRET");
    byte[] secret = ${READ[readAs]};
    byte[] id = new byte[${idLength}];
    new SecureRandom().nextBytes(id);
    System.out.println(makeToken(secret, System.currentTimeMillis() / 1000, id));
  }
}
`;
}
