import type { EnvelopeParts } from './create-envelope.ts';
import type { Notices } from './notices.ts';
import { CLASS_NAME, CLASS_OF_KIND, KIND_NAME, STRUCTURE_NAME, shown, TAG_OF_KIND } from './words.ts';

/** What is odd about the algorithm and about the proof it made. */
export function noticeAlgorithm(
  { kind, tags, alg, algField, row, proof, protected: headers, root }: EnvelopeParts,
  notices: Notices,
): void {
  const at = algField?.value ?? headers.node ?? root;
  if (algField === undefined) {
    notices.say(
      'alg-missing',
      'warning',
      'The header names no algorithm. It is optional, but a verifier must then know it from the key alone.',
      at,
      'Put the algorithm into the protected header.',
    );
    return;
  }
  if (alg === undefined) {
    notices.say('alg-bad-type', 'error', `The algorithm is a number; this is ${KIND_NAME[at.kind]}.`, at);
    return;
  }
  if (row === undefined) {
    notices.say(
      'alg-unknown',
      'error',
      `Algorithm ${shown(alg.name)} is not one that COSE or CTA-5007 defines.`,
      at,
      'Issue with HS256, ES256 or PS256.',
    );
    return;
  }
  if (typeof alg.id === 'string') {
    notices.speaks('text-alg');
    notices.say(
      'alg-text',
      'warning',
      `The algorithm is the text “${shown(alg.id)}” where COSE has the number ${row.id}. AWS’s documentation writes it so; other verifiers do not know it.`,
      at,
      `Write ${row.id} as a number.`,
    );
  }
  if (row.bogus)
    notices.say(
      'alg-nonstandard',
      'warning',
      `Algorithm ${row.id} is used for HMAC-SHA-256 in C4M drafts; the COSE registry gives that number to something else.`,
      at,
      'Issue with HS256 (5).',
    );
  else if (row.primitive === undefined)
    notices.say(
      'alg-unsupported',
      'info',
      `${row.name} is not one of CTA-5007’s algorithms, and Catwalk cannot check it.`,
      at,
    );
  if (alg.in === 'unprotected')
    notices.say(
      'alg-unprotected',
      'warning',
      'The algorithm stands in the unprotected header, where anybody can change it without breaking the MAC.',
      at,
      'Put the algorithm into the protected header.',
    );
  const wanted = CLASS_OF_KIND[kind];
  if (wanted !== undefined && row.class !== wanted) {
    const tag = TAG_OF_KIND[kind];
    const said =
      tag !== undefined && tags.includes(tag)
        ? `Tag ${tag} says ${STRUCTURE_NAME[kind]}`
        : `This is a ${STRUCTURE_NAME[kind]}`;
    notices.say(
      'tag-alg-mismatch',
      'error',
      `${said}, which holds ${CLASS_NAME[wanted]}, but ${row.name} is ${CLASS_NAME[row.class]}. This is how algorithm confusion is tried: a verifier that does not refuse it can be made to take a public key for a secret.`,
      at,
      'Refuse this token; issue with a tag that fits the algorithm.',
    );
  } else if (
    proof &&
    row.proofLength !== undefined &&
    row.class !== 'encrypt' &&
    proof.bytes.length !== row.proofLength
  )
    notices.say(
      'proof-length',
      'error',
      `${row.name} makes ${row.proofLength} bytes, this ${row.class === 'mac' ? 'MAC' : 'signature'} has ${proof.bytes.length}.`,
      proof.node,
    );
}

/** The MAC, signature or IV for what the algorithm makes or takes. */
export function noticeProof({ kind, row, inner, iv, proof }: EnvelopeParts, notices: Notices): void {
  if (kind === 'cose-encrypt0') {
    const primitive = row?.primitive;
    if (iv === undefined)
      notices.say('iv-missing', 'error', 'There is no IV (label 5), so nobody can decrypt this.', inner);
    else if (primitive && 'ivLength' in primitive && iv.length !== primitive.ivLength)
      notices.say(
        'iv-length',
        'error',
        `${row?.name} takes an IV of ${primitive.ivLength} bytes, this has ${iv.length}.`,
        inner,
      );
    return;
  }
  if (row?.class === 'mac' && row.proofLength !== undefined && row.proofLength < 16)
    notices.say(
      'short-mac',
      'info',
      `${row.name} keeps ${row.proofLength} bytes of the MAC. CTA-5007 names HS256 with all 32; some verifiers take nothing shorter.`,
      proof?.node,
      'Issue with HS256.',
    );
}
