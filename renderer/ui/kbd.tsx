import './kbd.css';
import { isApple } from './is-apple.ts';

const APPLE: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };
const SIGNS: Readonly<Record<string, string>> = {
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Delete: 'Del',
  Escape: 'Esc',
  '-': '−',
};
const print = (key: string): string => (isApple && APPLE[key]) || (SIGNS[key] ?? key);

/** Keys as the system prints them, in one line: `Ctrl ↵`, `⌘ ↵`. */
export const printKeys = (keys: string): string => keys.split(' ').map(print).join(' ');

/** Keys to press, each as a cap. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbds">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{print(key)}</kbd>
      ))}
    </span>
  );
}
