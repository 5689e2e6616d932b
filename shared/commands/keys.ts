import { COMMAND_IDS, COMMAND_TABLE, type CommandId } from './command-table.ts';

/**
 * Keys are written as they are printed, modifiers first and in this order: `Ctrl Alt Shift K`. On macOS Ctrl stands for ⌘.
 * The last part is a character (letters as capitals) or a name of the DOM: `Enter`, `F6`, `PageDown`; the space bar is
 * `Space`.
 */
const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const;

export interface Pressed {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** `KeyboardEvent.key` */
  readonly key: string;
  /** `KeyboardEvent.code` */
  readonly code: string;
}

/**
 * What one press may be called, the likeliest first. A digit is the key it stands on, whatever the layout puts there, and
 * a sign is itself, whether or not it needs Shift: `Ctrl /` is Ctrl Shift 7 on a German keyboard and works all the same.
 */
export function namesOfPress(pressed: Pressed): readonly string[] {
  const { key, code } = pressed;
  if (['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'Dead', 'Unidentified', 'Process'].includes(key)) return [];
  const names: string[] = [];
  const add = (last: string, shift: boolean) => names.push(format({ ...pressed, shift }, last));
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (key === ' ') add('Space', pressed.shift);
  else if (key.length > 1) add(key, pressed.shift);
  else if (/\p{L}/u.test(key)) add(key.toUpperCase(), pressed.shift);
  else if (!/\d/.test(key)) add(key, false);
  if (digit !== undefined) add(digit, pressed.shift);
  // Alt makes other characters of letters on macOS
  if (letter !== undefined && pressed.alt && !names.includes(letter)) add(letter, pressed.shift);
  // the plus of most keyboards is on the key of the equals sign
  if (key === '=') add('+', false);
  return [...new Set(names)];
}

const format = (modifiers: { readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean }, key: string) =>
  [modifiers.ctrl ? 'Ctrl' : '', modifiers.alt ? 'Alt' : '', modifiers.shift ? 'Shift' : '', key]
    .filter((part) => part !== '')
    .join(' ');

const lastOf = (keys: string): string => keys.split(' ').at(-1) ?? '';
const hasModifier = (keys: string): boolean => keys.startsWith('Ctrl ') || keys.startsWith('Alt ');

/** Letters, digits, signs, Space, Enter, Delete and arrows alone: where somebody types, they belong to the typing. */
export const isBare = (keys: string): boolean => !hasModifier(keys) && !/^F\d+$/.test(lastOf(keys));

/** What every text field does, what closes a layer and what walks: these stay what they are. */
const RESERVED: Readonly<Record<string, string>> = {
  'Ctrl A': 'Selects all text',
  'Ctrl C': 'Copies',
  'Ctrl V': 'Pastes',
  'Ctrl X': 'Cuts',
  'Ctrl Z': 'Undoes typing',
  'Ctrl Y': 'Does typing again',
  'Ctrl Shift Z': 'Does typing again',
  'Ctrl Q': 'Quits',
  'Alt F4': 'Closes the window',
  Escape: 'Closes the top layer',
  Tab: 'Moves the focus',
  'Shift Tab': 'Moves the focus',
};

/** A sentence why these keys cannot be given to a command; `undefined`: they can. */
export function whyReserved(keys: string): string | undefined {
  const use = RESERVED[keys];
  if (use !== undefined) return `${use} everywhere, so it stays.`;
  if (/^(?:Shift )?(?:Arrow\w+|Home|End|PageUp|PageDown|Backspace)$/.test(keys))
    return 'Moves and edits inside of controls, so it stays.';
  return undefined;
}

/** Only what was changed; `''`: no keys at all. */
export type KeyChanges = Readonly<Record<string, string>>;

/** The keys of a command as things stand; `''`: it has none. */
export const keysOf = (id: CommandId, changes: KeyChanges): string => changes[id] ?? COMMAND_TABLE[id].keys ?? '';

export interface Clash {
  readonly id: CommandId;
  /** `same`: only one of the two can have them. `nearer`: on its screen the screen's own command goes first */
  readonly kind: 'same' | 'nearer';
}

/** Who else has these keys. Commands of two different screens never meet. */
export function findClashes(id: CommandId, keys: string, changes: KeyChanges): readonly Clash[] {
  if (keys === '') return [];
  const { group } = COMMAND_TABLE[id];
  return COMMAND_IDS.flatMap((other): Clash[] => {
    if (other === id || keysOf(other, changes) !== keys) return [];
    const otherGroup = COMMAND_TABLE[other].group;
    if (otherGroup === group) return [{ id: other, kind: 'same' }];
    return otherGroup === 'anywhere' || group === 'anywhere' ? [{ id: other, kind: 'nearer' }] : [];
  });
}

/** The changes with one more; what is as the table has it is no change. */
export function changeKeys(changes: KeyChanges, id: CommandId, keys: string | undefined): KeyChanges {
  const { [id]: _before, ...others } = changes;
  return keys === undefined || keys === (COMMAND_TABLE[id].keys ?? '') ? others : { ...others, [id]: keys };
}

const ACCELERATOR: Readonly<Record<string, string>> = {
  Ctrl: 'CmdOrCtrl',
  Enter: 'Return',
  '+': 'Plus',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** As Electron writes it in a menu: `CmdOrCtrl+Shift+C`; `undefined` for no keys. */
export const toAccelerator = (keys: string): string | undefined =>
  keys === ''
    ? undefined
    : keys
        .split(' ')
        .map((part) => ACCELERATOR[part] ?? part)
        .join('+');

/** Whether a text is keys as this file writes them: what comes out of a file may be anything. */
export function isKeys(text: string): boolean {
  const parts = text.split(' ');
  const last = parts.pop() ?? '';
  const order = parts.map((part) => (MODIFIERS as readonly string[]).indexOf(part));
  const isOrdered = order.every((place, index) => place > (order[index - 1] ?? -1));
  return (
    isOrdered && /^(?:[A-Z][A-Za-z0-9]{0,15}|[^\sa-z])$/u.test(last) && !(MODIFIERS as readonly string[]).includes(last)
  );
}
