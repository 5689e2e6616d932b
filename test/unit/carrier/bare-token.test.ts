import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { VECTORS, vectorBytes } from '../../vectors/load-vectors.ts';
import { DOT, HEX, hexOf, only, pieces, repairsOf, STANDARD, STANDARD_CANONICAL, URL_SAFE } from './samples.ts';

describe('every token met in the field, pasted as it was published', () => {
  it.each(VECTORS.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const token = only(findTokens(vector.token));
    expect(token.kind).toBe(vector.form === 'c4m-dot' ? 'c4m-dot' : 'cat');
    expect(token.bytes).toEqual(vectorBytes(vector));
    expect(token.damagedAt).toBeUndefined();
    expect(token.start).toBe(0);
    expect(token.end).toBe(vector.token.length);
    expect(token.source).toEqual({ kind: 'token', where: 'pasted text' });
  });
});

describe('a token that was copied badly', () => {
  const url = (text: string): [string, string] => [text, URL_SAFE];
  const standard = (text: string): [string, string] => [text, STANDARD_CANONICAL];
  const escapedSlash = STANDARD.replaceAll('/', '\\/').replaceAll('=', '\\u003d');
  it.each<[string, [string, string], string[]]>([
    ['as it is', url(URL_SAFE), []],
    ['blanks around it', url(`  ${URL_SAFE} \n`), []],
    ['double quotes', url(`"${URL_SAFE}"`), ['quotes']],
    ['single quotes', url(`'${URL_SAFE}'`), ['quotes']],
    ['typographic quotes', url(`“${URL_SAFE}”`), ['quotes']],
    ['backticks', url(`\`${URL_SAFE}\``), ['quotes']],
    ['Bearer', url(`Bearer ${URL_SAFE}`), ['bearer']],
    ['DPoP', url(`DPoP ${URL_SAFE}`), ['bearer']],
    ['quotes and Bearer', url(`"Bearer ${URL_SAFE}"`), ['quotes', 'bearer']],
    ['a full stop', url(`${URL_SAFE}.`), ['punctuation']],
    ['a comma', url(`${URL_SAFE},`), ['punctuation']],
    ['a semicolon', url(`${URL_SAFE};`), ['punctuation']],
    ['zero-width spaces', url(pieces(URL_SAFE, 40).join('\u200b')), ['invisible']],
    ['a byte order mark', url(`\ufeff${URL_SAFE}`), []],
    ['soft hyphens', url(pieces(URL_SAFE, 50).join('\u00ad')), ['invisible']],
    ['standard base64 with padding', standard(STANDARD), ['base64-standard', 'padding']],
    ['standard base64 without padding', standard(STANDARD.replaceAll('=', '')), ['base64-standard']],
    ['base64url with padding', standard(`${STANDARD_CANONICAL}==`), ['padding']],
    ['wrapped at 64', standard(pieces(STANDARD, 64).join('\n')), ['line-breaks', 'base64-standard', 'padding']],
    [
      'wrapped at 76 by Windows',
      standard(pieces(STANDARD, 76).join('\r\n')),
      ['line-breaks', 'base64-standard', 'padding'],
    ],
    ['wrapped at 16', standard(pieces(STANDARD, 16).join('\n')), ['line-breaks', 'base64-standard', 'padding']],
    ['wrapped and indented', url(pieces(URL_SAFE, 50).join('\n    ')), ['line-breaks']],
    [
      'quoted in a mail',
      url(
        pieces(URL_SAFE, 60)
          .map((line) => `> ${line}`)
          .join('\n')
          .slice(2),
      ),
      ['line-breaks'],
    ],
    ['blanks inside', standard(pieces(STANDARD, 4).join(' ')), ['whitespace', 'base64-standard', 'padding']],
    ['percent-encoded', standard(encodeURIComponent(STANDARD)), ['percent', 'base64-standard', 'padding']],
    [
      'percent-encoded twice',
      standard(encodeURIComponent(encodeURIComponent(STANDARD))),
      ['percent-double', 'base64-standard', 'padding'],
    ],
    [
      'all of it percent-encoded',
      url([...URL_SAFE].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')),
      ['percent'],
    ],
    ['JSON escapes', standard(escapedSlash), ['json-escapes', 'base64-standard', 'padding']],
    ['hexadecimal', url(hexOf(URL_SAFE)), ['hex']],
    ['hexadecimal in capitals', url(hexOf(URL_SAFE).toUpperCase()), ['hex']],
    ['hexadecimal with 0x', url(`0x${hexOf(URL_SAFE)}`), ['hex']],
    ['hexadecimal bytes', url(pieces(hexOf(URL_SAFE), 2).join(' ')), ['whitespace', 'hex']],
    ['hexadecimal bytes with colons', url(pieces(hexOf(URL_SAFE), 2).join(':')), ['hex']],
    [
      'hexadecimal bytes as in C',
      url(
        pieces(hexOf(URL_SAFE), 2)
          .map((byte) => `0x${byte}`)
          .join(', '),
      ),
      ['hex'],
    ],
    ['diagnostic notation', url(`h'${hexOf(URL_SAFE)}'`), ['quotes', 'hex']],
  ])('%s', (_, [input, canonical], repairs) => {
    const found = findTokens(input);
    const token = only(found);
    expect(token.text).toBe(canonical);
    expect(token.damagedAt).toBeUndefined();
    expect(repairsOf(token)).toEqual(repairs);
    expect(found.input).toBe('token');
  });

  it('says a mixture of both alphabets', () => {
    const vector = VECTORS.find(({ encoding, token }) => encoding === 'base64url' && /-.*_/.test(token));
    const token = only(findTokens((vector?.token ?? '').replaceAll('-', '+')));
    expect(token.text).toBe(vector?.token);
    expect(repairsOf(token)).toEqual(['base64-mixed']);
  });

  it('names each place and underlines it', () => {
    const token = only(findTokens(`  "${STANDARD}"`));
    expect(token.repairs).toEqual([
      {
        kind: 'quotes',
        places: 2,
        ranges: [
          [2, 3],
          [335, 336],
        ],
      },
      { kind: 'base64-standard', places: 1, ranges: [[3 + STANDARD.indexOf('/'), 4 + STANDARD.indexOf('/')]] },
      { kind: 'padding', places: 1, ranges: [[333, 335]] },
    ]);
  });

  it('maps every canonical character to the input', () => {
    const input = pieces(STANDARD, 64).join('\n');
    const token = only(findTokens(input));
    const back = Array.from(token.positions, (position) => input.charAt(position)).join('');
    expect(token.positions).toHaveLength(token.text.length);
    expect(back).toBe(STANDARD.replaceAll('=', ''));
  });

  it('maps the characters of a hexadecimal token to the digit that holds their first bit', () => {
    const token = only(findTokens(HEX));
    expect([...token.positions.slice(0, 5)]).toEqual([0, 1, 3, 4, 6]);
    expect(token.positions).toHaveLength(token.text.length);
  });

  it('maps the dots of the dot form', () => {
    const token = only(findTokens(`\n${DOT}`));
    expect(Array.from(token.positions, (position) => `\n${DOT}`.charAt(position)).join('')).toBe(DOT);
    expect(new TextDecoder().decode(token.bytes)).toBe(DOT);
  });

  it('reads a dot form wrapped over lines', () => {
    expect(only(findTokens(pieces(DOT, 60).join('\n'))).text).toBe(DOT);
  });
});

describe('a damaged token', () => {
  it('keeps everything up to the cut', () => {
    const token = only(findTokens(URL_SAFE.slice(0, 80)));
    expect(token.bytes).toEqual(new Uint8Array(Buffer.from(URL_SAFE.slice(0, 80), 'base64url')));
    expect(token.damagedAt).toBe(80);
  });

  it.each([
    ['…', 81],
    ['...', 83],
    ['%E2%80%A6', 89],
  ])('takes an ellipsis (%s) for a cut', (dots, end) => {
    const token = only(findTokens(URL_SAFE.slice(0, 80) + dots));
    expect(repairsOf(token)).toEqual(['ellipsis']);
    expect(token).toMatchObject({ damagedAt: 80, end });
  });

  it('does not search what follows an ellipsis in the middle', () => {
    const token = only(findTokens(`${URL_SAFE.slice(0, 80)}…${URL_SAFE.slice(100)}`));
    expect(token).toMatchObject({ damagedAt: 80, end: 81 + 38 });
  });

  it.each(['!', '*', 'ä', '~', '💥'])('stops at a character that does not belong (%s)', (stranger) => {
    const input = `${URL_SAFE.slice(0, 50)}${stranger}${URL_SAFE.slice(50)}`;
    const token = only(findTokens(input));
    expect(token).toMatchObject({ damagedAt: 50, end: input.length });
    expect(URL_SAFE.startsWith(token.text.slice(0, 48))).toBe(true);
  });

  it('says where bytes stop being CBOR and keeps all of them', () => {
    // the head of the payload becomes one that RFC 8949 reserves
    const bytes = Buffer.from(URL_SAFE, 'base64url');
    bytes[bytes.indexOf(0x58)] = 0x5c;
    const input = bytes.toString('base64url');
    const token = only(findTokens(input));
    expect(token.bytes).toEqual(new Uint8Array(bytes));
    expect(token.damagedAt).toBeGreaterThan(20);
    expect(token.end).toBe(input.length);
  });

  it('keeps trailing bytes with the token', () => {
    const input = Buffer.concat([Buffer.from(URL_SAFE, 'base64url'), Buffer.from([0, 1, 2, 3])]).toString('base64url');
    const token = only(findTokens(input));
    expect(token.bytes).toHaveLength(107);
    expect(token.damagedAt).toBeUndefined();
  });

  it('does not take the next words for the rest of a cut token', () => {
    const token = only(findTokens(`${URL_SAFE.slice(0, 80)} and then nothing more came`));
    expect(token).toMatchObject({ damagedAt: 80, end: 80 });
  });

  it('shows a dot form that lost its proof', () => {
    const [header, claims] = DOT.split('.');
    const token = only(findTokens(`${header}.${claims}`));
    expect(token).toMatchObject({ kind: 'c4m-dot', text: `${header}.${claims}.` });
    expect(token.damagedAt).toBe(`${header}.${claims}`.length);
  });
});

describe('text without a token', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['a sentence', 'The other day we own the hEll of others: oQ 0YR 2D3, gone. Owned!'],
    ['a long word', 'Donaudampfschifffahrtsgesellschaftskapitaenswitwe'],
    ['a uuid', '4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab'],
    ['a hash', 'a119013a82466d6f712d303042683300aa7d1f2e3b4c5d6e7f8091a2b3c4d5e6'.slice(2)],
    ['base64 of text', Buffer.from('the quick brown fox jumps over the lazy dog').toString('base64')],
    [
      'a picture',
      `data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==`,
    ],
    ['a header map of COSE', "the header is h'a10126', oQEm"],
    ['a checksum', 'resolved "https://registry.example/a.tgz#ogU4P-oyKzO1rjsYq-4NwvNW7hU"'],
    ['a word that begins like an array', 'hkikongsbergspydebergrandabergxn--andy-iradavvesiida'],
    ['an address', 'the host cdn.example.com/hls/master.m3u8 answers 403'],
    ['code', 'const owner = heap[0]; if (owner.oQ === 2) { return hE; }'],
  ])('%s', (_, input) => {
    expect(findTokens(input)).toEqual({ input: 'nothing', tokens: [], requests: [], requestOf: [] });
  });
});
