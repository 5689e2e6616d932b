import { decodePercent } from '../carrier/escape.ts';
import { claimValue } from '../claims/claims-set.ts';
import { catr, DEFAULT_RENEWAL_NAME, deadlineMeaning, type Renewal } from '../claims/definitions/catr.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import type { SentCopy } from './find-copies.ts';
import type { OpenedToken } from './open-token.ts';
import { replaceTokens, tokensInUrl } from './url-tokens.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** A token that came with an answer, for the one that was sent. */
export interface Renewed {
  readonly by: RenewalPlan['by'];
  readonly token: string;
}

/** How an edge hands a fresh token over, as the claim `catr` of the old one says (CTA-5007-B §4.9.2). */
export interface RenewalPlan {
  readonly by: 'cookie' | 'header' | 'redirect';
  /** seconds; of the new token */
  readonly issuedAt: number;
  readonly expires: number;
  /** of the cookie or header */
  readonly name: string;
  readonly params: readonly string[];
  /** of a redirect */
  readonly status: number;
}

/** seconds; what node-cat uses where the claim does not say */
const DEFAULT_DEADLINE = 60;

/**
 * Whether a token that was accepted is to be renewed now: in the last seconds before its expiry that its deadline names. A
 * deadline that is a moment ends the renewing; then the last minute counts. Which of the two it is, sources differ.
 */
export function planRenewal(
  { claims, expires }: OpenedToken,
  { channel }: Pick<SentCopy, 'channel'>,
  now: number,
  { rules }: Pick<Verifier, 'rules'>,
): RenewalPlan | undefined {
  const renewal = claims && claimValue(claims, catr);
  if (renewal?.expadd === undefined || expires === undefined || now >= expires) return undefined;
  const deadline = renewal.deadline === undefined ? undefined : Number(renewal.deadline);
  const isMoment =
    deadline !== undefined && (rules.renewal.deadlineUnit === 'absolute' || deadlineMeaning(deadline) === 'moment');
  if (isMoment && now > deadline) return undefined;
  const given = handOver(renewal, channel);
  // an address without a token cannot be sent back with another: it would lead to itself
  if (given.by === 'redirect' && AUTOMATIC[channel] !== 'redirect') return undefined;
  if (now < expires - (isMoment ? DEFAULT_DEADLINE : (deadline ?? DEFAULT_DEADLINE))) return undefined;
  return {
    ...given,
    ...{ issuedAt: now, expires: Math.floor(now + Number(renewal.expadd)) },
    status: renewal.code ?? 302,
  };
}

function handOver(renewal: Renewal, channel: SentCopy['channel']): Pick<RenewalPlan, 'by' | 'name' | 'params'> {
  const by = renewal.type === 'automatic' ? AUTOMATIC[channel] : renewal.type;
  const name = by === 'cookie' ? renewal.cookieName : renewal.headerName;
  const params = by === 'cookie' ? renewal.cookieParams : renewal.headerParams;
  return { by, name: name ?? DEFAULT_RENEWAL_NAME, params: params ?? [] };
}

/** `automatic`: the way it came. What stands in an address can only be handed back as an address. */
const AUTOMATIC: Readonly<Record<SentCopy['channel'], RenewalPlan['by']>> = {
  path: 'redirect',
  query: 'redirect',
  header: 'header',
  cookie: 'cookie',
};

/** What is added to an answer, so that the new token is in it. */
export function renewedHeaders(plan: RenewalPlan, url: string, before: string, token: string): Headers {
  switch (plan.by) {
    case 'cookie':
      return [['set-cookie', [`${plan.name}=${token}`, ...plan.params].join('; ')]];
    case 'header':
      return [
        [plan.name, [token, ...plan.params].join('; ')],
        ['access-control-expose-headers', plan.name],
      ];
    case 'redirect':
      return [['location', replaceTokens(url, (one) => (one === before ? token : undefined))]];
  }
}

/** The token that a server handed back for the one that was sent, where that one's `catr` says or in the usual places. */
export function findRenewal(
  headers: Headers,
  { copy, token }: { readonly copy: SentCopy; readonly token: OpenedToken | undefined },
  isToken: (text: string) => boolean,
): Renewed | undefined {
  const renewal = token?.claims && claimValue(token.claims, catr);
  const names = new Set(
    [DEFAULT_RENEWAL_NAME, 'common-access-token', renewal?.cookieName, renewal?.headerName].map((name) =>
      name?.toLowerCase(),
    ),
  );
  for (const [header, value] of headers) {
    const found = readRenewal(header.toLowerCase(), value, names);
    if (found !== undefined && found.token !== copy.text && isToken(found.token)) return found;
  }
  return undefined;
}

function readRenewal(header: string, value: string, names: ReadonlySet<string | undefined>): Renewed | undefined {
  if (header === 'set-cookie') {
    const [, name = '', text = ''] = /^\s*([^=;]+)=([^;]*)/.exec(value) ?? [];
    return names.has(name.trim().toLowerCase()) ? { by: 'cookie', token: decodePercent(text.trim()) } : undefined;
  }
  if (header === 'location') {
    const [token] = tokensInUrl(value);
    return token === undefined ? undefined : { by: 'redirect', token };
  }
  return names.has(header) ? { by: 'header', token: value.split(';')[0]?.trim() ?? '' } : undefined;
}
