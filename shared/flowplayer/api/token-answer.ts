import { isJsonObject, type Json } from '../../json.ts';
import { parseJson } from './parse-json.ts';

/** base64url with or without padding, or the dot form; the shortest real tokens have some sixty characters */
const TOKEN = /^[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9_-]+){0,2}={0,2}$/;
const MEMBERS = ['token', 'playback_token', 'value', 'cat'] as const;

/**
 * The token in the answer of `POST /playback_tokens`. The sibling API answers `{ "token": "…" }`; v3’s guide shows no answer,
 * so other names, one wrapper and a bare text are read as well. `undefined`: no token in it.
 */
export function readTokenAnswer(body: string): string | undefined {
  const json = parseJson(body);
  return json === undefined ? asToken(body) : find(json, 1);
}

function find(json: Json, deeper: number): string | undefined {
  if (!isJsonObject(json)) return asToken(json);
  for (const member of MEMBERS) {
    const found = asToken(json[member]);
    if (found !== undefined) return found;
  }
  if (deeper === 0) return undefined;
  for (const wrapper of ['playback_token', 'data']) {
    const inner = json[wrapper];
    const found = inner === undefined ? undefined : find(inner, deeper - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function asToken(json: Json | undefined): string | undefined {
  if (typeof json !== 'string') return undefined;
  const text = json.trim();
  return TOKEN.test(text) ? text.replace(/=+$/, '') : undefined;
}
