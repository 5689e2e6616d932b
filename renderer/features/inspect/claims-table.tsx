import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import type { Mend } from '../../../shared/evaluate/mend.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { GridCell, GridHeader, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { Rich } from '../../ui/rich.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import type { ClaimGroup, TokenView } from '../../workers/token-view/token-view.ts';
import './claims-table.css';
import { DiffLine } from './diff-line.tsx';
import { FixButton, WholeFix } from './fix-button.tsx';
import { useItemMenu } from './item-menu.tsx';
import { type JudgedRow, meaningOf, summarise } from './judged-rows.ts';
import { hoverLinks, linkOf, useLink } from './link.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';
import { placeFixes, type RowFix } from './row-fixes.ts';

const GROUP_TITLES: Readonly<Record<ClaimGroup, string>> = {
  request: 'Request',
  time: 'Time',
  information: 'Information',
};
const GROUPS: readonly ClaimGroup[] = ['request', 'time', 'information'];

type Line =
  | { readonly kind: 'group'; readonly group: ClaimGroup; readonly rows: readonly JudgedRow[] }
  | { readonly kind: 'row'; readonly row: JudgedRow };

const HEADER = 28;
const heightOf = (line: Line | undefined): number =>
  line === undefined || line.kind === 'group' ? 24 : line.row.verdict.diff === undefined ? 26 : 82;

/** Every claim with what it means, in three groups; a row, its bytes, its characters and its EDN light up together. */
export function ClaimsTable() {
  const view = useInspect(chosenView);
  return view === undefined ? null : view.claims.length === 0 ? <NoClaims view={view} /> : <Table />;
}

function Table() {
  const model = useInspectModel();
  const at = useJudgedAt();
  const judged = useInspect((state) => state.rows);
  const lines = useMemo(() => linesOf(judged), [judged]);
  const failing = GROUPS.find((group) => judged.some((row) => row.group === group && row.verdict.kind === 'fail'));
  const ids = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : [])), [lines]);
  const handle = useRef<VirtualRowsHandle>(null);
  const rows = useRovingRows<HTMLDivElement>(ids, (index) => {
    const id = ids[index];
    if (id !== undefined) handle.current?.reveal(indexOf(lines, id));
  });
  const items = useItemMenu();
  const mend = useInspect((state) => state.mend);
  const fixes = useMemo(() => placeFixes(judged, mend), [judged, mend]);
  const selected = useInspect((state) => state.selected);
  const latest = useRef(lines);
  latest.current = lines;

  // only a selection scrolls: a verdict that changes under it does not
  useEffect(() => {
    if (selected === undefined || selected.from === 'table') return;
    const index = indexOf(latest.current, selected.id);
    if (index >= 0) handle.current?.reveal(index);
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    rows.onKeyDown(event);
    const id = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
    if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      model.select(id, 'table');
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows take the focus and the keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: the rows take the focus and the keys
    <div
      className="ct"
      onContextMenu={items.open}
      onClick={(event) => {
        const id = linkOf(event.target);
        if (id !== undefined) model.select(id, 'table');
      }}
    >
      <VirtualRows
        role="grid"
        label="Claims"
        className="ct-b"
        handle={handle}
        containerRef={rows.container}
        onKeyDown={onKeyDown}
        {...hoverLinks(model)}
        header={<HeaderRow />}
        headerHeight={HEADER}
        count={lines.length}
        heightOf={(index) => heightOf(lines[index])}
        keyOf={(index) => {
          const line = lines[index];
          return line === undefined ? String(index) : line.kind === 'group' ? line.group : line.row.id;
        }}
        row={(index) => {
          const line = lines[index];
          if (line === undefined) return null;
          switch (line.kind) {
            case 'group':
              return (
                <GroupRow
                  group={line.group}
                  summary={summarise(line.group, line.rows)}
                  mend={line.group === failing ? mend : undefined}
                />
              );
            case 'row':
              return (
                <ClaimRowView
                  row={line.row}
                  at={at}
                  fix={fixes.get(line.row.id)}
                  rowProps={rows.rowProps(line.row.id)}
                />
              );
            default:
              return assertNever(line);
          }
        }}
      />
      {items.menu}
    </div>
  );
}

