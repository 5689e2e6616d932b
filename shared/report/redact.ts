import { findTokens } from '../carrier/find-tokens.ts';
import { parseIp } from '../network/ip-address.ts';

/** What is masked beside tokens, which always are. Each kind of thing is called by a number, so that equal ones stay equal. */
export interface Masks {
  /** who watches: sub, cti, keys that a token is bound to, claims that nobody knows */
  readonly viewers: boolean;
  /** what is watched: ids in addresses and rules */
  readonly content: boolean;
  /** IP addresses and networks */
  readonly addresses: boolean;
  /** names of hosts */
  readonly hosts: boolean;
}

export const DEFAULT_MASKS: Masks = { viewers: true, content: true, addresses: true, hosts: false };

/** Takes out of texts what must not leave this computer. Equal things get equal names all over one report. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** the value of a claim, or of something that is called like one */
  readonly claim: (name: string, text: string) => string;
  readonly url: (url: string) => string;
  /** a header's value: the token cut, and anything else that is a credential left out */
  readonly header: (name: string, value: string) => string;
}

const VIEWER_CLAIMS = new Set([
  'sub',
  'cti',
  'cnf',
  'catdpop',
  'cattpk',
  'cattprint',
  'catifdata',
  'wmid',
  'wmpattern',
  'kid',
]);
/** Whether such a claim tells who watches, so that what is said of it tells it too. */
export const isViewerClaim = (name: string): boolean => VIEWER_CLAIMS.has(name) || isUnknownClaim(name);
const isUnknownClaim = (name: string): boolean => /^-?\d+$|^"/.test(name);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** hex of eight bytes or more, and words of base64 that no person wrote */
const LONG_HEX = /(?<![0-9a-z])[0-9a-f]{16,}(?![0-9a-z])/gi;
const LONG_WORD = /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?![\w-])/g;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?(?![\d.])/g;
const IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:\/\d{1,3})?(?![\w:])/gi;
/** bytes of a network as notation writes them: 52([24, h'cb0071']) */
const NETWORK_BYTES = /(5[24]\(\[\d+, )h'[0-9a-f]+'/g;
const CREDENTIAL_PARAMETER =
  /(?<=[?&;])([\w.-]*(?:sig|token|key|auth|hmac|policy|secret|session|password|jwt)[\w.-]*)=[^&#\s]*/gi;
const CREDENTIAL_HEADER =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|dpop)$|key|secret|token|session|signature/i;

/** and not a time of day, `06:18:42` */
const isAddress = (text: string): boolean => parseIp(text.replace(/\/\d+$/, '')) !== undefined;

const HIDDEN = '‹hidden›';

export function createRedactor(masks: Masks): Redactor {
  const names = new Map<string, string>();
  const nameOf = (kind: string, thing: string): string => {
    const key = `${kind} ${thing.toLowerCase()}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const count = [...names.keys()].filter((one) => one.startsWith(`${kind} `)).length + 1;
    const name = `‹${kind} ${count}›`;
    names.set(key, name);
    return name;
  };
  const naming = (kind: string) => (thing: string) => nameOf(kind, thing);

  /** who watches is called so wherever the same text turns up again */
  const viewers = new Set<string>();
  const maskViewers = (text: string): string => {
    let masked = text;
    for (const viewer of [...viewers].sort((a, b) => b.length - a.length))
      masked = masked.replaceAll(viewer, nameOf('id', viewer));
    return masked.replace(EMAIL, naming('id'));
  };
  const maskIds = (text: string): string =>
    text.replace(UUID, naming('id')).replace(LONG_HEX, naming('id')).replace(LONG_WORD, naming('id'));

  const text = (input: string): string => {
    let masked = cutTokens(input);
    if (masks.viewers) masked = maskViewers(masked);
    if (masks.content) masked = maskIds(masked);
    if (masks.addresses)
      masked = masked
        .replace(NETWORK_BYTES, (_, head: string) => `${head}${HIDDEN}`)
        .replace(IPV4, naming('address'))
        .replace(IPV6, (found) => (isAddress(found) ? nameOf('address', found) : found));
    return masked;
  };

  const url = (input: string): string => {
    const cut = cutTokens(input).replace(CREDENTIAL_PARAMETER, (_, name: string) => `${name}=${HIDDEN}`);
    const withoutUser = cut.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${HIDDEN}@`);
    const host = masks.hosts
      ? withoutUser.replace(
          /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]+)/i,
          (_, scheme: string, name: string) => scheme + nameOf('host', name),
        )
      : withoutUser;
    return text(host);
  };

  return {
    text,
    url,
    claim: (name, value) => {
      if (!masks.viewers) return text(value);
      if (!isViewerClaim(name)) return text(value);
      // its own text without the quotes of the notation
      const bare = value.replace(/^h?['"]|['"]$/g, '');
      if (bare.length >= SHORTEST_ID) viewers.add(bare);
      return nameOf(isUnknownClaim(name) ? 'value' : 'id', bare);
    },
    header: (name, value) => {
      const cut = cutTokens(value);
      if (!CREDENTIAL_HEADER.test(name)) return text(cut);
      // what is left of a credential once the token is cut is another credential
      return cut === value ? HIDDEN : cut.includes(';') ? `${TOKEN_MARK} and ${HIDDEN}` : TOKEN_MARK;
    },
  };
}

const SHORTEST_ID = 4;
const TOKEN_MARK = '‹token, cut›';

/** Tokens of any kind where they stand in a text, in any encoding. */
function cutTokens(text: string): string {
  let cut = '';
  let at = 0;
  for (const { start, end } of findTokens(text).tokens) {
    if (start < at) continue;
    cut += `${text.slice(at, start)}${TOKEN_MARK}`;
    at = end;
  }
  return cut + text.slice(at);
}
