import type { CborIssue, CborIssueCode } from '../cbor/node.ts';
import type { Finding } from './finding.ts';

interface CborWords {
  readonly code: string;
  /** what is looked for, for the list of checks that found nothing */
  readonly title: string;
  readonly message: string;
  readonly mend?: string;
}

/** What each CBOR issue is called as a finding, and what it means to somebody who holds the token. */
export const CBOR_WORDS: Readonly<Record<CborIssueCode, CborWords>> = {
  ERR_CBOR_EMPTY: { code: 'cbor-empty', title: 'No bytes at all', message: 'There are no bytes to read.' },
  ERR_CBOR_TRUNCATED: {
    code: 'cbor-truncated',
    title: 'Bytes that end too early',
    message: 'The token ends in the middle of an item; everything before it is shown.',
    mend: 'Copy the whole token again, to its last character.',
  },
  ERR_CBOR_TRAILING: {
    code: 'trailing-bytes',
    title: 'Trailing bytes',
    message: 'Bytes follow after the end of the token. Strict readers refuse it.',
    mend: 'Cut the token where it ends.',
  },
  ERR_CBOR_RESERVED_AI: {
    code: 'cbor-reserved',
    title: 'Reserved bytes',
    message: 'A byte that CBOR keeps in reserve stands where an item should start.',
  },
  ERR_CBOR_UNEXPECTED_BREAK: {
    code: 'cbor-unexpected-break',
    title: 'A break out of place',
    message: 'A break stands where nothing of indefinite length is open.',
  },
  ERR_CBOR_CHUNK: {
    code: 'cbor-chunk',
    title: 'Pieces of the wrong kind',
    message: 'A string of indefinite length holds a piece that is not of its own kind.',
  },
  ERR_CBOR_BAD_SIMPLE: {
    code: 'cbor-bad-simple',
    title: 'Simple values written wrongly',
    message: 'A simple value is written in a way that CBOR does not allow.',
  },
  ERR_CBOR_ODD_MAP: {
    code: 'cbor-odd-map',
    title: 'Keys without values',
    message: 'A map ends after a key that has no value.',
  },
  ERR_CBOR_BAD_UTF8: {
    code: 'bad-utf8',
    title: 'Text that is not UTF-8',
    message: 'A text is not valid UTF-8. Some readers replace the bad bytes, others refuse the token.',
  },
  ERR_CBOR_DUPLICATE_KEY: {
    code: 'duplicate-key',
    title: 'Duplicate keys',
    message: 'A key stands twice in one map. Some readers take the first, some the last, some refuse the token.',
    mend: 'Keep one of the two.',
  },
  ERR_CBOR_NON_SHORTEST: {
    code: 'non-shortest',
    title: 'Numbers and lengths longer than needed',
    message: 'A number or length takes more bytes than it needs, so the encoding is not deterministic.',
  },
  ERR_CBOR_INDEFINITE: {
    code: 'indefinite-length',
    title: 'Items of indefinite length',
    message: 'An item of indefinite length: deterministic encoding has none, and small readers cannot read it.',
  },
  ERR_CBOR_KEY_ORDER: {
    code: 'key-order',
    title: 'Map keys out of order',
    message:
      'Map keys are not in the order of deterministic encoding. CTA-5007-B does not ask for it, so nobody refuses that.',
  },
  ERR_CBOR_NAN: { code: 'nan', title: 'NaN', message: 'A number is NaN, which a CAT may not hold.' },
  ERR_CBOR_NEGATIVE_ZERO: {
    code: 'negative-zero',
    title: 'Negative zero',
    message: 'A number is −0, which a CAT may not hold.',
  },
  ERR_CBOR_DEPTH: {
    code: 'too-deep',
    title: 'Nesting deeper than 64 levels',
    message: 'Items are nested deeper than 64 levels; reading stopped there.',
  },
  ERR_CBOR_NODES: {
    code: 'too-many-items',
    title: 'More than 10,000 items',
    message: 'There are more than 10,000 items; reading stopped there.',
  },
  ERR_CBOR_SIZE: {
    code: 'too-large',
    title: 'More than 64 KiB',
    message: 'The token is longer than 64 KiB; reading stopped there.',
  },
};

/** S§4.5 leaves the order of map keys open, so it is worth a note and no more. */
const NOTES = new Set<CborIssueCode>(['ERR_CBOR_KEY_ORDER']);

/**
 * A finding a code: what stands in many places of one token is said once, at the first, with their number. Duplicate keys
 * and damage are said each.
 */
export function cborFindings(issues: readonly CborIssue[]): Finding[] {
  const first = new Map<CborIssueCode, number>();
  const findings: Finding[] = [];
  const places: number[] = [];
  for (const issue of issues) {
    const before = SAID_ONCE.has(issue.code) ? first.get(issue.code) : undefined;
    if (before !== undefined) {
      places[before] = (places[before] ?? 1) + 1;
      continue;
    }
    first.set(issue.code, findings.length);
    findings.push(cborFinding(issue));
    places.push(1);
  }
  return findings.map((finding, index) => {
    const count = places[index] ?? 1;
    return count === 1 ? finding : { ...finding, message: `${finding.message} It is so in ${count} places.` };
  });
}

const SAID_ONCE = new Set<CborIssueCode>([
  'ERR_CBOR_NON_SHORTEST',
  'ERR_CBOR_INDEFINITE',
  'ERR_CBOR_KEY_ORDER',
  'ERR_CBOR_NAN',
  'ERR_CBOR_NEGATIVE_ZERO',
  'ERR_CBOR_BAD_UTF8',
]);

function cborFinding(issue: CborIssue): Finding {
  const { code, message, mend } = CBOR_WORDS[issue.code];
  return {
    code,
    severity: NOTES.has(issue.code) ? 'info' : issue.severity,
    message,
    range: { start: issue.start, end: issue.end },
    ...(mend === undefined ? {} : { mend }),
  };
}
