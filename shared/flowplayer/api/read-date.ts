import { type Millis, millis } from '../../units.ts';

/** The API's dates, `2026-02-22T12:39:30+0000`: an offset without its colon, which strict readers of ISO 8601 refuse. */
export function readDate(text: unknown): Millis | undefined {
  if (typeof text !== 'string') return undefined;
  const moment = Date.parse(text.trim().replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isFinite(moment) && moment >= 0 ? millis(moment) : undefined;
}
