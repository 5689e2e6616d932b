import { describe, expect, it } from 'vitest';
import { escapeHostile, escapeText, splitHostile } from '../../../renderer/ui/hostile-text.ts';

describe('hostile text', () => {
  it.each([
    ['\u202e', '\\u{202e}'],
    ['\u2066', '\\u{2066}'],
    ['\u0000', '\\u{0000}'],
    ['\u200b', '\\u{200b}'],
    ['\u2028', '\\u{2028}'],
    ['\ufeff', '\\u{feff}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\u{d800}'],
    ['\n', '\\n'],
  ])('escapes %j', (character, shown) => {
    expect(escapeText(`a${character}b`)).toBe(`a${shown}b`);
    expect(escapeHostile(character)).toBe(shown);
  });

  it.each(['plain', 'Zażółć', '日本語', '👩', 'https://a.example/?b=c#d', '', 'نص'])('leaves %j as it is', (text) => {
    expect(splitHostile(text)).toEqual([{ kind: 'plain', text }]);
    expect(escapeText(text)).toBe(text);
  });

  it('cuts nothing away', () => {
    const text = 'x\u202ey\u200b\u200bz\r\n';
    expect(
      splitHostile(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  });
});
