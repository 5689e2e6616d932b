import { itemLength, MAJOR, writeHead, writeString } from './byte-writer.ts';

/** The payload as it is authenticated: the major type it has on the wire and its content. */
export interface SignedPayload {
  readonly type: 'bytes' | 'text';
  readonly content: Uint8Array;
}

export type SigningContext = 'MAC0' | 'Signature1';

const NOTHING = new Uint8Array(0);

/**
 * What a MAC or a signature is computed over: `[context, protected, external_aad, payload]`, MAC_structure of RFC 9052
 * §6.3 and Sig_structure of §4.4 (one signer). `protectedBytes` and the payload's content go in as they were received.
 */
export function encodeSigned(
  context: SigningContext,
  protectedBytes: Uint8Array,
  payload: SignedPayload,
  externalAad: Uint8Array = NOTHING,
): Uint8Array {
  const headers = 1 + itemLength(context.length) + itemLength(protectedBytes.length);
  const target = new Uint8Array(headers + itemLength(externalAad.length) + itemLength(payload.content.length));
  const at = writeStart(target, 4, context, protectedBytes, externalAad);
  writeString(target, at, payload.type === 'bytes' ? MAJOR.bytes : MAJOR.text, payload.content);
  return target;
}

/** The additional data of a COSE_Encrypt0: `["Encrypt0", protected, external_aad]`, Enc_structure of RFC 9052 §5.3. */
export function encodeEncStructure(protectedBytes: Uint8Array, externalAad: Uint8Array = NOTHING): Uint8Array {
  const context = 'Encrypt0';
  const headers = 1 + itemLength(context.length) + itemLength(protectedBytes.length);
  const target = new Uint8Array(headers + itemLength(externalAad.length));
  writeStart(target, 3, context, protectedBytes, externalAad);
  return target;
}

function writeStart(
  target: Uint8Array,
  items: number,
  context: string,
  protectedBytes: Uint8Array,
  externalAad: Uint8Array,
): number {
  let at = writeHead(target, 0, MAJOR.array, items);
  at = writeHead(target, at, MAJOR.text, context.length);
  for (let i = 0; i < context.length; i++) target[at++] = context.charCodeAt(i);
  at = writeString(target, at, MAJOR.bytes, protectedBytes);
  return writeString(target, at, MAJOR.bytes, externalAad);
}
