import { encodeBase64 } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { scanCookies } from './cookie.ts';
import { longName, shortTakesValue, takesValue } from './curl-options.ts';
import type { Finds } from './finds.ts';
import type { FoundRequest } from './found.ts';
import { scanHeader } from './header.ts';
import { scanUrl, scanValue } from './scan.ts';
import { readCommand, type ShellKind } from './shell.ts';
import { type Slice, subSlice, trimSlice, unwrap } from './slice.ts';
import { urlSchemeAt } from './url.ts';

/** `curl` as a word on its own, behind a prompt or a path or nothing. */
const CURL = /(?:^|[\s`"'(/\\;&|])(curl(?:\.exe)?)(?=\s)/i;

/** Position of the first `curl` of a line, or -1. */
export function findCurl(line: string): number {
  const match = CURL.exec(line);
  return match ? match.index + match[0].length - (match[1]?.length ?? 0) : -1;
}

interface Option {
  readonly name: string;
  readonly value: Slice | undefined;
}

/**
 * Reads a curl command with its shell's quoting and all of curl's options, adds its requests and searches every part
 * of them. Gives where it ended and its last request; `undefined` when the word is only talked about.
 */
export function scanCurl(
  input: Slice,
  at: number,
  shell: ShellKind,
  finds: Finds,
): { readonly end: number; readonly request: number } | undefined {
  const { args, end } = readCommand(input, at, shell, input.text[at - 1] === '`');
  let request: number | undefined;
  for (const options of splitRequests(parseOptions(args.slice(1)))) {
    const urls = options
      .filter(({ name, value }) => name === 'url' && value && isAddress(value.text))
      .map(({ value }) => value);
    if (urls.length === 0 && !options.some((option) => option.name === 'header')) continue;
    const targets = urls.length > 0 ? urls : [undefined];
    for (const [index, url] of targets.entries()) request = scanRequest(options, url, finds, index === 0);
  }
  return request === undefined ? undefined : { end, request };
}

/** What curl would ask for, and not the next word of a sentence about curl. */
const isAddress = (text: string): boolean =>
  /^(?:[a-z][a-z0-9+.-]{1,20}:)?\/\/|^(?:[\w-]{1,63}\.)+[\w-]{1,63}(?:[:/?#]|$)|^localhost\b|^\[[\da-f:]+\]/i.test(
    text,
  );

function parseOptions(args: readonly Slice[]): Option[] {
  const options: Option[] = [];
  let plain = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === undefined) continue;
    const { text } = arg;
    if (plain || !text.startsWith('-') || text === '-') options.push({ name: 'url', value: arg });
    else if (text === '--') plain = true;
    else if (text.startsWith('--')) {
      const name = text.slice(2);
      options.push({ name, value: takesValue(name) ? args[++i] : undefined });
    } else i += parseShort(arg, args[i + 1], options);
  }
  return options;
}

/** `-sSLH 'x: y'`, `-XPOST`: letters in one word, the rest of the word or the next one being the value. */
function parseShort(arg: Slice, next: Slice | undefined, options: Option[]): number {
  for (let i = 1; i < arg.text.length; i++) {
    const letter = arg.text.charAt(i);
    if (!shortTakesValue(letter)) {
      options.push({ name: longName(letter), value: undefined });
      continue;
    }
    const attached = i + 1 < arg.text.length;
    options.push({ name: longName(letter), value: attached ? subSlice(arg, i + 1, arg.text.length) : next });
    return attached ? 0 : 1;
  }
  return 0;
}

function splitRequests(options: readonly Option[]): Option[][] {
  const requests: Option[][] = [[]];
  for (const option of options) {
    if (option.name === 'next') requests.push([]);
    else requests.at(-1)?.push(option);
  }
  return requests;
}

const DATA = new Set(['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json']);
const BODY = new Set([...DATA, 'form', 'form-string']);

