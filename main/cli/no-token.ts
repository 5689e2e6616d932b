import type { Found } from '../../shared/carrier/found.ts';
import { CliError, EXIT } from './exit.ts';

/** Says what the input is when it holds no token to work on. */
export function noToken(found: Found): CliError {
  const foreign = found.tokens.find((token) => token.instead !== undefined)?.instead;
  return new CliError(EXIT.noToken, foreign?.message ?? 'There is no media access token in the input.');
}
