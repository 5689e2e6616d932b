import type { TraceRow } from '../../../shared/contract/preview.ts';

/** The request of a row as a curl to pass around: where a token was, it names the slot instead. */
export function writeRowCurl({ method, url, copy }: TraceRow): string {
  const parts = ['curl', ...(method === 'GET' ? [] : ['-X', method]), quote(url)];
  const name = copy?.slot ?? 'REDACTED';
  if (copy?.channel === 'header') parts.push('-H', quote(`CTA-Common-Access-Token: ${name}`));
  if (copy?.channel === 'cookie') parts.push('-b', quote(`CTA-Common-Access-Token=${name}`));
  return parts.join(' ');
}

/** For a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
