import type { FoundToken, RepairKind } from '../carrier/found.ts';
import { byteOffset } from '../units.ts';
import type { Check, Notice } from './check.ts';
import { NOTHING } from './check.ts';

/** What checks of the token as a text look at. */
export interface TokenFacts {
  readonly found: FoundToken;
}

/** CloudFront Functions take no more (AWS developer guide). */
const CLOUDFRONT_LIMIT = 1024;
/** What every recipient must process (CTA-5007-B §4.3.1.1). */
const STANDARD_LIMIT = 4096;
/** What browsers keep of a cookie, its name and attributes included (RFC 6265 §6.1). */
const COOKIE_LIMIT = 4096;
/** What common servers take of a request line or a header field (nginx, Apache: 8 KiB). */
const LINE_LIMIT = 8192;

const rangesOf = (found: FoundToken, kind: RepairKind): readonly (readonly [number, number])[] =>
  found.repairs.find((repair) => repair.kind === kind)?.ranges ?? [];

/** 1-based, as editors count: `characters 329, 343`. */
function charactersInWords(ranges: readonly (readonly [number, number])[]): string {
  const shown = ranges.slice(0, 4).map(([start]) => start + 1);
  const more = ranges.length > shown.length ? ` and ${ranges.length - shown.length} more` : '';
  return `${ranges.length === 1 ? 'character' : 'characters'} ${shown.join(', ')}${more}`;
}

const sizeCheck = (
  row: Pick<Check<TokenFacts>, 'code' | 'title' | 'severity'>,
  measure: (found: FoundToken) => number,
  limit: number,
  message: (size: number) => string,
  mend: string,
): Check<TokenFacts> => ({
  ...row,
  find: ({ found }) => {
    const size = measure(found);
    return size > limit ? [{ message: message(size), mend }] : NOTHING;
  },
});

const bytesOf = ({ bytes }: FoundToken): number => bytes.length;
const charactersOf = ({ text }: FoundToken): number => text.length;

export const TOKEN_CHECKS: readonly Check<TokenFacts>[] = [
  {
    code: 'input-damaged',
    title: 'A cut or garbled token',
    severity: 'error',
    find: ({ found }) => {
      if (found.damagedAt === undefined) return NOTHING;
      const cut = found.damagedAt >= found.end;
      const message = cut
        ? `The token is cut off after character ${found.damagedAt}; everything before that is shown.`
        : `The token stops making sense at character ${found.damagedAt + 1}; everything before that is shown.`;
      const end = byteOffset(found.bytes.length);
      return [{ message, at: { start: end, end }, mend: 'Copy it again, whole.' }];
    },
  },
  {
    code: 'standard-base64',
    title: 'Base64 characters that break a path',
    severity: 'warning',
    find: ({ found }): readonly Notice[] => {
      const standard = [...rangesOf(found, 'base64-standard'), ...rangesOf(found, 'base64-mixed')];
      const padding = rangesOf(found, 'padding');
      if (standard.length === 0 && padding.length === 0) return NOTHING;
      const mend = 'Issue it as base64url without padding.';
      if (standard.length === 0)
        return [
          {
            message:
              'The token was padded with “=”. Padding may be left out, and in a path or a cookie it is in the way.',
            severity: 'info',
            mend,
          },
        ];
      return [
        {
          message: `The token was pasted in standard base64 (${charactersInWords(standard)}). “/” splits the path when the token travels in it, and “+” becomes a blank in a query.`,
          mend,
        },
      ];
    },
  },
  {
    code: 'transport-damage',
    title: 'Characters that crept into the token',
    severity: 'info',
    find: ({ found }) => {
      const crept = [
        ...rangesOf(found, 'invisible'),
        ...rangesOf(found, 'whitespace'),
        ...rangesOf(found, 'line-breaks'),
      ];
      return crept.length === 0
        ? NOTHING
        : [
            {
              message: `Blanks, line breaks or invisible characters stood inside the token (${charactersInWords(crept)}). Sent like that it is refused.`,
              mend: 'Copy the repaired token.',
            },
          ];
    },
  },
  {
    code: 'encoded-twice',
    title: 'Percent-encoding applied twice',
    severity: 'warning',
    find: ({ found }) => {
      const twice = rangesOf(found, 'percent-double');
      return twice.length === 0
        ? NOTHING
        : [
            {
              message: `The token was percent-encoded twice (${charactersInWords(twice)}). A recipient undoes it once, and then does not find a token.`,
              mend: 'Find who encodes it a second time. CloudFront’s logs do so by themselves.',
            },
          ];
    },
  },
  sizeCheck(
    { code: 'over-4096-bytes', title: 'More than 4,096 bytes', severity: 'warning' },
    bytesOf,
    STANDARD_LIMIT,
    (size) =>
      `The token has ${size} bytes. Recipients need not process more than ${STANDARD_LIMIT} (CTA-5007-B §4.3.1.1).`,
    'Use fewer or shorter claims.',
  ),
  sizeCheck(
    { code: 'over-1024-bytes', title: 'More than 1,024 bytes', severity: 'info' },
    bytesOf,
    CLOUDFRONT_LIMIT,
    (size) =>
      `The token has ${size} bytes. CloudFront Functions, which Flowplayer’s delivery hints at, take no more than ${CLOUDFRONT_LIMIT}.`,
    'Use fewer or shorter claims.',
  ),
  sizeCheck(
    { code: 'over-cookie-limit', title: 'Longer than a cookie', severity: 'info' },
    charactersOf,
    COOKIE_LIMIT - 64,
    (size) => `Its text has ${size} characters. Browsers drop cookies over ${COOKIE_LIMIT} bytes, name included.`,
    'Send it in a header or in the address.',
  ),
  sizeCheck(
    { code: 'over-line-limit', title: 'Longer than a request line', severity: 'warning' },
    charactersOf,
    LINE_LIMIT - 256,
    (size) =>
      `Its text has ${size} characters. nginx and Apache refuse request lines and headers over ${LINE_LIMIT} bytes unless told otherwise.`,
    'Use fewer or shorter claims.',
  ),
];
