/**
 * Milliseconds to wait by a Retry-After header (RFC 9110 §10.2.3): seconds, or a date to be compared with `now`. A date that
 * has passed is 0; anything else that is unreadable counts as not sent.
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) return Math.round(Number(text) * 1000);
  if (!/[A-Za-z]/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
