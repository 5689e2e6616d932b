import type { CodePlan } from './plan.ts';
import { type Dialect, protectedHex, renderClaims, renderTags, renderUnprotected } from './render.ts';

const dialect: Dialect = {
  int: (value) => `integer(${value})`,
  // JSON's escapes are Go's, and the file is UTF-8
  text: (value) => `text(${JSON.stringify(value)})`,
  bytes: (hex) => `str(unhex("${hex}"))`,
  array: (items) => `array(${items.join(', ')})`,
  map: (entries, long) =>
    long
      ? `mapping(\n${entries.map(({ key, value, comment }) => `\t\tentry{${key}, ${value}},${comment === undefined ? '' : ` // ${comment}`}`).join('\n')}\n\t)`
      : `mapping(${entries.map(({ key, value }) => `entry{${key}, ${value}}`).join(', ')})`,
  tag: (number, item) => `tag(${number}, ${item})`,
  raw: (hex) => `unhex("${hex}")`,
  after: (span) => `integer(now${span === 0 ? '' : span > 0 ? ` + ${span}` : ` - ${-span}`})`,
  id: () => 'str(id)',
};

const READ = {
  utf8: '[]byte(value), error(nil)',
  hex: 'hex.DecodeString(value)',
  base64: 'base64.StdEncoding.DecodeString(value)',
  base64url: 'base64.RawURLEncoding.DecodeString(strings.TrimRight(value, "="))',
  raw: 'base64.StdEncoding.DecodeString(value)',
} as const;

/** Go 1.18 or later, standard library only. */
export function goCode(plan: CodePlan): string {
  const { vector, macLength, readAs, idLength = 0, form } = plan;
  const payload = form.payloadForm === 'hex-text' ? 'text(hex.EncodeToString(claims))' : 'str(claims)';
  const imports = [
    ...['bytes', 'crypto/hmac', 'crypto/rand', 'crypto/sha256', 'encoding/base64', 'encoding/binary', 'encoding/hex'],
    ...['fmt', 'os', 'sort', ...(readAs === 'base64url' ? ['strings'] : []), 'time'],
  ];
  return `// Makes the token with Go's standard library: go run cat_token.go, with the secret in CAT_SECRET.
package main

import (
${imports.map((name) => `\t"${name}"`).join('\n')}
)

// CBOR (RFC 8949), as much of it as a token needs: every function gives encoded bytes.
type entry struct{ key, value []byte }

func head(major byte, n uint64) []byte {
	wide := make([]byte, 8)
	binary.BigEndian.PutUint64(wide, n)
	initial := major << 5
	switch {
	case n < 24:
		return []byte{initial | byte(n)}
	case n < 1<<8:
		return append([]byte{initial | 24}, wide[7:]...)
	case n < 1<<16:
		return append([]byte{initial | 25}, wide[6:]...)
	case n < 1<<32:
		return append([]byte{initial | 26}, wide[4:]...)
	}
	return append([]byte{initial | 27}, wide...)
}

func integer(n int64) []byte {
	if n < 0 {
		return head(1, uint64(-1-n))
	}
	return head(0, uint64(n))
}
func str(value []byte) []byte  { return append(head(2, uint64(len(value))), value...) }
func text(value string) []byte { return append(head(3, uint64(len(value))), value...) }
func array(items ...[]byte) []byte {
	return append(head(4, uint64(len(items))), bytes.Join(items, nil)...)
}
func mapping(entries ...entry) []byte {
	sort.Slice(entries, func(i, j int) bool { return bytes.Compare(entries[i].key, entries[j].key) < 0 })
	encoded := head(5, uint64(len(entries)))
	for _, one := range entries {
		encoded = append(append(encoded, one.key...), one.value...)
	}
	return encoded
}
func tag(number uint64, item []byte) []byte { return append(head(6, number), item...) }
func unhex(digits string) []byte {
	decoded, err := hex.DecodeString(digits)
	if err != nil {
		panic(err)
	}
	return decoded
}

// The token: a COSE_Mac0 (RFC 9052) around the claims.
func makeToken(secret []byte, now int64, id []byte) string {
	claims := ${renderClaims(plan, dialect)}
	payload := ${payload}
	headers := str(unhex("${protectedHex(plan)}")) // ${macLength === 8 ? 'HS256/64' : 'HS256'}
	hash := hmac.New(sha256.New, secret)
	hash.Write(array(text("MAC0"), headers, str(nil), payload))
	mac := hash.Sum(nil)[:${macLength}]
	token := ${renderTags(plan, `array(headers, ${renderUnprotected(plan, dialect)}, payload, str(mac))`, dialect)}
	return base64.RawURLEncoding.EncodeToString(token)
}

// Test vector: a secret that is none, and the token it makes.
const expected = "${vector.token}"

func main() {
	if makeToken(unhex("${vector.secretHex}"), ${vector.now}, unhex("${vector.idHex}")) != expected {
		panic("this code does not make the token of its test vector")
	}
	value := os.Getenv("CAT_SECRET")
	if value == "" {
		panic("put the secret into CAT_SECRET")
	}
	secret, err := ${READ[readAs]}
	if err != nil {
		panic(err)
	}
	id := make([]byte, ${idLength})
	if _, err := rand.Read(id); err != nil {
		panic(err)
	}
	fmt.Println(makeToken(secret, time.Now().Unix(), id))
}
`;
}
