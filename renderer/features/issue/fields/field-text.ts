import { decodeHex, encodeHex } from '../../../../shared/bytes/hex.ts';
import { encodeUtf8, printableUtf8 } from '../../../../shared/bytes/utf8.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';

/** Between claims JSON and the text in a field. What a field cannot show comes out `undefined`: an editor takes it. */

export const numberText = (json: Json | undefined): string | undefined =>
  json === undefined ? '' : typeof json === 'number' || typeof json === 'string' ? String(json) : bigDigits(json);

/** Of an integer beyond what a number holds, as claims JSON has it. */
export const bigDigits = (json: Json): string | undefined =>
  isJsonObject(json) && typeof json['int'] === 'string' && Object.keys(json).length === 1 ? json['int'] : undefined;

/** Text that is no number stays text, so that the claim itself says what is wrong with it. */
export function parseNumber(text: string): Json | undefined {
  const words = text.trim();
  if (words === '') return undefined;
  const value = Number(words);
  if (/^-?\d+$/.test(words)) return Number.isSafeInteger(value) ? value : { int: words };
  return Number.isFinite(value) ? value : words;
}

export function listText(json: Json | undefined, separator: string): string | undefined {
  if (json === undefined) return '';
  if (typeof json === 'string') return json;
  if (!Array.isArray(json)) return undefined;
  const texts = json.filter((item: Json) => typeof item === 'string' || typeof item === 'number');
  return texts.length === json.length ? texts.join(separator) : undefined;
}

export const parseWords = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');
export const parseLines = (text: string): readonly string[] =>
  text.split('\n').filter((line, index, lines) => line !== '' || (index > 0 && index < lines.length - 1));

/** Numbers of networks are numbers; addresses stay text. */
export const parseNetworks = (text: string): Json =>
  parseWords(text).map((word) => {
    const asn = /^(?:AS)?(\d{1,10})$/i.exec(word);
    return asn === null ? word : Number(asn[1]);
  });

export function bytesHex(json: Json | undefined): string | undefined {
  if (json === undefined) return '';
  return isJsonObject(json) && typeof json['hex'] === 'string' && Object.keys(json).length === 1
    ? json['hex']
    : undefined;
}

/** Bytes as the text they encode; `undefined` when they encode none that can be typed. */
export function bytesText(json: Json | undefined): string | undefined {
  const hex = bytesHex(json);
  const bytes = hex === undefined ? undefined : decodeHex(hex);
  return bytes?.ok ? printableUtf8(bytes.value) : undefined;
}

export const hexOfText = (text: string): JsonObject => ({ hex: encodeHex(encodeUtf8(text)) });

export const MATCHES = [
  { id: 'exact', text: 'is exactly' },
  { id: 'prefix', text: 'starts with' },
  { id: 'suffix', text: 'ends with' },
  { id: 'contains', text: 'contains' },
  { id: 'regex', text: 'matches' },
  { id: 'sha256', text: 'has SHA-256' },
  { id: 'sha512-256', text: 'has SHA-512/256' },
] as const;
export type MatchId = (typeof MATCHES)[number]['id'];

/** One line of a list of rules: what is looked at, how, and the text. */
export interface RuleLine {
  readonly part: string;
  readonly match: MatchId;
  readonly text: string;
  /** of a pattern: what its capture groups must hold, in order; `null` = anything */
  readonly groups?: readonly (string | null)[];
}

const isDigest = (match: MatchId): boolean => match === 'sha256' || match === 'sha512-256';
const isMatch = (name: string): name is MatchId => MATCHES.some(({ id }) => id === name);

/** The lines of rules in claims JSON; `undefined` when there is more in it than lines can say. */
export function readRuleLines(json: Json | undefined): readonly RuleLine[] | undefined {
  if (json === undefined) return [];
  if (!isJsonObject(json)) return undefined;
  const lines: RuleLine[] = [];
  for (const [part, matches] of Object.entries(json)) {
    if (!isJsonObject(matches) || /#\d+$/.test(part)) return undefined;
    for (const [match, value] of Object.entries(matches)) {
      if (!isMatch(match)) return undefined;
      const line = match === 'regex' ? readPattern(value) : readText(isDigest(match) ? bytesHex(value) : value);
      if (line === undefined) return undefined;
      lines.push({ part, match, ...line });
    }
  }
  return lines;
}

const readText = (text: Json | undefined) => (typeof text === 'string' ? { text } : undefined);

function readPattern(json: Json): Pick<RuleLine, 'text' | 'groups'> | undefined {
  if (!Array.isArray(json)) return undefined;
  const [text, ...rest] = json as readonly Json[];
  const groups = rest.filter((group) => group === null || typeof group === 'string');
  return typeof text === 'string' && groups.length === rest.length ? { text, groups } : undefined;
}

/** Rules as claims JSON. Lines with the same part and match cannot both stand: the later one takes the place. */
export function writeRuleLines(lines: readonly RuleLine[]): JsonObject | undefined {
  if (lines.length === 0) return undefined;
  // a header may be called __proto__, which assignment would not make a member
  const rules = new Map<string, readonly (readonly [match: string, value: Json])[]>();
  for (const { part, match, text, groups = [] } of lines) {
    const others = (rules.get(part) ?? []).filter(([other]) => other !== match);
    const value = match === 'regex' ? [text, ...groups] : isDigest(match) ? { hex: text.trim() } : text;
    rules.set(part, [...others, [match, value]]);
  }
  return Object.fromEntries([...rules].map(([part, matches]) => [part, Object.fromEntries(matches)]));
}
