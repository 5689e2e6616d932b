import { printableUtf8 } from '../bytes/utf8.ts';
import type { CborNode } from '../cbor/node.ts';
import type { ClaimEntry } from '../claims/claims-set.ts';
import type { Renewal } from '../claims/definitions/catr.ts';
import { deadlineMeaning } from '../claims/definitions/catr.ts';
import { shown } from '../cose/words.ts';
import { type Check, type ClaimsFacts, missing, NOTHING, type Notice } from './check.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** GET, HEAD and whatever else a server may know, in the capitals that methods are compared in (RFC 9110 §9.1). */
const isLowerCase = (method: string): boolean => method !== method.toUpperCase();

/** A row that looks at each entry of one claim, in the base set and in composites. */
function entryCheck(
  claim: string,
  row: Pick<Check<ClaimsFacts>, 'code' | 'title' | 'severity'>,
  look: (entry: ClaimEntry) => (Omit<Notice, 'claim'> & { readonly at?: CborNode }) | undefined,
): Check<ClaimsFacts> {
  return {
    ...row,
    find: (facts) =>
      facts.all(claim).flatMap((entry) => {
        const notice = look(entry);
        return notice === undefined ? [] : [{ at: entry.node, ...notice, claim }];
      }),
  };
}

/** The first item of an array claim that fits, tags in front of it aside. */
function findItem(node: CborNode, fits: (item: CborNode) => boolean): CborNode | undefined {
  let inner = node;
  while (inner.kind === 'tag') inner = inner.value;
  return inner.kind === 'array' ? inner.items.find(fits) : undefined;
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

export const CLAIM_CHECKS: readonly Check<ClaimsFacts>[] = [
  missing({ code: 'no-iss', title: 'No issuer', severity: 'warning' }, (facts) => facts.all('iss').length > 0, {
    message:
      'There is no iss. Akamai, zig’s verifier and others refuse such a token once they are told whom to trust; node-cat and Fastly accept it.',
    claim: 'iss',
    mend: 'Issue it with the issuer’s name.',
  }),
  missing({ code: 'no-catv', title: 'No version', severity: 'info' }, (facts) => facts.all('catv').length > 0, {
    message:
      'There is no catv. Without it the token is a CWT that does not say it is a CAT; recipients seem to accept that.',
    claim: 'catv',
    mend: 'Issue it with catv 1.',
  }),
  entryCheck('catv', { code: 'catv-not-1', title: 'A version other than 1', severity: 'error' }, ({ node }) =>
    node.kind === 'int' && node.value === 1
      ? undefined
      : {
          message: `catv must be the number 1 and is ${node.kind === 'text' ? `the text “${shown(node.value)}”` : node.kind === 'int' ? node.value : 'something else'}. The standard refuses the token; node-cat, Fastly and zig’s verifier do not look.`,
          mend: 'Issue it with catv 1.',
        },
  ),
  {
    code: 'replay-without-cti',
    title: 'catreplay without cti',
    severity: 'error',
    find: (facts) =>
      !facts.complete || facts.all('cti').length > 0
        ? NOTHING
        : facts.all('catreplay').flatMap(({ node, value }) =>
            value === 1 || value === 2
              ? [
                  {
                    message:
                      'catreplay limits how often this token may be used, but it has no cti to tell it from others by, so nobody can count.',
                    at: node,
                    claim: 'catreplay',
                    mend: 'Issue it with a random cti.',
                  },
                ]
              : [],
          ),
  },
  entryCheck('cti', { code: 'cti-ascii', title: 'Text inside the token id', severity: 'info' }, ({ value }) => {
    const text = value instanceof Uint8Array && value.length >= 16 ? printableUtf8(value) : undefined;
    if (text === undefined) return undefined;
    const what = UUID.test(text) ? 'a UUID' : /^[0-9a-f]+$/i.test(text) ? 'hex digits' : undefined;
    return what === undefined
      ? undefined
      : {
          message: `cti holds ${what} as text inside a byte string: ${value instanceof Uint8Array ? value.length : 0} bytes where 16 would do. It works, as long as everybody compares the bytes.`,
          mend: 'Write the 16 bytes themselves.',
        };
  }),
  entryCheck('cti', { code: 'cti-text', title: 'Token id as text', severity: 'error' }, ({ node }) =>
    node.kind === 'text'
      ? {
          message:
            'cti is a text string where the standard has bytes. CloudFront’s sample writes it so; strict recipients refuse the token.',
          mend: 'Write it as a byte string.',
        }
      : undefined,
  ),
  entryCheck(
    'catpor',
    { code: 'catpor-percent', title: 'catpor as a bare percentage', severity: 'error' },
    ({ node }) =>
      node.kind === 'int'
        ? {
            message: `catpor is the number ${node.value}, a percentage as Fastly’s helper writes it. The standard has an array of a probability from 0 to 1 and an id.`,
            mend: 'Write [probability, id].',
          }
        : undefined,
  ),
  entryCheck('catalpn', { code: 'catalpn-text', title: 'ALPN ids as text', severity: 'error' }, ({ node }) => {
    const item = findItem(node, ({ kind }) => kind === 'text');
    return (
      item && {
        message: 'catalpn holds text where ALPN ids are bytes. Recipients that compare bytes refuse every connection.',
        at: item,
        mend: 'Write each id as a byte string.',
      }
    );
  }),
  entryCheck(
    'catm',
    { code: 'catm-case', title: 'Methods not in capitals', severity: 'warning' },
    ({ node, value }) => {
      const method = texts(value).find(isLowerCase);
      return method === undefined
        ? undefined
        : {
            message: `catm has “${shown(method)}”. Methods are compared letter by letter, so it matches nothing that a player sends; Fastly and zig’s verifier forgive it.`,
            at: findItem(node, (item) => item.kind === 'text' && item.value === method) ?? node,
            mend: `Write “${shown(method.toUpperCase())}”.`,
          };
    },
  ),
  entryCheck(
    'catgeoiso3166',
    { code: 'country-case', title: 'Countries not in capitals', severity: 'warning' },
    ({ node, value }) => {
      const code = texts(value).find(isLowerCase);
      return code === undefined
        ? undefined
        : {
            message: `catgeoiso3166 has “${shown(code)}”. ISO 3166 codes are capitals; only CloudFront’s sample compares them in lower case.`,
            at: findItem(node, (item) => item.kind === 'text' && item.value === code) ?? node,
            mend: `Write “${shown(code.toUpperCase())}”.`,
          };
    },
  ),
  entryCheck('catnip', { code: 'network-text', title: 'Networks as text', severity: 'error' }, ({ node }) => {
    const item = findItem(node, ({ kind }) => kind === 'text');
    return (
      item && {
        message:
          'catnip holds an address as text, as C4M’s examples and Fastly’s helper write it. The standard has tagged bytes (RFC 9164), and recipients refuse this.',
        at: item,
        mend: 'Write 52(bytes), 54(bytes), or the prefix form.',
      }
    );
  }),
  entryCheck(
    'catnip',
    { code: 'network-elided', title: 'Prefixes with their zero bytes left out', severity: 'info' },
    ({ node }) => {
      const item = findItem(node, isElidedPrefix);
      return (
        item && {
          message: 'A network prefix leaves its zero bytes out, which is correct by RFC 9164. node-cat throws on it.',
          at: item,
          mend: 'For node-cat, write all bytes of the prefix.',
        }
      );
    },
  ),
  entryCheck('catr', { code: 'catr-null', title: 'catr that is null', severity: 'error' }, ({ node }) =>
    node.kind === 'simple'
      ? {
          message:
            'catr is null, as one library writes it when no renewal is set. The standard has a map; strict recipients refuse the token.',
          mend: 'Leave catr out.',
        }
      : undefined,
  ),
  entryCheck(
    'catr',
    { code: 'catr-no-expadd', title: 'Renewal without a length', severity: 'warning' },
    ({ value }) => {
      const renewal = value as Renewal | undefined;
      return renewal !== undefined && renewal.expadd === undefined
        ? {
            message:
              'catr does not say for how long to renew (expadd). Akamai and node-cat call the token ill-formed for it.',
            mend: 'Add expadd, in seconds.',
          }
        : undefined;
    },
  ),
  entryCheck(
    'catr',
    { code: 'catr-deadline', title: 'Renewal deadline, which sources read differently', severity: 'info' },
    ({ value }) => {
      const deadline = (value as Renewal | undefined)?.deadline;
      if (deadline === undefined) return undefined;
      const meaning =
        deadlineMeaning(deadline) === 'moment'
          ? 'a moment, as cat-token and Fastly’s example read it'
          : 'seconds before the expiry, as node-cat reads it';
      return {
        message: `The deadline ${deadline} looks like ${meaning}. Recipients that read it the other way renew always or never.`,
      };
    },
  ),
  {
    code: 'unknown-claim',
    title: 'Claims that nobody registered',
    severity: 'warning',
    find: (facts) => {
      const relaxed = facts.all('crit').length > 0;
      const strangers = facts.claims.entries.filter(isStranger);
      // thousands come only from somebody who wants them counted
      return strangers.slice(0, MOST_STRANGERS).map((entry): Notice => {
        const label = typeof entry.label === 'string' ? `“${shown(entry.label)}”` : String(entry.label);
        const stranger = `Claim ${label} is not one that CTA-5007 or anybody met here defines.`;
        const place = { at: entry.keyNode, claim: entry.name };
        return relaxed
          ? {
              ...place,
              message: `${stranger} The token has crit, which lets recipients pass over claims it does not list.`,
              severity: 'info',
            }
          : {
              ...place,
              message: `${stranger} By the standard an unknown claim makes the token unacceptable; node-cat, Akamai and Fastly pass over it.`,
              mend: 'Leave it out, or make sure that the recipient knows it.',
            };
      });
    },
  },
];

const MOST_STRANGERS = 100;

const isStranger = (entry: ClaimEntry): boolean =>
  entry.definition === undefined && !entry.dialects.includes('nan-keys') && !NAMED.has(entry.name);

/** Claims of drafts that have a name and no definition of their own. */
const NAMED = new Set(['catdpopw', 'catdpopjti']);

function isElidedPrefix(item: CborNode): boolean {
  if (item.kind !== 'tag' || item.value.kind !== 'array') return false;
  const [bits, prefix] = item.value.items;
  const family = Number(item.tag) === 52 ? 4 : Number(item.tag) === 54 ? 16 : 0;
  return family > 0 && bits?.kind === 'int' && prefix?.kind === 'bytes' && prefix.value.length < family;
}
