/** Branded units: tokens mix seconds and milliseconds, types must not. */
declare const unit: unique symbol;
type Unit<Base, Name extends string> = Base & { readonly [unit]: Name };

/** NumericDate or a span of it: seconds, may be fractional or negative (RFC 8392 §2). */
export type Seconds = Unit<number, 'seconds'>;
export type Millis = Unit<number, 'milliseconds'>;
/** Distance in bytes from the first byte of the decoded token. */
export type ByteOffset = Unit<number, 'byte offset'>;
/** Identifies a key record of this installation (a UUID), never a kid. */
export type KeyId = Unit<string, 'key id'>;

export const seconds = (value: number): Seconds => value as Seconds;
export const millis = (value: number): Millis => value as Millis;
export const byteOffset = (value: number): ByteOffset => value as ByteOffset;
export const keyId = (value: string): KeyId => value as KeyId;

export const toSeconds = (value: Millis): Seconds => seconds(value / 1000);
export const toMillis = (value: Seconds): Millis => millis(value * 1000);