/** Adds one request; of several addresses of one command the headers are searched with the first. */
function scanRequest(options: readonly Option[], url: Slice | undefined, finds: Finds, searchHeaders: boolean): number {
  const get = options.some((option) => option.name === 'get');
  const query = options
    .filter((option) => option.name === 'url-query' || (get && DATA.has(option.name)))
    .map((option) => option.value?.text ?? '');
  const request = finds.addRequest({
    ...(url && { url: requestUrl(url.text, query) }),
    method: methodOf(options, get),
    headers: options.flatMap(headersOf),
  });
  const mark = finds.count;
  if (url) scanAddress(url, request, finds);
  if (searchHeaders) for (const option of options) scanOption(option, request, get, finds);
  finds.tie(mark, request);
  return request;
}

const requestUrl = (url: string, query: readonly string[]): string => {
  const absolute = urlSchemeAt(url, 0) > 0 || url.includes('://') ? url : `http://${url}`;
  return query.length === 0 ? absolute : `${absolute}${absolute.includes('?') ? '&' : '?'}${query.join('&')}`;
};

function scanAddress(url: Slice, request: number, finds: Finds): void {
  const context = { kind: 'curl', request } as const;
  if (urlSchemeAt(url.text, 0) > 0) scanUrl(url, 0, url.text.length, context, finds);
  else scanValue(url, context, finds);
}

function methodOf(options: readonly Option[], get: boolean): string {
  const explicit = options.findLast((option) => option.name === 'request')?.value?.text;
  if (explicit !== undefined && explicit !== '') return explicit;
  if (options.some((option) => option.name === 'head')) return 'HEAD';
  if (options.some((option) => option.name === 'upload-file')) return 'PUT';
  return !get && options.some((option) => BODY.has(option.name)) ? 'POST' : 'GET';
}

function headersOf({ name, value }: Option): FoundRequest['headers'] {
  if (value === undefined) return [];
  switch (name) {
    case 'header': {
      const header = splitHeader(value);
      return header ? [{ name: header.name, value: unwrap(header.value.text) }] : [];
    }
    case 'user-agent':
      return [{ name: 'User-Agent', value: value.text }];
    case 'referer':
      return [{ name: 'Referer', value: value.text.replace(/;auto$/, '') }];
    case 'cookie':
      // without an equals sign it names a file
      return value.text.includes('=') ? [{ name: 'Cookie', value: value.text }] : [];
    case 'user':
      return [{ name: 'Authorization', value: `Basic ${encodeBase64(encodeUtf8(value.text))}` }];
    case 'oauth2-bearer':
      return [{ name: 'Authorization', value: `Bearer ${value.text}` }];
    case 'range':
      return [{ name: 'Range', value: `bytes=${value.text}` }];
    case 'json':
      return [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'Accept', value: 'application/json' },
      ];
    default:
      return [];
  }
}

/** `Name: value`; curl also takes `Name;` for a header without a value, and `@file`. */
function splitHeader(header: Slice): { readonly name: string; readonly value: Slice } | undefined {
  const colon = header.text.indexOf(':', 1);
  if (colon > 0)
    return {
      name: header.text.slice(0, colon).trim(),
      value: trimSlice(subSlice(header, colon + 1, header.text.length)),
    };
  const name = /^([\w-]+);$/.exec(header.text)?.[1];
  return name === undefined ? undefined : { name, value: subSlice(header, header.text.length, header.text.length) };
}

function scanOption({ name, value }: Option, request: number, get: boolean, finds: Finds): void {
  if (value === undefined) return;
  const context = { kind: 'curl', request } as const;
  if (name === 'header') {
    const header = splitHeader(value);
    if (header) scanHeader(header.name, header.value, context, finds);
  } else if (name === 'cookie') {
    if (value.text.includes('=')) scanCookies(value, context, finds);
  } else if (name === 'oauth2-bearer') scanValue(value, { ...context, where: 'header Authorization' }, finds);
  else if (name === 'referer') scanValue(value, { ...context, where: 'header Referer' }, finds);
  else if (name === 'url-query' || (get && DATA.has(name))) {
    const parameter = /^\+?([\w.-]+)=/.exec(value.text)?.[1];
    scanValue(value, { ...context, where: parameter === undefined ? 'query' : `query parameter ${parameter}` }, finds);
  } else if (BODY.has(name)) scanValue(value, { ...context, where: 'request body' }, finds);
}
