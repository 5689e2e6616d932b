import { createHash, createHmac, KeyObject } from 'node:crypto';
import fs from 'node:fs';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import type { RowOrigin } from './plan.ts';

const SAMPLE_BYTES = 1024 * 1024;

/** Tells whether a table is the same as before: its length, its beginning and its end. */
export function tableFingerprint(origin: RowOrigin): string {
  const hash = createHash('sha256');
  if (origin.kind === 'matrix') return hash.update(JSON.stringify(origin.axes)).digest('hex');
  if (origin.kind === 'text') return hash.update(origin.text).digest('hex');
  const descriptor = fs.openSync(origin.path, 'r');
  try {
    const { size } = fs.fstatSync(descriptor);
    hash.update(`${size}:`);
    const bytes = Buffer.alloc(Math.min(SAMPLE_BYTES, size));
    for (const start of [0, size - bytes.length]) {
      const length = fs.readSync(descriptor, bytes, 0, bytes.length, start);
      hash.update(bytes.subarray(0, length));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex');
}

/** Tells whether a key is the same as before, in too few digits to test a guess of a good one. */
export function keyFingerprint(material: CandidateKey['material']): string {
  if (material.kind === 'secret')
    return createHmac('sha256', material.bytes).update('catwalk batch').digest('hex').slice(0, 8);
  const { handle } = material.key;
  const der = handle instanceof KeyObject ? handle.export({ type: 'pkcs8', format: 'der' }) : '';
  return createHash('sha256').update('catwalk batch').update(der).digest('hex').slice(0, 8);
}
