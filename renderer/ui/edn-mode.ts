import type { StreamParser } from '@codemirror/language';

/** Whether the text goes on inside a comment that began on a line before. */
interface EdnState {
  isInComment: boolean;
}

const NUMBER = /^[+-]?(?:0[xXoObB][0-9a-fA-F.]+(?:[pP][+-]?\d+)?|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)(?:_[0-3i])?/;
const QUOTED = /^(?:h|b32|h32|b64|float)?'(?:[^'\\]|\\.)*'?|^"(?:[^"\\]|\\.)*"?/;

/** Diagnostic notation of CBOR (RFC 8949 §8), coloured; `shared/cbor/parse-edn.ts` reads it. */
export const ednMode: StreamParser<EdnState> = {
  name: 'edn',
  startState: () => ({ isInComment: false }),
  copyState: (state) => ({ ...state }),
  token: (stream, state) => {
    if (state.isInComment || stream.match('/')) {
      state.isInComment = stream.match(/^[^/]*\//) === null;
      if (state.isInComment) stream.skipToEnd();
      return 'comment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(QUOTED)) return stream.match(/^\s*:/, false) ? 'propertyName' : 'string';
    if (stream.match(NUMBER)) return stream.match(/^\s*:/, false) ? 'propertyName' : 'number';
    if (stream.match(/^[A-Za-z][A-Za-z0-9]*/)) return 'keyword';
    stream.next();
    return 'punctuation';
  },
  languageData: { closeBrackets: { brackets: ['[', '{', '('] } },
};
