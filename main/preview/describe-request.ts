import type { TokenSlot, TraceRow } from '../../shared/contract/preview.ts';
import type { SentCopy } from '../../shared/edge/find-copies.ts';
import type { EdgeJudgement } from '../../shared/edge/judge-request.ts';
import { replaceTokens } from '../../shared/edge/url-tokens.ts';
import { parseUri, removeToken } from '../../shared/evaluate/uri.ts';

/** The address without a token, and with a letter in the place of each. */
export function describeUrl(
  text: string,
  slotOf: (token: string) => TokenSlot | null,
): Pick<TraceRow, 'url' | 'host' | 'path'> {
  const uri = parseUri(text);
  const { path, query } = removeToken(uri);
  const origin = `${uri.scheme ?? 'https'}://${uri.authority ?? ''}`;
  const elided = replaceTokens(text.slice(origin.length), (token) => slotOf(token) ?? '…');
  return { url: origin + elided, host: uri.authority ?? '', path: query === undefined ? path : `${path}?${query}` };
}

export const copyOf = (
  copy: SentCopy | undefined,
  slotOf: (token: string) => TokenSlot | null,
): Pick<TraceRow, 'copy'> => (copy === undefined ? {} : { copy: { channel: copy.channel, slot: slotOf(copy.text) } });

export function verdictOf({ decision, copies }: EdgeJudgement): TraceRow['verdict'] {
  if (copies.length === 0) return 'none';
  return decision === 'accept' ? 'pass' : decision === 'reject' ? 'fail' : 'unknown';
}
