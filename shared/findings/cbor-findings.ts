import type { CborIssue, CborIssueCode } from '../cbor/node.ts';
import type { Finding } from './finding.ts';

/** What each CBOR issue is called as a finding, and what it means to somebody who holds the token. */
const WORDS: Readonly<
  Record<CborIssueCode, { readonly code: string; readonly message: string; readonly mend?: string }>
> = {
  ERR_CBOR_EMPTY: { code: 'cbor-empty', message: 'There are no bytes to read.' },
  ERR_CBOR_TRUNCATED: {
    code: 'cbor-truncated',
    message: 'The token ends in the middle of an item; everything before it is shown.',
    mend: 'Copy the whole token again, to its last character.',
  },
  ERR_CBOR_TRAILING: {
    code: 'trailing-bytes',
    message: 'Bytes follow after the end of the token. Strict readers refuse it.',
    mend: 'Cut the token where it ends.',
  },
  ERR_CBOR_RESERVED_AI: {
    code: 'cbor-reserved',
    message: 'A byte that CBOR keeps in reserve stands where an item should start.',
  },
  ERR_CBOR_UNEXPECTED_BREAK: {
    code: 'cbor-unexpected-break',
    message: 'A break stands where nothing of indefinite length is open.',
  },
  ERR_CBOR_CHUNK: {
    code: 'cbor-chunk',
    message: 'A string of indefinite length holds a piece that is not of its own kind.',
  },
  ERR_CBOR_BAD_SIMPLE: {
    code: 'cbor-bad-simple',
    message: 'A simple value is written in a way that CBOR does not allow.',
  },
  ERR_CBOR_ODD_MAP: { code: 'cbor-odd-map', message: 'A map ends after a key that has no value.' },
  ERR_CBOR_BAD_UTF8: {
    code: 'bad-utf8',
    message: 'A text is not valid UTF-8. Some readers replace the bad bytes, others refuse the token.',
  },
  ERR_CBOR_DUPLICATE_KEY: {
    code: 'duplicate-key',
    message: 'A key stands twice in one map. Some readers take the first, some the last, some refuse the token.',
    mend: 'Keep one of the two.',
  },
  ERR_CBOR_NON_SHORTEST: {
    code: 'non-shortest',
    message: 'A number or length takes more bytes than it needs, so the encoding is not deterministic.',
  },
  ERR_CBOR_INDEFINITE: {
    code: 'indefinite-length',
    message: 'An item of indefinite length: deterministic encoding has none, and small readers cannot read it.',
  },
  ERR_CBOR_KEY_ORDER: {
    code: 'key-order',
    message:
      'Map keys are not in the order of deterministic encoding. CTA-5007-B does not ask for it, so nobody refuses that.',
  },
  ERR_CBOR_NAN: { code: 'nan', message: 'A number is NaN, which a CAT may not hold.' },
  ERR_CBOR_NEGATIVE_ZERO: { code: 'negative-zero', message: 'A number is −0, which a CAT may not hold.' },
  ERR_CBOR_DEPTH: { code: 'too-deep', message: 'Items are nested deeper than 64 levels; reading stopped there.' },
  ERR_CBOR_NODES: { code: 'too-many-items', message: 'There are more than 10,000 items; reading stopped there.' },
  ERR_CBOR_SIZE: { code: 'too-large', message: 'The token is longer than 64 KiB; reading stopped there.' },
};

/** S§4.5 leaves the order of map keys open, so it is worth a note and no more. */
const NOTES = new Set<CborIssueCode>(['ERR_CBOR_KEY_ORDER']);

export function cborFinding(issue: CborIssue): Finding {
  const { code, message, mend } = WORDS[issue.code];
  return {
    code,
    severity: NOTES.has(issue.code) ? 'info' : issue.severity,
    message,
    range: { start: issue.start, end: issue.end },
    ...(mend === undefined ? {} : { mend }),
  };
}
