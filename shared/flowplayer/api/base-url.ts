import { parseIp } from '../../network/ip-address.ts';
import { err, ok, type Result } from '../../result.ts';

/** Where the vendor's API lives; an API key goes nowhere else unless the user names another host. */
export const OVP_ADDRESS = 'https://api.flowplayer.com';
/** in front of every path of the API */
export const OVP_PREFIX = '/platform/v3';
/** carries the API key of a workspace */
export const API_KEY_HEADER = 'x-flowplayer-api-key';

/** An address that requests may go to: scheme, host and port, nothing more. */
export interface BaseUrl {
  /** `https://api.flowplayer.com`, lower case, default port left out */
  readonly origin: string;
  /** with its port, as it is shown before anything is sent */
  readonly host: string;
  /** the vendor's own */
  readonly isVendor: boolean;
}

const SHAPE = /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?(\/[^?#]*)?$/;
const DEFAULT_PORTS = { http: '80', https: '443' } as const;

/**
 * Reads a base URL as people write it, with or without `/platform/v3` at its end. Refused, each with its sentence: user
 * names, other paths, letters outside ASCII (they may imitate another host), and plain http to another machine, which
 * would send the API key in the clear.
 */
export function parseBaseUrl(text: string): Result<BaseUrl, string> {
  const trimmed = text.trim();
  const match = SHAPE.exec(trimmed.toLowerCase());
  if (match === null) {
    if (/[^\x21-\x7e]/.test(trimmed)) return err('The address may hold ASCII only. Write the host in its xn-- form.');
    if (/^[a-z]+:\/\/[^/]*@/i.test(trimmed)) return err('The address may not hold a user name.');
    return err(`An address such as ${OVP_ADDRESS} is needed: https, a host, and nothing after it.`);
  }
  const scheme = match[1] === 'http' ? 'http' : 'https';
  const [, , name = '', port, path = ''] = match;
  if (Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) return err('The port must be from 1 to 65535.');
  if (!/^\/?(platform\/v3\/?)?$/.test(path)) return err(`Leave the path out: Catwalk adds ${OVP_PREFIX} itself.`);
  if (scheme === 'http' && !isLoopback(name))
    return err('Plain http is taken for this machine only: elsewhere the API key would be readable on the way.');
  const host = port === undefined || port === DEFAULT_PORTS[scheme] ? name : `${name}:${Number(port)}`;
  const origin = `${scheme}://${host}`;
  return ok({ origin, host, isVendor: origin === OVP_ADDRESS });
}

/** RFC 6761 §6.3 and RFC 1122 §3.2.1.3: names and addresses that never leave the machine. */
function isLoopback(name: string): boolean {
  if (name === 'localhost' || name === '[::1]') return true;
  return !name.startsWith('[') && parseIp(name)?.[0] === 127;
}
