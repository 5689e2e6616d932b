import type { Json } from '../../../shared/json.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

export interface JsonTextError {
  /** a sentence with the place in it */
  readonly message: string;
  /** UTF-16 offset, as far as the parser said it */
  readonly at: number;
}

/** JSON as people type it; the error says where. */
export function parseJsonText(text: string): Result<Json, JsonTextError> {
  try {
    return ok(JSON.parse(text) as Json);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const at = Number(/position (\d+)/.exec(said)?.[1] ?? text.length);
    const before = text.slice(0, at).split('\n');
    const what = said.split(/ in JSON| at position|, "|, \.\.\./, 1)[0] ?? '';
    const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    return err({ at, message: `Not JSON at ${place}: ${what === '' ? 'it ends early' : what}` });
  }
}
