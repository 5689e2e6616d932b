import { useState } from 'react';
import type { Json } from '../../../../shared/json.ts';

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is typed into a field of a value that lives elsewhere: it stays as it was typed (“1.”, a blank at the end) for as
 * long as it means the value, and is read anew when the value came to be another.
 */
export function useTyped<T>(
  json: Json | undefined,
  read: (json: Json | undefined) => T,
  write: (typed: T) => Json | undefined,
): readonly [typed: T, setTyped: (typed: T) => void] {
  const [typed, setTyped] = useState(() => read(json));
  const [wrote, setWrote] = useState(json);
  if (!same(json, wrote)) {
    setWrote(json);
    if (!same(json, write(typed))) setTyped(read(json));
  }
  return [typed, setTyped];
}
