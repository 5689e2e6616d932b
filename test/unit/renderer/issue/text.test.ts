import { describe, expect, it } from 'vitest';
import { locateInEdn } from '../../../../renderer/features/issue/locate-in-edn.ts';
import { locateInJson, parseJsonText } from '../../../../renderer/features/issue/parse-json-text.ts';
import { smallestChange } from '../../../../renderer/ui/code-editor.tsx';

const at = (text: string, span: { readonly from: number; readonly to: number } | undefined) =>
  span === undefined ? undefined : text.slice(span.from, span.to);

describe('JSON as people type it', () => {
  it.each([
    ['{ "exp": 1, }', 'line 1, column 13', '}'],
    ['{\n  "exp" 1\n}', 'line 2, column 9', '1'],
    ['{"exp": x}', 'line 1, column 9', 'x'],
    ['[1', 'line 1, column 3', ''],
  ])('says where %j breaks off', (text, place, character) => {
    const read = parseJsonText(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.error.message).toContain(place);
    expect(at(text, read.error)).toBe(character);
  });

  it('takes no member twice, whichever way it is spelled', () => {
    const text = '{"exp": 1, "a": {"exp": 2}, "\\u0065xp": 3}';
    const read = parseJsonText(text);
    expect(read.ok ? undefined : at(text, read.error)).toBe('"\\u0065xp"');
    expect(parseJsonText('{"a": {"x": 1}, "b": {"x": 1}}').ok).toBe(true);
  });

  it('is not stopped by depth', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(parseJsonText(deep).ok).toBe(true);
  });

  it('finds the value of a path, and names a long one by its member', () => {
    const text = '{ "catu": { "path": { "contains": 7 } }, "catm": [ "GET", 5 ],\n "x": {\n "y": 1 } }';
    expect(at(text, locateInJson(text, ['catu', 'path', 'contains']))).toBe('7');
    expect(at(text, locateInJson(text, ['catm', 1]))).toBe('5');
    expect(at(text, locateInJson(text, ['x']))).toBe('"x"');
    expect(at(text, locateInJson(text, ['catm', 9]))).toBe('[ "GET", 5 ]');
  });
});

describe('claims in EDN', () => {
  const text = '{ / exp / 4: 1, # 5: no\n 312: {4: "5: {", 5: 1}, 5_0: h\'04\', "a:b": 1, -65537: 2 }';
  it('finds the key of a claim in the outer map only', () => {
    expect(locateInEdn(text, '4')).toEqual({ from: 10, to: 11 });
    expect(at(text, locateInEdn(text, '5'))).toBe('5_0');
    expect(at(text, locateInEdn(text, '"a:b"'))).toBe('"a:b"');
    expect(at(text, locateInEdn(text, '-65537'))).toBe('-65537');
    expect(locateInEdn(text, '6')).toBeUndefined();
  });
});

describe('a text put into the editor from outside', () => {
  it.each([
    ['abc', 'abXc'],
    ['aaa', 'aa'],
    ['', 'new'],
    ['same', 'same'],
    ['one two', 'one three two'],
  ])('changes %j to %j and no more', (before, after) => {
    const change = smallestChange(before, after);
    const made = change === undefined ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
    expect(made).toBe(after);
    if (change !== undefined) expect(change.to - change.from + change.insert.length).toBeLessThanOrEqual(6);
  });
});
