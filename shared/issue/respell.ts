import { countryCalled } from '../geo/countries.ts';
import type { VariableType } from './template.ts';

/** What was likely meant by a text that cannot be read. */
export interface Respelling {
  /** what is wrong, in words that go before `use` */
  readonly fault: string;
  /** the whole text in the right spelling */
  readonly use: string;
}

/**
 * Another spelling of a text that its type refuses, where the text leaves no doubt: a country's name in place of its code,
 * a decimal comma, a date as a spreadsheet writes it. Whether the type takes that one is for the caller to see.
 */
export function respell(type: VariableType, filled: string): Respelling | undefined {
  const text = filled.trim();
  switch (type) {
    case 'country':
    case 'countries':
      return respellCountries(text);
    case 'number':
    case 'duration':
      return DECIMAL_COMMA.test(text)
        ? { fault: `“${text}” has a decimal comma`, use: text.replace(',', '.') }
        : undefined;
    case 'moment':
      return respellDate(text);
    case 'text':
    case 'texts':
    case 'id':
    case 'network':
    case 'networks':
      return undefined;
  }
}

/** Three digits after the comma may be thousands. */
const DECIMAL_COMMA = /^\d+,\d{1,2}(?!\d|.*,)/;

/** The EU's codes for the United Kingdom and Greece, which ISO 3166 does not assign to them. */
const OTHER_CODES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

function respellCountries(text: string): Respelling | undefined {
  let wrong: string | undefined;
  const replace = (part: string, code: string): string => {
    wrong ??= part;
    return code;
  };
  const parts = text
    .split(/[,;|]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const code = countryCalled(part);
      if (code !== undefined) return replace(part, code);
      const words = part.split(/\s+/).map((word) => {
        const other = OTHER_CODES[word.toUpperCase()];
        return other === undefined ? word : replace(word, other);
      });
      return words.join(' ');
    });
  return wrong === undefined ? undefined : { fault: `${wrong} is not an ISO 3166 code`, use: parts.join(', ') };
}

/** With slashes only the year first is without doubt; with dots the day comes first everywhere. */
const YEAR_FIRST = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?=$|[ T])/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|[ T])/;

function respellDate(text: string): Respelling | undefined {
  const [yearFirst, dayFirst] = [YEAR_FIRST.exec(text), DAY_FIRST.exec(text)];
  const [all, year = '', month = '', day = ''] =
    yearFirst ?? (dayFirst === null ? [] : [dayFirst[0], dayFirst[3], dayFirst[2], dayFirst[1]]);
  if (all === undefined) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { fault: `“${text}” has its date in another order`, use: date + text.slice(all.length) };
}
