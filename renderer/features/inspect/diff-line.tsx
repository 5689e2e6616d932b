import { GridCell } from '../../ui/grid.tsx';
import { Literal } from '../../ui/literal.tsx';
import './diff-line.css';
import type { Diff } from './judged-rows.ts';

/** characters before the difference that are kept; the differing part is never the part cut off */
const BEFORE = 44;
const AFTER = 120;

/** What the token asks for over what the request has, aligned, with the first difference marked in both. */
export const DiffLine = ({ diff }: { readonly diff: Diff }) => (
  <GridCell className="diff" aria-colspan={4}>
    <DiffLines diff={diff} />
  </GridCell>
);

export function DiffLines({ diff }: { readonly diff: Diff }) {
  const { expected, actual, at, match } = diff;
  const isAligned = match === 'exact' || match === 'prefix';
  const index = at - 1;
  const start = isAligned || match === 'suffix' ? Math.max(0, index - BEFORE) : 0;
  const lead = start > 0 ? '…' : '';
  const side = (text: string, isMarked: boolean) => (
    <>
      <span className="same">
        {lead}
        <Literal text={text.slice(start, isMarked ? index : start)} />
      </span>
      {isMarked ? (
        <mark>
          <Literal text={text.slice(index, index + 1) || '␣'} />
        </mark>
      ) : null}
      <Literal text={text.slice(isMarked ? index + 1 : start, start + BEFORE + AFTER)} />
      {text.length > start + BEFORE + AFTER ? '…' : ''}
    </>
  );
  return (
    <>
      <span className="dl" title={expected}>
        <span className="dk">token</span>
        {side(expected, match !== 'suffix')}
      </span>
      <span className="dl" title={actual}>
        <span className="dk">request</span>
        {side(actual, match !== 'contains')}
      </span>
      <span className="dl cap">
        <span className="dk" />
        {isAligned ? ' '.repeat(index - start + lead.length) : ''}
        <span className="v-fail">▲</span> {captionOf(diff)}
      </span>
    </>
  );
}

function captionOf({ match, at }: Diff): string {
  if (match === 'contains')
    return at === 1 ? 'no character of it is in the request' : `found up to character ${at - 1}, not beyond`;
  return match === 'suffix'
    ? `first difference from the end at character ${at} of the request`
    : `first difference at character ${at}`;
}
