/** One word of a POSIX shell: nothing inside single quotes means anything but itself. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A Swift string: `\(` would begin an interpolation, and JSON's escapes are Swift's but for `\u`. */
export const swiftString = (text: string): string => JSON.stringify(text).replace(/\\u([0-9a-f]{4})/gi, '\\u{$1}');

/** A Kotlin string: a dollar sign begins a template. */
export const kotlinString = (text: string): string => JSON.stringify(text).replaceAll('$', '\\$');
