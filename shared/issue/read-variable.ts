import { alpha2Of, countryName } from '../geo/countries.ts';
import type { Json } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import { type Clock, parseDuration, parseMoment, writeDuration } from './moments.ts';
import { type Respelling, respell } from './respell.ts';
import type { TemplateVariable } from './template.ts';

/** What a variable's text became. */
export interface VariableValue {
  /** where the placeholder is all there is */
  readonly json: Json;
  /** inside other text */
  readonly text: string;
}

type Kind = Pick<TemplateVariable, 'type' | 'unit'>;

/** Reads the text that was filled in for a variable; the error is a sentence about it, and what to write in its place. */
export function readVariable(variable: Kind, filled: string, clock: Clock): Result<VariableValue, string> {
  const value = readText(variable, filled, clock);
  if (value.ok) return value;
  const meant = findRespelling(variable, filled, clock);
  return meant === undefined ? value : err(`${meant.fault}. Use ${meant.use}`);
}

/** What a text should be that a variable refuses, and takes in that spelling; `undefined`: nobody can tell, or it is fine. */
export function findRespelling(variable: Kind, filled: string, clock: Clock): Respelling | undefined {
  const meant = respell(variable.type, filled);
  if (meant === undefined || readText(variable, filled, clock).ok) return undefined;
  return readText(variable, meant.use, clock).ok ? meant : undefined;
}

function readText({ type, unit }: Kind, filled: string, clock: Clock): Result<VariableValue, string> {
  const text = filled.trim();
  switch (type) {
    case 'text':
    case 'network':
      return ok({ json: text, text });
    case 'id':
      return /^[\w.-]{1,200}$/.test(text)
        ? ok({ json: text, text })
        : err('An id has letters, digits, “-”, “_” and “.” only');
    case 'number': {
      const value = Number(text);
      return Number.isFinite(value) ? ok({ json: value, text: String(value) }) : err(`“${text}” is no number`);
    }
    case 'moment': {
      const moment = parseMoment(text, clock);
      return moment.ok ? ok({ json: moment.value.at, text: String(moment.value.at) }) : moment;
    }
    case 'duration': {
      const bare = unit !== undefined && /^\d+(\.\d+)?$/.test(text);
      const span = parseDuration(bare ? `${text}${unit}` : text);
      return span === undefined
        ? err(`“${text}” is no length of time: write 2h, 90 min or 1h30m`)
        : ok({ json: span, text: writeDuration(span) });
    }
    case 'country':
      return readCountry(text);
    case 'countries':
      return readList(text, /[\s,;|]+/, readCountry);
    case 'networks':
      return readList(text, /[\s,;|]+/, (one) => ok({ json: one, text: one }));
    case 'texts':
      return readList(text, /\s*[,;|]\s*/, (one) => ok({ json: one, text: one }));
  }
}

/** ISO 3166-1 in two or three letters, or ISO 3166-2; written in capitals, as recipients compare them. */
function readCountry(text: string): Result<VariableValue, string> {
  const code = text.toUpperCase();
  const [country = '', region] = code.split('-', 2);
  const known = countryName(country) ?? alpha2Of(country);
  if (known === undefined || (region !== undefined && !/^[A-Z0-9]{1,3}$/.test(region)))
    return err(`${code} is not an ISO 3166 code, such as SE or US-CA`);
  return ok({ json: code, text: code });
}

function readList(
  text: string,
  divider: RegExp,
  read: (one: string) => Result<VariableValue, string>,
): Result<VariableValue, string> {
  const list: Json[] = [];
  const texts: string[] = [];
  for (const one of text.split(divider)) {
    if (one === '') continue;
    const value = read(one);
    if (!value.ok) return value;
    list.push(value.value.json);
    texts.push(value.value.text);
  }
  return list.length === 0 ? err('At least one is needed') : ok({ json: list, text: texts.join(',') });
}
