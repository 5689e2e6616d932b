import './kbd.css';
import { isApple } from './is-apple.ts';

const APPLE: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

/** Keys to press, printed as the system prints them: `Ctrl V`, `⌘ V`. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbds">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{(isApple && APPLE[key]) || key}</kbd>
      ))}
    </span>
  );
}
