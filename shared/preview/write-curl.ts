import { shellWord } from '../handover/quote.ts';

/** A request as a curl for a POSIX shell, with every header that it has. */
export function writeCurl(request: {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}): string {
  const { method, url, headers } = request;
  return [
    'curl',
    ...(method === 'GET' ? [] : ['-X', method]),
    shellWord(url),
    ...headers.flatMap(({ name, value }) => ['-H', shellWord(`${name}: ${value}`)]),
  ].join(' ');
}
