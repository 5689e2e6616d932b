import type { CborNode } from '../cbor/node.ts';
import type { EnvelopeParts } from './create-envelope.ts';
import { findHeader, HEADER, isEmptyProtected, type MapNode } from './headers.ts';
import type { Notices } from './notices.ts';
import { shown } from './words.ts';

/** Labels a recipient of a CAT understands when `crit` lists them. */
const UNDERSTOOD: readonly number[] = Object.values(HEADER);

/** What is odd about the two header maps. */
export function noticeHeaders(parts: EnvelopeParts, notices: Notices): void {
  const { protected: headers, unprotected } = parts;
  if (headers.node && headers.node.kind !== 'broken' && headers.bytes.length > 0 && headers.map === undefined)
    notices.say('protected-not-map', 'error', 'The bytes of the protected header hold no map.', headers.node);
  if (headers.bytes.length > 0 && isEmptyProtected(headers)) {
    notices.speaks('protected-a0');
    // RFC 9052 §3: a zero-length map is encoded as a zero-length string
    notices.say(
      'protected-a0',
      'warning',
      'The empty protected header is written as an empty map, h’a0’, where an empty byte string belongs. Verifiers differ in which of the two they authenticate.',
      headers.node,
      'Write h’’.',
    );
  }
  noticeTextLabels(asEntries(headers.map), notices);
  noticeTextLabels(asEntries(unprotected.map), notices);
  noticeInBoth(asEntries(headers.map), asEntries(unprotected.map), notices);
  noticeKid(parts, notices);
  const typ = findHeader(parts, HEADER.typ);
  if (typ) {
    notices.speaks('typ-16');
    notices.say(
      'typ-16',
      'info',
      'The header has a type (label 16), as cat-token and C4M write it. CTA-5007 tokens need none.',
      typ.value,
    );
  }
  noticeCrit(parts, notices);
}

const NO_ENTRIES: MapNode['entries'] = [];
const asEntries = (map: CborNode | undefined): MapNode['entries'] => (map?.kind === 'map' ? map.entries : NO_ENTRIES);

function noticeTextLabels(entries: MapNode['entries'], notices: Notices): void {
  let four: CborNode | undefined;
  let named: (CborNode & { readonly kind: 'text' }) | undefined;
  for (const { key } of entries) {
    if (key.kind !== 'text') continue;
    if (key.value === '4') four ??= key;
    else named ??= key;
  }
  if (four) {
    notices.speaks('text-label-4');
    notices.say(
      'text-label-4',
      'warning',
      'The key id has the text label "4" where the number 4 belongs, as old node-cat tokens have it. Verifiers that choose the key by its id find none.',
      four,
      'Issue with the number 4.',
    );
  }
  if (named)
    notices.say(
      'text-header-label',
      'info',
      `The header has a field named “${shown(named.value)}”; labels that COSE defines are numbers.`,
      named,
    );
}

function noticeInBoth(one: MapNode['entries'], other: MapNode['entries'], notices: Notices): void {
  if (one.length === 0 || other.length === 0) return;
  const labels = new Set(one.map(({ key }) => (key.kind === 'int' ? key.value : undefined)));
  const repeated = other.find(({ key }) => key.kind === 'int' && labels.has(key.value))?.key;
  if (repeated?.kind === 'int')
    // RFC 9052 §3: a label must not occur in both maps
    notices.say(
      'header-in-both',
      'warning',
      `Header ${repeated.value} stands in both header maps; only the protected one counts.`,
      repeated,
      'Keep the protected one.',
    );
}

function noticeKid({ kidField }: EnvelopeParts, notices: Notices): void {
  if (kidField === undefined) return;
  const { value } = kidField;
  if (value.kind === 'text')
    notices.say(
      'kid-text',
      'info',
      'The key id is a text string where COSE has a byte string. Some verifiers compare bytes only.',
      value,
      'Write the key id as bytes.',
    );
  else if (value.kind !== 'bytes')
    notices.say('kid-bad-type', 'error', 'The key id is neither bytes nor text, so no key can be chosen by it.', value);
  if (kidField.in === 'protected')
    notices.say(
      'kid-in-protected',
      'info',
      'The key id stands in the protected header. That is allowed; Akamai’s verifier looks for it in the unprotected one.',
      value,
    );
}

function noticeCrit(parts: EnvelopeParts, notices: Notices): void {
  const crit = findHeader(parts, HEADER.crit);
  if (crit === undefined) return;
  if (crit.in === 'unprotected')
    notices.say('crit-unprotected', 'error', 'The list of critical headers must be protected.', crit.value);
  const listed = crit.value.kind === 'array' ? crit.value.items : [];
  if (listed.length === 0)
    notices.say('crit-empty', 'error', 'The list of critical headers must be an array with an entry.', crit.value);
  const unknown = listed.find((label) => label.kind !== 'int' || !UNDERSTOOD.includes(Number(label.value)));
  if (unknown)
    // RFC 9052 §3.1: what is critical and not understood is a fatal error
    notices.say(
      'crit-unknown',
      'error',
      'A header is marked critical that no CAT verifier is known to understand, so every one must refuse the token.',
      unknown,
    );
}