const indexOf = (lines: readonly Line[], id: string): number =>
  lines.findIndex((line) => line.kind === 'row' && line.row.id === id);

function linesOf(judged: readonly JudgedRow[]): readonly Line[] {
  return GROUPS.flatMap((group): readonly Line[] => {
    const rows = judged.filter((row) => row.group === group);
    return rows.length === 0
      ? []
      : [{ kind: 'group', group, rows }, ...failingFirst(rows).map((row) => ({ kind: 'row', row }) as const)];
  });
}

/** Claims that fail stand first, each with the rules inside it; otherwise the token's order holds. */
function failingFirst(rows: readonly JudgedRow[]): readonly JudgedRow[] {
  const blocks: JudgedRow[][] = [];
  for (const row of rows) {
    if (row.depth === 0) blocks.push([row]);
    else blocks.at(-1)?.push(row);
  }
  const fails = (block: readonly JudgedRow[]) => block[0]?.verdict.kind === 'fail';
  return [...blocks.filter(fails), ...blocks.filter((block) => !fails(block))].flat();
}

const HeaderRow = () => (
  <GridRow className="ct-h ct-r">
    {['Verdict', 'Claim', 'Means', 'Raw'].map((title) => (
      <GridHeader key={title}>{title}</GridHeader>
    ))}
  </GridRow>
);

const GroupRow = (props: { readonly group: ClaimGroup; readonly summary: string; readonly mend: Mend | undefined }) => (
  <GridRow className="ct-g">
    <GridCell aria-colspan={4} className="ct-gc">
      <b>{GROUP_TITLES[props.group]}</b>
      {props.summary}
      {props.mend === undefined ? null : <WholeFix mend={props.mend} />}
    </GridCell>
  </GridRow>
);

function ClaimRowView(props: {
  readonly row: JudgedRow;
  readonly at: Seconds;
  readonly fix: RowFix | undefined;
  readonly rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
}) {
  const { row, at, fix } = props;
  const model = useInspectModel();
  const { kind, word, diff } = row.verdict;
  const problems = row.problems.map(escapeText).join(' ');
  const { onFocus, ...rowProps } = props.rowProps;
  return (
    <GridRow
      className={`ct-r${diff === undefined ? '' : ' has-diff'}${fix === undefined ? '' : ' has-fix'}`}
      onFocus={(event) => {
        onFocus(event);
        if (event.target === event.currentTarget) model.hover(row.id);
      }}
      onBlur={() => model.hover(undefined)}
      {...rowProps}
      {...useLink(row.id)}
    >
      <GridCell className="ell">
        {word === '' ? null : <Verdict kind={kind} {...(word === undefined ? {} : { word })} />}
      </GridCell>
      <GridCell className="ell" title={row.summary ?? escapeText(row.name)}>
        <span
          className={row.depth > 0 ? 'cn ind' : 'cn'}
          style={row.depth > 1 ? { paddingLeft: row.depth * 14 } : undefined}
        >
          <Literal text={row.name} />
        </span>
        {row.name === row.label ? null : (
          <span className="cl">
            <Literal text={row.label} />
          </span>
        )}
      </GridCell>
      <GridCell
        className="ell hv"
        title={escapeText(toPlainText(meaningOf(row), localStyle(at)) + (problems === '' ? '' : ` (${problems})`))}
      >
        <Rich text={meaningOf(row)} now={at} isExact />
        {problems === '' ? null : <span className="muted"> ({problems})</span>}
      </GridCell>
      {fix === undefined ? (
        <GridCell className="ell raw mono" title={escapeText(row.raw)}>
          <Literal text={row.raw} />
        </GridCell>
      ) : (
        <GridCell className="ct-fix">
          <FixButton fix={fix} at={at} />
        </GridCell>
      )}
      {diff === undefined ? null : <DiffLine diff={diff} />}
    </GridRow>
  );
}

function NoClaims({ view }: { readonly view: TokenView }) {
  return (
    <p className="nores">
      {view.envelope.kind === 'encrypted'
        ? 'The claims are encrypted: without the key nobody can read them.'
        : 'No claims could be read.'}
    </p>
  );
}
