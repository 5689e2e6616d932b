/** The payload as it is signed: the major type it has on the wire and its content. */
export interface SignedPayload {
  readonly type: 'bytes' | 'text';
  readonly content: Uint8Array;
}

export type SigningContext = 'MAC0' | 'Signature1';

const NOTHING = new Uint8Array(0);
const BYTES = 0x40;
const TEXT = 0x60;

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
  const room = itemLength(context.length) + itemLength(protectedBytes.length);
  const target = new Uint8Array(1 + room + itemLength(externalAad.length) + itemLength(payload.content.length));
  target[0] = 0x84;
  let at = writeAscii(target, 1, context);
  at = writeString(target, at, BYTES, protectedBytes);
  at = writeString(target, at, BYTES, externalAad);
  writeString(target, at, payload.type === 'bytes' ? BYTES : TEXT, payload.content);
  return target;
}

/** The additional data of a COSE_Encrypt0: `["Encrypt0", protected, external_aad]`, Enc_structure of RFC 9052 §5.3. */
export function encodeEncStructure(protectedBytes: Uint8Array, externalAad: Uint8Array = NOTHING): Uint8Array {
  const context = 'Encrypt0';
  const room = itemLength(context.length) + itemLength(protectedBytes.length) + itemLength(externalAad.length);
  const target = new Uint8Array(1 + room);
  target[0] = 0x83;
  let at = writeAscii(target, 1, context);
  at = writeString(target, at, BYTES, protectedBytes);
  writeString(target, at, BYTES, externalAad);
  return target;
}

/** Bytes of a string item: its shortest head and its content. */
const itemLength = (content: number): number =>
  content + (content < 24 ? 1 : content < 256 ? 2 : content < 65536 ? 3 : 5);

function writeString(target: Uint8Array, at: number, major: number, content: Uint8Array): number {
  const start = writeHead(target, at, major, content.length);
  target.set(content, start);
  return start + content.length;
}

function writeAscii(target: Uint8Array, at: number, text: string): number {
  let out = writeHead(target, at, TEXT, text.length);
  for (let i = 0; i < text.length; i++) target[out++] = text.charCodeAt(i);
  return out;
}

/** The shortest head (RFC 8949 §4.2.1), which is what every signer writes here whatever the token's own heads look like. */
function writeHead(target: Uint8Array, at: number, major: number, length: number): number {
  let out = at;
  if (length < 24) target[out++] = major | length;
  else if (length < 256) {
    target[out++] = major | 24;
    target[out++] = length;
  } else if (length < 65536) {
    target[out++] = major | 25;
    target[out++] = length >> 8;
    target[out++] = length;
  } else {
    target[out++] = major | 26;
    target[out++] = length >>> 24;
    target[out++] = length >> 16;
    target[out++] = length >> 8;
    target[out++] = length;
  }
  return out;
}
