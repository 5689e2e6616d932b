import type { Json } from '../../json.ts';

/** JSON of an answer’s text, whatever its content type says; `undefined`: it is none, or was cut short. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch {
    return undefined;
  }
}
