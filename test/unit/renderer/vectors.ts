import fs from 'node:fs';
import path from 'node:path';

export interface Vector {
  readonly id: string;
  readonly form: string;
  readonly token: string;
}

/** The public tokens of `test/vectors/tokens.json`, where their sources are named. */
export function loadVectors(): readonly Vector[] {
  const file = path.resolve(import.meta.dirname, '../../vectors/tokens.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }).vectors;
}
