import { type CoseAlgorithm, findAlgorithm } from './algorithms.ts';
import { cannotCheck } from './candidates.ts';
import type { Integrity } from './crypto-port.ts';
import type { Envelope } from './envelope.ts';
import { isEmptyProtected } from './headers.ts';
import { CLASS_NAME, CLASS_OF_KIND, STRUCTURE_NAME, shown } from './words.ts';

export type HeaderAlgorithm =
  /** `row` is absent when the header leaves the algorithm to the key */
  | { readonly kind: 'algorithm'; readonly row: CoseAlgorithm | undefined }
  | { readonly kind: 'obstacle'; readonly integrity: Integrity };

/**
 * The algorithm that a token is to be checked with: the protected header's. The unprotected header counts only when the
 * protected one is empty, as Akamai's verifier has it; else it is an attacker's to write.
 */
export function headerAlgorithm(envelope: Envelope): HeaderAlgorithm {
  const { alg, kind } = envelope;
  if (kind === 'unknown')
    return obstacle(
      envelope.payload?.form === 'bare' && envelope.root.kind !== 'array'
        ? 'These are claims without an envelope, so there is nothing that proves who made them.'
        : 'The structure is none that Catwalk can check.',
    );
  if (alg === undefined || (alg.in === 'unprotected' && !isEmptyProtected(envelope.protected)))
    return { kind: 'algorithm', row: undefined };
  const row = findAlgorithm(alg.id);
  if (row === undefined)
    return obstacle(`The token says algorithm ${shown(alg.name)}, which is not one that COSE defines.`);
  const wanted = CLASS_OF_KIND[kind];
  if (wanted !== undefined && row.class !== wanted)
    return obstacle(
      `The token is a ${STRUCTURE_NAME[kind]}, which holds ${CLASS_NAME[wanted]}, but its algorithm ${row.name} is ${CLASS_NAME[row.class]}.`,
      true,
    );
  if (row.primitive === undefined) return obstacle(`Catwalk cannot compute ${row.name}.`);
  return { kind: 'algorithm', row };
}

const obstacle = (reason: string, alarm = false): HeaderAlgorithm => ({
  kind: 'obstacle',
  integrity: cannotCheck(reason, alarm),
});
