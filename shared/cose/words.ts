import type { CborNode } from '../cbor/node.ts';
import type { CoseAlgorithm } from './algorithms.ts';
import type { EnvelopeKind } from './envelope.ts';

export const STRUCTURE_NAME: Readonly<Record<EnvelopeKind, string>> = {
  'cose-mac0': 'COSE_Mac0',
  'cose-sign1': 'COSE_Sign1',
  'cose-encrypt0': 'COSE_Encrypt0',
  'c4m-dot': 'dot-separated token',
  unknown: 'structure that is not known',
};
export const TAG_OF_KIND: Readonly<Partial<Record<EnvelopeKind, number>>> = {
  'cose-mac0': 17,
  'cose-sign1': 18,
  'cose-encrypt0': 16,
};
export const KIND_NAME: Readonly<Record<CborNode['kind'], string>> = {
  int: 'a number',
  bytes: 'a byte string',
  text: 'a text string',
  array: 'an array',
  map: 'a map',
  tag: 'a tagged item',
  simple: 'a simple value',
  float: 'a number',
  broken: 'damaged',
};

export const CLASS_OF_KIND: Readonly<Partial<Record<EnvelopeKind, CoseAlgorithm['class']>>> = {
  'cose-mac0': 'mac',
  'cose-sign1': 'sign',
  'cose-encrypt0': 'encrypt',
};
export const CLASS_NAME = { mac: 'a MAC', sign: 'a signature', encrypt: 'encryption' } as const;

const LONGEST = 40;
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text out of a token for a sentence: short, and without characters that reorder or hide what stands around it. */
export function shown(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return short.replace(HIDDEN, '\ufffd');
}
