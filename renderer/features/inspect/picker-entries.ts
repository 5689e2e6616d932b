import { type FoundSummary, placeOfRequest } from '../../workers/token-view/protocol.ts';

/** A row of the list of tokens: a token, or a refused request that carried none. */
export interface PickerEntry {
  readonly id: string;
  /** what `choose` takes: the token, or the request that carried none */
  readonly place: number;
  readonly status: number | undefined;
  readonly method: string | undefined;
  /** the end of the address, which tells requests of one stream apart; of a lone token its place */
  readonly address: string;
  readonly note: string;
  /** what a search looks in, in small letters */
  readonly search: string;
}

const REFUSED = 400;
const LONGEST_ADDRESS = 56;

export const isRefused = ({ status }: PickerEntry): boolean => status !== undefined && status >= REFUSED;

/** Tokens of refused requests first, then the others, each in the order of the paste. */
export function listEntries({ tokens, requests, requestOf }: FoundSummary): readonly PickerEntry[] {
  const entries = tokens.map((token, index): PickerEntry => {
    const request = requests[requestOf[index] ?? -1];
    const kind = token.kind === 'not-a-cat' ? 'not a CAT' : `${token.size} bytes`;
    return describe(String(index), index, request, `${token.source.where}, ${kind}`);
  });
  const withToken = new Set(requestOf);
  const without = requests.flatMap((request, index): readonly PickerEntry[] =>
    withToken.has(index) || (request.status ?? 0) < REFUSED
      ? []
      : [describe(`request-${index}`, placeOfRequest(index), request, 'no token was sent')],
  );
  const all = [...entries, ...without];
  return [...all.filter(isRefused), ...all.filter((entry) => !isRefused(entry))];
}

function describe(
  id: string,
  place: number,
  request: FoundSummary['requests'][number] | undefined,
  note: string,
): PickerEntry {
  const { status, method, url = '' } = request ?? {};
  const address = url === '' ? note : shorten(url);
  return {
    id,
    place,
    status,
    method,
    address,
    note,
    search: `${status ?? ''} ${method ?? ''} ${url} ${note}`.toLowerCase(),
  };
}

/** The end of the path, where requests of one stream differ. */
function shorten(url: string): string {
  const plain = url.replace(/^[a-z]+:\/\//i, '').replace(/[?#].*$/s, '');
  if (plain.length <= LONGEST_ADDRESS) return plain;
  return `…${plain.slice(-LONGEST_ADDRESS)}`;
}
