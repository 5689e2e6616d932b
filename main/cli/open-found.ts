import { findTokens } from '../../shared/carrier/find-tokens.ts';
import type { FoundToken } from '../../shared/carrier/found.ts';
import type { Output } from './command.ts';
import { noToken } from './no-token.ts';

/** The token that a command works on: the first in the input. That there are more is said, never silently passed over. */
export function firstToken(text: string, output: Output): FoundToken {
  const found = findTokens(text);
  const tokens = found.tokens.filter((token) => token.kind !== 'not-a-cat');
  const [first] = tokens;
  if (first === undefined) throw noToken(found);
  const others = tokens.filter((token) => token.text !== first.text).length;
  if (others > 0)
    output.note(`The input holds ${tokens.length} tokens; the first, from ${first.source.where}, is taken.`);
  return first;
}
