import { describe, expect, it } from 'vitest';
import { COMMAND_IDS, COMMAND_TABLE } from '../../../shared/commands/command-table.ts';
import {
  changeKeys,
  findClashes,
  isBare,
  isKeys,
  keysOf,
  namesOfPress,
  toAccelerator,
  whyReserved,
} from '../../../shared/commands/keys.ts';

const press = (key: string, code: string, modifiers: { ctrl?: boolean; alt?: boolean; shift?: boolean } = {}) =>
  namesOfPress({ ctrl: false, alt: false, shift: false, ...modifiers, key, code });

describe('the table of commands', () => {
  it('has keys that can be pressed, are not reserved, and are nobody else’s on the same screen', () => {
    for (const id of COMMAND_IDS) {
      const keys = keysOf(id, {});
      if (keys === '') continue;
      expect(isKeys(keys), `${id}: ${keys}`).toBe(true);
      expect(whyReserved(keys), `${id}: ${keys}`).toBeUndefined();
      expect(
        findClashes(id, keys, {}).filter(({ kind }) => kind === 'same'),
        id,
      ).toEqual([]);
    }
  });

  it('has single characters only on screens, never everywhere', () => {
    const bare = COMMAND_IDS.filter((id) => isBare(keysOf(id, {})) && keysOf(id, {}) !== '');
    expect(bare.filter((id) => COMMAND_TABLE[id].group === 'anywhere')).toEqual([]);
    expect(bare).toContain('preview.next-denial');
  });
});

describe('a press', () => {
  it.each([
    ['k', 'KeyK', { ctrl: true }, 'Ctrl K'],
    ['C', 'KeyC', { ctrl: true, shift: true }, 'Ctrl Shift C'],
    ['1', 'Digit1', { ctrl: true }, 'Ctrl 1'],
    // AZERTY needs Shift for digits
    ['&', 'Digit1', { ctrl: true }, 'Ctrl 1'],
    // on macOS Alt types another character
    ['¡', 'Digit1', { alt: true }, 'Alt 1'],
    ['∂', 'KeyD', { alt: true }, 'Alt D'],
    ['/', 'Slash', { ctrl: true }, 'Ctrl /'],
    // a German keyboard has the slash above the seven
    ['/', 'Digit7', { ctrl: true, shift: true }, 'Ctrl /'],
    ['=', 'Equal', { ctrl: true }, 'Ctrl +'],
    ['+', 'Equal', { ctrl: true, shift: true }, 'Ctrl +'],
    ['+', 'NumpadAdd', { ctrl: true }, 'Ctrl +'],
    ['0', 'Numpad0', { ctrl: true }, 'Ctrl 0'],
    [' ', 'Space', {}, 'Space'],
    ['F6', 'F6', { shift: true }, 'Shift F6'],
    ['j', 'KeyJ', {}, 'J'],
  ])('of %s (%s) is known as its keys', (key, code, modifiers, keys) => {
    expect(press(key, code, modifiers)).toContain(keys);
  });

  it('of a modifier alone is none', () => {
    for (const key of ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead']) expect(press(key, key)).toEqual([]);
  });
});

describe('other keys', () => {
  it('are taken note of only where they differ from the table', () => {
    const moved = changeKeys({}, 'palette', 'Ctrl P');
    expect(moved).toEqual({ palette: 'Ctrl P' });
    expect(keysOf('palette', moved)).toBe('Ctrl P');
    expect(changeKeys(moved, 'palette', 'Ctrl K')).toEqual({});
    expect(changeKeys(moved, 'palette', undefined)).toEqual({});
    expect(keysOf('palette', changeKeys(moved, 'palette', ''))).toBe('');
  });

  it('clash on the same screen, and give way where a screen is nearer', () => {
    expect(findClashes('shortcuts', 'Ctrl K', {})).toEqual([{ id: 'palette', kind: 'same' }]);
    expect(findClashes('shortcuts', 'Ctrl E', {})).toEqual([{ id: 'inspect.clone', kind: 'nearer' }]);
    expect(findClashes('inspect.clone', 'Ctrl K', {})).toEqual([{ id: 'palette', kind: 'nearer' }]);
    expect(findClashes('issue.sign', 'Ctrl E', {})).toEqual([]);
    expect(findClashes('shortcuts', 'Ctrl K', { palette: '' })).toEqual([]);
  });

  it('cannot be those of every text field', () => {
    for (const keys of ['Ctrl C', 'Ctrl V', 'Escape', 'Tab', 'ArrowDown', 'Backspace'])
      expect(whyReserved(keys), keys).toMatch(/stays\.$/);
    expect(whyReserved('Ctrl ArrowDown')).toBeUndefined();
  });

  it('that come out of a file are looked at', () => {
    for (const keys of ['Ctrl K', 'Alt Shift F4', 'A', '/', 'Ctrl ,', 'ArrowUp', 'É'])
      expect(isKeys(keys), keys).toBe(true);
    for (const keys of ['', 'Ctrl', 'ctrl k', 'Shift Ctrl K', 'Ctrl Ctrl K', 'Ctrl  K', 'Ctrl javascript:'])
      expect(isKeys(keys), keys).toBe(false);
  });

  it('stand in the menu as Electron writes them', () => {
    expect(toAccelerator('Ctrl Shift C')).toBe('CmdOrCtrl+Shift+C');
    expect(toAccelerator('Ctrl +')).toBe('CmdOrCtrl+Plus');
    expect(toAccelerator('Ctrl Enter')).toBe('CmdOrCtrl+Return');
    expect(toAccelerator('')).toBeUndefined();
  });
});
