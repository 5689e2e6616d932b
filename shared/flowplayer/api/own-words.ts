import { isJsonObject, type Json } from '../../json.ts';
import { parseJson } from './parse-json.ts';

/** What an error’s body says of itself. */
export interface OwnWords {
  readonly form: 'json' | 'html' | 'text' | 'nothing';
  /** in one line, at most `LONGEST` characters; absent when the body says nothing */
  readonly words?: string;
  /** `meta.code`: ERR-422-RecordInvalid */
  readonly code?: string;
}

const LONGEST = 300;

/**
 * Reads an error’s body in every shape that was met or documented: `message`, `meta.message`, `error`, `errors[]`, plain
 * text, and HTML, of which the title counts. What the API’s own 401 to 422 look like in v3 is not known.
 */
export function readOwnWords(body: string): OwnWords {
  const text = body.trim();
  if (text === '') return { form: 'nothing' };
  const json = parseJson(text);
  if (json !== undefined) return { form: 'json', ...fromJson(json) };
  if (/^(?:<!doctype|<html|<\?xml|<head|<body|<h1)/i.test(text)) return { form: 'html', ...said(titleOf(text)) };
  return { form: 'text', ...said(text) };
}

/** The first of the known places that holds words; a list’s items are put in a row. */
function fromJson(json: Json): Omit<OwnWords, 'form'> {
  if (!isJsonObject(json)) return said(wordsOf(json, 1));
  const meta = isJsonObject(json['meta']) ? json['meta'] : {};
  const code = [meta['code'], json['code']].find((member) => typeof member === 'string' && member !== '');
  const places = [meta['message'], json['message'], json['error'], json['errors'], meta['description'], meta['title']];
  let words = '';
  for (const place of [...places, json['detail'], json['title']]) words ||= wordsOf(place, 3);
  return { ...said(words), ...(typeof code === 'string' ? { code: oneLine(code).slice(0, 80) } : {}) };
}

function wordsOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return oneLine(value);
  if (depth === 0) return '';
  if (Array.isArray(value))
    return value
      .slice(0, 5)
      .map((item) => wordsOf(item, depth - 1))
      .filter((item) => item !== '')
      .join('; ');
  if (!isJsonObject(value)) return '';
  // { "field": "exp", "message": "can't be blank" }, { "exp": ["can't be blank"] }
  for (const name of ['message', 'description', 'detail', 'title', 'error']) {
    const words = wordsOf(value[name], depth - 1);
    const field = value['field'] ?? value['attribute'];
    if (words !== '') return typeof field === 'string' ? `${oneLine(field)}: ${words}` : words;
  }
  return Object.entries(value)
    .slice(0, 5)
    .flatMap(([name, member]) => {
      const words = wordsOf(member, depth - 1);
      return words === '' || typeof member === 'number' ? [] : [`${name}: ${words}`];
    })
    .join('; ');
}

const titleOf = (html: string): string =>
  oneLine(/<(title|h1)[^>]{0,200}>([^<]{1,500})/i.exec(html.slice(0, 16_384))?.[2] ?? '');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function said(text: string): Pick<OwnWords, 'words'> {
  const words = oneLine(text);
  if (words === '') return {};
  return { words: words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words };
}
