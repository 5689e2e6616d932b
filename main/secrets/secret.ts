import { inspect } from 'node:util';

/**
 * A value that must not be printed. Strings, JSON, logs and the inspector show that it is one, and nothing of it; only
 * `reveal` gives it out, so whoever does is found by that word.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

export type SecretBytes = Secret<Uint8Array>;
