import { printableUtf8 } from '../bytes/utf8.ts';
import type { CborNode } from '../cbor/node.ts';
import type { ClaimEntry } from '../claims/claims-set.ts';
import type { Located } from '../claims/codec/crs.ts';
import { asList } from '../claims/codec/list.ts';
import { formatNetwork, type NetworkId } from '../claims/codec/network.ts';
import { shown } from '../cose/words.ts';
import { type Check, type ClaimsFacts, NOTHING, type Notice } from './check.ts';

/** Longer prefixes say which household or person it is (CTA-5007-B §4.6.9). */
const NARROW_BITS = { 4: 24, 16: 56 } as const;
/** More characters of a geohash are a neighbourhood, not a region (§4.6.16). */
const LONG_GEOHASH = 4;

const IN_CLEAR = 'Anybody who sees the token can read it; the standard asks for encryption.';

/** A row for claims that must not stand in the clear (CTA-5007-B §4.6.9, 4.6.15, 4.6.16, 4.7.1). */
const inClear = (row: Omit<Check<ClaimsFacts>, 'severity'>): Check<ClaimsFacts> => ({
  ...row,
  severity: 'warning',
  find: (facts) => (facts.encrypted ? NOTHING : row.find(facts)),
});

const EMAIL = /[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@]{2,24}/;
const PHONE = /^\+?\d[\d ()./-]{7,18}\d$/;

/** What kind of identity a text gives away; `undefined` when it is a name without one, an opaque id for instance. */
function identity(text: string): string | undefined {
  if (EMAIL.test(text)) return 'an e-mail address';
  if (/^(?:tel:)?\+\d/.test(text) && PHONE.test(text.replace(/^tel:/, ''))) return 'a telephone number';
  return undefined;
}

export const PRIVACY_CHECKS: readonly Check<ClaimsFacts>[] = [
  inClear({
    code: 'identifying-subject',
    title: 'A subject or token id that identifies a person',
    find: (facts) =>
      ['sub', 'cti'].flatMap((name) =>
        facts.all(name).flatMap(({ node, value }): Notice[] => {
          const text =
            typeof value === 'string' ? value : value instanceof Uint8Array ? printableUtf8(value) : undefined;
          const what = text === undefined ? undefined : identity(text);
          return what === undefined || text === undefined
            ? []
            : [
                {
                  message: `${name} holds ${what} (“${shown(text)}”). ${IN_CLEAR}`,
                  at: node,
                  claim: name,
                  mend: 'Use an id that means nothing outside.',
                },
              ];
        }),
      ),
  }),
  inClear({
    code: 'narrow-network',
    title: 'A network narrow enough to tell a household',
    find: (facts) =>
      facts.all('catnip').flatMap((entry) => {
        const narrow = ((entry.value as readonly NetworkId[] | undefined) ?? []).flatMap((network, index) => {
          if (network.kind !== 'address' && network.kind !== 'prefix') return [];
          const bits = network.kind === 'address' ? network.family * 8 : network.bits;
          return bits > NARROW_BITS[network.family] ? [{ network, index }] : [];
        });
        const [first, ...more] = narrow;
        if (first === undefined) return [];
        const others = more.length === 0 ? '' : ` and ${more.length} more`;
        return [
          {
            message: `catnip names ${formatNetwork(first.network)}${others}: longer than /24 (IPv4) or /56 (IPv6) tells a household. ${IN_CLEAR}`,
            at: itemAt(entry, first.index) ?? entry.node,
            claim: 'catnip',
            mend: 'Use at most /24 or /56, or encrypt the token.',
          },
        ];
      }),
  }),
  inClear({
    code: 'precise-geohash',
    title: 'A geohash of more than four characters',
    find: (facts) =>
      facts.all('geohash').flatMap(({ node, value }) => {
        const located = value as Located<string | readonly string[]> | undefined;
        const cell = located === undefined ? undefined : asList(located.place).find((one) => one.length > LONG_GEOHASH);
        return cell === undefined
          ? []
          : [
              {
                message: `The geohash “${shown(cell)}” is precise to a neighbourhood. ${IN_CLEAR}`,
                at: node,
                claim: 'geohash',
                mend: 'Use at most four characters, or encrypt the token.',
              },
            ];
      }),
  }),
  inClear({
    code: 'coordinates-in-clear',
    title: 'Coordinates in the clear',
    find: (facts) =>
      facts.all('catgeocoord').map(({ node }) => ({
        message: `catgeocoord holds coordinates. ${IN_CLEAR}`,
        at: node,
        claim: 'catgeocoord',
        mend: 'Encrypt the token, or use countries.',
      })),
  }),
];

/** The item a network was read from, where none before it was left out as unreadable. */
function itemAt({ node, value }: ClaimEntry, index: number): CborNode | undefined {
  let inner = node;
  while (inner.kind === 'tag') inner = inner.value;
  if (inner.kind !== 'array' || !Array.isArray(value) || inner.items.length !== value.length) return undefined;
  return inner.items[index];
}
