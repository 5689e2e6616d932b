/** JSON with bytes in it, for what is kept: requests may hold keys and thumbprints. */
const BYTES = '$bytes';

export const toKeptText = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    member instanceof Uint8Array
      ? { [BYTES]: Array.from(member, (byte) => byte.toString(16).padStart(2, '0')).join('') }
      : member,
  );

/** `undefined`: the text is not what `toKeptText` wrote. */
export function fromKeptText(text: string): unknown {
  try {
    return JSON.parse(text, (_name, member: unknown) => {
      if (typeof member !== 'object' || member === null || !(BYTES in member)) return member;
      const hex = (member as Record<string, unknown>)[BYTES];
      return typeof hex === 'string'
        ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
        : member;
    });
  } catch {
    return undefined;
  }
}
