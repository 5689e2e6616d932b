import { encodeHex } from '../../bytes/hex.ts';
import { float, text } from '../../cbor/build.ts';
import type { CborValue } from '../../cbor/node.ts';
import { MATCH_LABELS } from '../../claims/codec/match-map.ts';
import { catif } from '../../claims/definitions/catif.ts';
import { catnip } from '../../claims/definitions/catnip.ts';
import { catr } from '../../claims/definitions/catr.ts';
import { catreplay } from '../../claims/definitions/catreplay.ts';
import { catu } from '../../claims/definitions/catu.ts';
import { exp } from '../../claims/definitions/exp.ts';
import { iat } from '../../claims/definitions/iat.ts';
import { iss } from '../../claims/definitions/iss.ts';
import { nbf } from '../../claims/definitions/nbf.ts';
import type { SayAboutClaim } from '../issue-note.ts';
import { type ClaimRule, claimRule, type Target } from '../target.ts';
import { knownRules, refuseNeverMet, refuseSeveralMatches, refuseUnknownComponents } from '../uri-checks.ts';

/** What version 0.16.4 does, by running it (CAT.md f and appendix). */
const rules = new Map<string, ClaimRule>([
  claimRule(
    catu,
    (uri, say) => {
      refuseUnknownComponents(uri, say);
      refuseSeveralMatches(uri, say, 'node-cat reads only the first');
      refuseNeverMet(uri, say);
      for (const { component, matches } of knownRules(uri)) {
        if (component === 'stem' || component === 'extension')
          say('hint', 'first-dot', 'node-cat divides a file name at its first dot: b.tar.gz is “b” and “.tar.gz”.');
        for (const match of matches) {
          if (match.type === 'sha512-256')
            say('refused', 'digest', 'node-cat computes a whole SHA-512 and never finds this digest. Use SHA-256.');
          if (match.type === 'regex' && match.groups.length > 0)
            say('refused', 'regex-groups', 'node-cat takes what follows the expression for its flags, and fails.');
        }
      }
    },
    digestsAsText,
  ),
  claimRule(
    catnip,
    (networks, say) => {
      say(
        'hint',
        'network-unknown',
        'node-cat’s HttpValidator never learns the client’s address and refuses every request.',
      );
      if (networks.some(({ kind }) => kind === 'asn-range'))
        say('refused', 'network-range', 'node-cat reads no ranges of network numbers.');
    },
    wholePrefixes,
  ),
  claimRule(catif, (responses, say) => {
    for (const { claims, headers } of responses) {
      if (!('name' in claims) || claims.name !== 'exp')
        say('refused', 'response-claim', 'node-cat answers for exp only, and fails on any other claim in catif.');
      if (headers === undefined) say('refused', 'response-items', 'node-cat wants headers in every catif rule.');
    }
  }),
  claimRule(catr, (renewal, say) => {
    if (renewal.expadd === undefined) say('refused', 'no-expadd', 'node-cat wants expadd in a renewal.');
    if (renewal.code !== undefined)
      say('hint', 'redirect-code', 'node-cat redirects with 302 whatever the status says.');
  }),
  claimRule(catreplay, (_, say) =>
    say(
      'hint',
      'replay-store',
      'node-cat counts uses only where its HttpValidator was given a store, and needs a cti.',
    ),
  ),
  claimRule(
    exp,
    (moment, say) => {
      if (Number(moment) === 0) say('refused', 'expiry-zero', 'node-cat takes an expiry of 0 for none: it never ends.');
    },
    farTimes,
  ),
  claimRule(
    nbf,
    (moment, say) => {
      if (Number(moment) === 0) say('hint', 'not-before-zero', 'node-cat takes 0 for no such claim.');
    },
    farTimes,
  ),
  claimRule(iat, () => {}, farTimes),
  claimRule(iss, (issuer, say) => {
    if (issuer === '') say('refused', 'issuer-empty', 'node-cat does not check an empty issuer.');
  }),
]);

/** `@eyevinn/cat`: its library call and its HTTP front. */
export const nodeCat: Target = {
  id: 'node-cat',
  name: 'node-cat',
  summary: 'What @eyevinn/cat 0.16.4 reads and enforces, in the shapes it can read.',
  verifier: 'node-cat-http',
  algorithms: ['HS256', 'HS256/64'],
  cwtTag: {
    written: true,
    otherwise: {
      kind: 'hint',
      code: 'no-cwt-tag',
      message: 'node-cat’s HttpValidator answers 500 to a token without tag 61.',
    },
  },
  coseTag: {
    written: true,
    otherwise: {
      kind: 'refused',
      code: 'no-cose-tag',
      message: 'node-cat tells the kind of a token by its COSE tag.',
    },
  },
  hexText: { refused: 'with-cwt-tag', why: 'node-cat fails on claims as hex text inside tag 61.' },
  takes: {
    names: new Set([
      ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'cti', 'catv', 'catu', 'catnip', 'catm', 'catreplay'],
      ...['catif', 'catifdata', 'catr'],
    ]),
    why: 'node-cat does not look at it.',
  },
  wants: [],
  rules,
  maxBytes: {
    limit: 4096,
    kind: 'hint',
    why: 'Recipients need not process more than 4096 bytes (CTA-5007-B §4.3.1.1).',
  },
};

/** Times from 2^32 on as floats: cbor-x reads such integers as bigint, over which node-cat leaves its process to fail. */
function farTimes(item: CborValue, say: SayAboutClaim): CborValue {
  if (item.kind !== 'int' || (item.value < 2 ** 32 && item.value > -(2 ** 32))) return item;
  say(
    'changed',
    'far-time',
    'This far time is written as a float: node-cat does not take such an integer for a number.',
  );
  return float(Number(item.value));
}

/** SHA-256 digests as hex digits in text: bytes are an error to node-cat. */
function digestsAsText(item: CborValue, say: SayAboutClaim): CborValue {
  return mapValues(item, (matches) =>
    mapValues(matches, (value, key) => {
      if (key.kind !== 'int' || key.value !== MATCH_LABELS.sha256 || value.kind !== 'bytes') return value;
      say('changed', 'digest-as-text', 'The SHA-256 is written as hex digits: node-cat reads no bytes here.');
      return text(encodeHex(value.value));
    }),
  );
}

/** Prefixes with all their bytes: node-cat throws where RFC 9164 leaves zero bytes at the end out. */
function wholePrefixes(item: CborValue, say: SayAboutClaim): CborValue {
  if (item.kind !== 'array') return item;
  let changed = false;
  const items = item.items.map((network) => {
    if (network.kind !== 'tag' || network.value.kind !== 'array') return network;
    const [bits, prefix] = network.value.items;
    const length = network.tag === 52 ? 4 : 16;
    if (bits === undefined || prefix?.kind !== 'bytes' || prefix.value.length >= length) return network;
    const whole = new Uint8Array(length);
    whole.set(prefix.value);
    changed = true;
    return { ...network, value: { kind: 'array' as const, items: [bits, { kind: 'bytes' as const, value: whole }] } };
  });
  if (changed)
    say(
      'changed',
      'whole-prefix',
      'Prefixes are written with all their bytes: node-cat throws on the short form of RFC 9164.',
    );
  return { kind: 'array', items };
}

function mapValues(item: CborValue, change: (value: CborValue, key: CborValue) => CborValue): CborValue {
  if (item.kind !== 'map') return item;
  return { kind: 'map', entries: item.entries.map(({ key, value }) => ({ key, value: change(value, key) })) };
}
