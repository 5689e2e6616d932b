import { decodeBase64Lenient } from '../bytes/base64.ts';
import { decodeUtf8Lossy } from '../bytes/utf8.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ForeignKind } from './found.ts';

/** Something that is often taken for a CAT, recognised by what it is. */
export interface ForeignReading {
  readonly kind: ForeignKind;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

interface Pattern {
  /** the first characters of it */
  readonly starts: string;
  /** anchored at a position, every repetition bounded or closed by a character of its own: linear */
  readonly at: RegExp;
  read(match: RegExpExecArray, text: string): Omit<ForeignReading, 'start' | 'end'> | undefined;
}

const PATTERNS: readonly Pattern[] = [
  {
    starts: 'e',
    at: /eyJ[\w-]{2,65536}\.[\w-]{0,65536}\.[\w-]{0,65536}(?:\.[\w-]{0,65536}\.[\w-]{0,4096})?/y,
    read: readJwt,
  },
  {
    starts: 'v',
    at: /v[1-4]\.(local|public)\.[\w-]{16,65536}(?:\.[\w-]{1,4096})?/y,
    read: ([, purpose]) => ({
      kind: 'paseto',
      message: `This is a PASETO token (${purpose === 'local' ? 'encrypted' : 'signed'}), not a CAT.`,
    }),
  },
  {
    starts: 'seiadu',
    at: /(?:(?:st|exp|ip|acl|data|id|url|salt)=[^~\s"'<>&;]{0,2048}~){1,8}hmac=[0-9a-fA-F]{32,128}/y,
    read: ([whole]) =>
      whole?.includes('exp=')
        ? {
            kind: 'akamai-edgeauth',
            message:
              'This is an Akamai EdgeAuth token (exp, acl and hmac written as text), not a CAT. It is checked by EdgeAuth, not by Akamai’s CAT module.',
          }
        : undefined,
  },
  { starts: 'CP', at: /(?:CloudFront-)?Policy=([\w~-]{16,65536})/y, read: ([, policy]) => readPolicy(policy ?? '') },
  {
    starts: 'CK',
    at: /(?:CloudFront-)?Key-Pair-Id=[A-Z0-9]{8,64}(?![A-Za-z0-9])/y,
    read: () => ({
      kind: 'cloudfront-policy',
      message: 'This is a CloudFront signed URL or cookie (Key-Pair-Id and Signature), not a CAT.',
    }),
  },
  {
    starts: 'wW',
    at: /wowzatoken(?:hash|starttime|endtime|CustomParameter)=[^&\s"'<>]{1,512}/iy,
    read: () => ({
      kind: 'basic-token',
      message:
        'This is a Wowza SecureToken, a hash in the query made by the platform, not a CAT. It holds no claims that could be read.',
    }),
  },
];

/** First characters of everything that is looked for here, so that the search can pass over the rest quickly. */
export const FOREIGN_STARTS = PATTERNS.map((pattern) => pattern.starts).join('');

const BY_START: ReadonlyMap<string, readonly Pattern[]> = new Map(
  [...FOREIGN_STARTS].map((start) => [start, PATTERNS.filter((pattern) => pattern.starts.includes(start))]),
);

/** What stands at `at` when it is a known token of another kind. */
export function readForeign(text: string, at: number): ForeignReading | undefined {
  for (const pattern of BY_START.get(text.charAt(at)) ?? []) {
    pattern.at.lastIndex = at;
    const match = pattern.at.exec(text);
    const read = match && pattern.read(match, text);
    if (read) return { ...read, start: at, end: at + match[0].length };
  }
  return undefined;
}

const LITERALS = /(?:eyJ|st=|exp=|ip=|acl=|data=|id=|url=|salt=|v[1-4]\.|Policy=|CloudFront-)/y;
const MOST_READ = 65_536;

/** How many characters a failed `readForeign` may have looked at: 0 when the first few already said no. */
export function foreignCost(text: string, at: number): number {
  LITERALS.lastIndex = at;
  if (!LITERALS.test(text)) return 0;
  let to = at;
  while (to < text.length && to - at < MOST_READ && !/[\s"'<>&;]/.test(text.charAt(to))) to++;
  return to - at;
}

function readJwt([whole]: RegExpExecArray): Omit<ForeignReading, 'start' | 'end'> | undefined {
  const parts = whole.split('.');
  const header = parseJson(parts[0] ?? '');
  if (header === undefined) return undefined;
  if (parts.length === 5 || 'enc' in header)
    return { kind: 'jwe', message: 'This is an encrypted JSON Web Token (JWE, five parts), not a CAT.' };
  const payload = parseJson(parts[1] ?? '');
  if (payload !== undefined && isPlayerLicence(payload))
    return {
      kind: 'player-licence',
      message:
        'This is a Flowplayer player licence, not a playback token. The player takes it as “token”; the CAT goes into “playback_token”.',
    };
  if (typeof header['typ'] === 'string' && header['typ'].toLowerCase().startsWith('dpop'))
    return {
      kind: 'jwt',
      message: 'This is a DPoP proof (a JWT the client signs for one request), not a CAT. It goes beside one.',
    };
  return {
    kind: 'jwt',
    message:
      'This is a JSON Web Token: its parts are JSON. A CAT is CBOR, and its text begins with letters such as 0YR or 2D3.',
  };
}

/** The player's licence is a JWT issued by "Flowplayer" whose claim `c` is a JSON text with an `acl` (FLOWPLAYER §2). */
function isPlayerLicence(payload: JsonObject): boolean {
  const inner = payload['c'];
  return payload['iss'] === 'Flowplayer' || (typeof inner === 'string' && /"acl"\s*:/.test(inner.slice(0, 4096)));
}

/** CloudFront's base64 writes `-` for `+`, `~` for `/` and `_` for `=`. */
function readPolicy(policy: string): Omit<ForeignReading, 'start' | 'end'> | undefined {
  const standard = policy.replaceAll('-', '+').replaceAll('~', '/').replaceAll('_', '=');
  const parsed = parseJson(standard.replace(/=+$/, ''));
  if (parsed === undefined || !('Statement' in parsed)) return undefined;
  return {
    kind: 'cloudfront-policy',
    message: 'This is a CloudFront policy, JSON that goes with a Signature and a Key-Pair-Id, not a CAT.',
  };
}

function parseJson(base64: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(decodeUtf8Lossy(decodeBase64Lenient(base64).bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
