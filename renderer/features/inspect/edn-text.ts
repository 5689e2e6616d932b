import { encodeBase64url } from '../../../shared/bytes/base64.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { parseEdn } from '../../../shared/cbor/parse-edn.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CodeLine } from '../../workers/token-view/token-view.ts';

/** Lines as they are copied and edited; what a line says in words stands as a comment of the notation. */
export const linesText = (lines: readonly CodeLine[]): string =>
  lines
    .map((line) => `${'  '.repeat(line.indent)}${line.text}${line.comment === undefined ? '' : ` / ${line.comment} /`}`)
    .join('\n');

/** Why a notation writes no token, and where when it does not read at all. */
export interface EdnProblem {
  readonly message: string;
  /** offset in the text */
  readonly at?: number;
}

/** The token a notation writes, as base64url. */
export function ednToToken(text: string): Result<string, EdnProblem> {
  const parsed = parseEdn(text);
  if (!parsed.ok) {
    const { line, column, message } = parsed.error;
    const before = text.split('\n').slice(0, line - 1);
    const at = before.reduce((sum, one) => sum + one.length + 1, column - 1);
    return err({ message: `Not EDN at line ${line}, column ${column}: ${message}`, at });
  }
  const token = encodeBase64url(encode(parsed.value, { form: 'authored' }));
  const found = findTokens(token).tokens[0];
  return found !== undefined && found.kind !== 'not-a-cat'
    ? ok(token)
    : err({ message: 'This reads, but it is no token: an envelope of four items with a map of claims is needed' });
}
