import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTokens } from '../../shared/carrier/find-tokens.ts';
import { VECTORS, vectorBytes } from '../vectors/load-vectors.ts';

const RUNS = { numRuns: 1_500, seed: 20_261_124 };

const cose = VECTORS.filter((vector) => vector.form === 'cose');
const bytes = fc.constantFrom(...cose.map(vectorBytes));

/** A way to write bytes as text that the finder must undo. */
const encoding = fc.constantFrom<(bytes: Uint8Array) => string>(
  (value) => Buffer.from(value).toString('base64url'),
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('base64').replaceAll('=', ''),
  (value) => Buffer.from(value).toString('hex'),
  (value) => Buffer.from(value).toString('hex').toUpperCase(),
);

type Layer = (text: string) => string;

/** What may happen to a text on its way, inside the token. */
const inner = fc.oneof(
  fc.constant<Layer>((text) => text),
  fc.integer({ min: 24, max: 90 }).map(
    (width): Layer =>
      (text) =>
        text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n'),
  ),
  fc.integer({ min: 24, max: 90 }).map(
    (width): Layer =>
      (text) =>
        text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\r\n  '),
  ),
  fc.integer({ min: 1, max: 40 }).map(
    (width): Layer =>
      (text) =>
        text.replace(new RegExp(`.{${width}}`, 'g'), '$&\u200b'),
  ),
  fc.constant<Layer>((text) => encodeURIComponent(text)),
  fc.constant<Layer>((text) => encodeURIComponent(encodeURIComponent(text))),
  fc.constant<Layer>((text) => text.replaceAll('/', '\\/').replaceAll('=', '\\u003d')),
);

/** What may stand around it. */
const outer = fc.constantFrom<Layer>(
  (text) => text,
  (text) => `  ${text}\n\n`,
  (text) => `"${text}"`,
  (text) => `‘${text}’`,
  (text) => `Bearer ${text}`,
  (text) => `'Bearer ${text}'.`,
  (text) => `${text}.`,
  (text) => `CTA-Common-Access-Token: ${text}`,
  (text) => `here it is:\n\n${text}\n\nand it fails`,
);

/** Carriers whose own syntax allows no line breaks. */
const carrier = fc.constantFrom<Layer>(
  (text) => `https://cdn.example.com/pt:${text}/hls/a.m3u8?b=1`,
  (text) => `https://cdn.example.com/a.m3u8?b=1&CAT=${text}&c=2`,
  (text) => `https://cdn.example.com/${text}/a.m3u8`,
  (text) => `Cookie: a=b; CTA-Common-Access-Token=${text}; c=d`,
  (text) => `curl 'https://cdn.example.com/a?CAT=${text}' -H 'accept: */*'`,
  (text) => `curl -H "Common-Access-Token: ${text}" https://cdn.example.com/a`,
  (text) =>
    JSON.stringify({
      log: { entries: [{ request: { method: 'GET', url: `https://a.example/?CAT=${text}`, headers: [] } }] },
    }),
  (text) => JSON.stringify({ a: [{ token: text }] }),
  (text) => `1.2.3.4 - - [24/Nov/2026:13:07:32 +0000] "GET /a?CAT=${text} HTTP/1.1" 403 1 "-" "-"`,
  (text) => `flowplayer("#p", { playback_token: "${text}" })`,
);

/** A percent-encoded token in a log or an address is read through its encoding; raw text otherwise. */
const inCarrier = fc.constantFrom<Layer>((text) => text, encodeURIComponent);

describe('whatever a token goes through', () => {
  it('gives the same bytes when it stands by itself', () => {
    fc.assert(
      fc.property(bytes, encoding, inner, outer, (value, encode, inside, around) => {
        const found = findTokens(around(inside(encode(value))));
        expect(found.tokens).toHaveLength(1);
        expect(found.tokens[0]?.bytes).toEqual(value);
        expect(found.tokens[0]?.damagedAt).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('gives the same bytes in a carrier', () => {
    fc.assert(
      fc.property(bytes, encoding, inCarrier, carrier, (value, encode, inside, around) => {
        const found = findTokens(around(inside(encode(value))));
        expect(found.tokens).toHaveLength(1);
        expect(found.tokens[0]?.bytes).toEqual(value);
      }),
      RUNS,
    );
  });

  it('places every canonical character on the input', () => {
    fc.assert(
      fc.property(bytes, encoding, inner, outer, (value, encode, inside, around) => {
        const input = around(inside(encode(value)));
        for (const token of findTokens(input).tokens) {
          expect(token.positions).toHaveLength(token.text.length);
          const positions = [...token.positions];
          expect(positions.every((position, i) => i === 0 || position >= (positions[i - 1] ?? 0))).toBe(true);
          expect(positions.every((position) => position >= token.start && position < token.end)).toBe(true);
          for (const repair of token.repairs) for (const [start, end] of repair.ranges) expect(start).toBeLessThan(end);
        }
      }),
      RUNS,
    );
  });

  it('a cut token gives a beginning of its bytes', () => {
    fc.assert(
      fc.property(bytes, fc.double({ min: 0.3, max: 0.98, noNaN: true }), (value, share) => {
        const text = Buffer.from(value).toString('base64url');
        const cut = text.slice(0, Math.max(16, Math.floor(text.length * share)));
        const [token, second] = findTokens(cut).tokens;
        expect(second).toBeUndefined();
        expect(token?.bytes).toEqual(value.subarray(0, token?.bytes.length));
        expect(token?.damagedAt).toBe(cut.length);
      }),
      RUNS,
    );
  });
});

describe('anything at all', () => {
  const snippet = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ maxLength: 80 }),
    fc.constantFrom(
      'curl ',
      "'",
      '"',
      '\\',
      '\n',
      'https://',
      '/pt:',
      '?CAT=',
      '{"log":{"entries":[',
      '"url":"',
      ']',
      '}',
      'Cookie: ',
      'HTTP/1.1 ',
      '%25',
      '^',
      '`',
      "$'",
      '-H ',
      '\u200b',
      '…',
      'eyJ',
      '~hmac=',
      'flowplayer(',
      'embed.jsp?id=',
    ),
    fc
      .tuple(fc.constantFrom(...VECTORS.map(({ token }) => token)), fc.nat(400))
      .map(([token, at]) => token.slice(0, at)),
  );

  it('never throws and gives ranges of the input', () => {
    fc.assert(
      fc.property(fc.array(snippet, { maxLength: 12 }), (parts) => {
        const input = parts.join('');
        const found = findTokens(input);
        expect(found.requestOf).toHaveLength(found.tokens.length);
        for (const token of found.tokens) {
          expect(token.start).toBeGreaterThanOrEqual(0);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.end).toBeLessThanOrEqual(input.length);
          if (token.damagedAt !== undefined) expect(token.damagedAt).toBeLessThanOrEqual(token.end);
        }
      }),
      { numRuns: 5_000, seed: 20_261_125 },
    );
  });
});
