import type { TraceRow } from '../../../shared/contract/preview.ts';
import { writeCurl } from '../../../shared/preview/write-curl.ts';

/** The request of a row as a curl to pass around: where a token was, it names the slot instead. */
export function writeRowCurl({ method, url, copy }: TraceRow): string {
  const name = copy?.slot ?? 'REDACTED';
  const headers =
    copy?.channel === 'header'
      ? [{ name: 'CTA-Common-Access-Token', value: name }]
      : copy?.channel === 'cookie'
        ? [{ name: 'Cookie', value: `CTA-Common-Access-Token=${name}` }]
        : [];
  return writeCurl({ method, url, headers });
}
