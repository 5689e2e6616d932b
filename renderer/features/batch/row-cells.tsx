import type { CountedReplacement, PreviewRow } from '../../../shared/contract/batch.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { GridCell } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { formatMoment } from '../../ui/local-time.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { findReplacement, type Replacement } from './job.ts';
import { FixButton } from './replaced-cells.tsx';

/** What will become of a row. */
export function State({ state }: { readonly state: PreviewRow['state'] }) {
  switch (state) {
    case 'error':
      return <Verdict kind="fail" word="Error" />;
    case 'warning':
      return <Verdict kind="warning" />;
    case 'ready':
      // no verdict: nothing is signed yet
      return (
        <span className="v v-info">
          <Icon name="pass" />
          Ready
        </span>
      );
  }
}

/** A cell as it is shown: what the table has, and what is read in its place. */
export function readCell(text: string, column: string, replacements: readonly Replacement[]): string {
  const replacement = findReplacement(replacements, column, text);
  return replacement === undefined ? text : `${text} → ${replacement.use}`;
}

/** A cell of the table; one that is wrong or blank stands out, and one that is read as another text shows both. */
export function Cell(props: {
  readonly line: PreviewRow;
  readonly column: string;
  readonly text: string;
  readonly replacements: readonly Replacement[];
}) {
  const { line, column, text } = props;
  const use = findReplacement(props.replacements, column, text)?.use;
  if (use !== undefined)
    return (
      <GridCell className="mono ell" title={escapeText(`${text} in the table, ${use} in the token`)}>
        <s className="faint">
          <Literal text={text} />
        </s>
        {' → '}
        <Literal text={use} />
      </GridCell>
    );
  const isBlamed = line.problems.some((problem) => problem.column === column);
  const blame = isBlamed ? (line.state === 'error' ? ' is-bad' : ' is-warn') : '';
  return (
    <GridCell className={`mono ell${blame}`} title={escapeText(text)}>
      {text.trim() === '' ? <span className="faint">blank</span> : <Literal text={text} />}
    </GridCell>
  );
}

/** Why a row makes no token, with the right spellings that are offered. */
export function NoteCell(props: {
  readonly line: PreviewRow;
  readonly now: Seconds;
  readonly fixes: readonly CountedReplacement[];
  readonly onFix: () => void;
}) {
  const { line, now, fixes, onFix } = props;
  const text = noteOf(line, now);
  return (
    <GridCell className={line.state === 'ready' ? 'bt-note faint' : 'bt-note muted'} title={escapeText(text)}>
      <span className="ell">
        <Literal text={text} />
      </span>
      {fixes.map((fix) => (
        <FixButton key={`${fix.column} ${fix.cell}`} fix={fix} onPress={onFix} />
      ))}
    </GridCell>
  );
}

/** Why it is no token or is worth a look, with the place; else how long it holds and how large it is. */
function noteOf({ problems, expires, size }: PreviewRow, now: Seconds): string {
  if (problems.length > 0)
    return problems
      .map(({ claim, column, message }) =>
        claim === undefined || column !== undefined ? message : `${claim}: ${message}`,
      )
      .join('; ');
  return [
    ...(expires === undefined ? [] : [`until ${formatMoment(seconds(expires), now)}`]),
    ...(size === undefined ? [] : [`${size} bytes`]),
  ].join(', ');
}
