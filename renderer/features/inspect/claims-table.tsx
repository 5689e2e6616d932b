import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import type { Seconds } from '../../../shared/units.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Rich } from '../../ui/rich.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import type { ClaimGroup, ClaimRow, TokenView } from '../../workers/token-view/token-view.ts';
import './claims-table.css';
import { hoverLinks, linkOf, useLink } from './link.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';
import { judgeRow, summarise } from './row-verdict.ts';

const GROUP_TITLES: Readonly<Record<ClaimGroup, string>> = { request: 'Request', time: 'Time', information: 'Information' };
const GROUPS: readonly ClaimGroup[] = ['request', 'time', 'information'];

type Line = { readonly kind: 'group'; readonly group: ClaimGroup; readonly rows: readonly ClaimRow[] } | { readonly kind: 'row'; readonly row: ClaimRow };

/** Every claim with what it means, in three groups; a row, its bytes, its characters and its EDN light up together. */
export function ClaimsTable() {
  const view = useInspect(chosenView);
  return view === undefined ? null : view.claims.length === 0 ? <NoClaims view={view} /> : <Table view={view} />;
}

function Table({ view }: { readonly view: TokenView }) {
  const model = useInspectModel();
  const at = useJudgedAt();
  const lines = useMemo(() => linesOf(view), [view]);
  const ids = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : [])), [lines]);
  const handle = useRef<VirtualRowsHandle>(null);
  const indexOf = (id: string) => lines.findIndex((line) => line.kind === 'row' && line.row.id === id);
  const rows = useRovingRows<HTMLDivElement>(ids, (index) => {
    const id = ids[index];
    if (id !== undefined) handle.current?.reveal(indexOf(id));
  });
  const selected = useInspect((state) => state.selected);

  useEffect(() => {
    if (selected === undefined || selected.from === 'table') return;
    const index = lines.findIndex((line) => line.kind === 'row' && line.row.id === selected.id);
    if (index >= 0) handle.current?.reveal(index);
  }, [selected, lines]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    rows.onKeyDown(event);
    const id = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
    if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      model.select(id, 'table');
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a long list are drawn as they are needed, which a <table> cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: the rows take the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: the rows take the keys
    <div
      className="ct"
      role="grid"
      aria-label="Claims"
      aria-rowcount={lines.length + 1}
      onClick={(event) => {
        const id = linkOf(event.target);
        if (id !== undefined) model.select(id, 'table');
      }}
    >
      <div className="ct-h ct-r" role="row">
        <span role="columnheader">Verdict</span>
        <span role="columnheader">Claim</span>
        <span role="columnheader">Means</span>
        <span role="columnheader">Raw</span>
      </div>
      <VirtualRows
        role="rowgroup"
        label="Claims"
        className="ct-b"
        handle={handle}
        containerRef={rows.container}
        onKeyDown={onKeyDown}
        {...hoverLinks(model)}
        count={lines.length}
        heightOf={(index) => (lines[index]?.kind === 'group' ? 24 : 26)}
        keyOf={(index) => {
          const line = lines[index];
          return line === undefined ? String(index) : line.kind === 'group' ? line.group : line.row.id;
        }}
        row={(index) => {
          const line = lines[index];
          if (line === undefined) return null;
          switch (line.kind) {
            case 'group':
              return <GroupRow group={line.group} summary={summarise(line.group, line.rows, view, at)} />;
            case 'row':
              return <ClaimRowView row={line.row} view={view} at={at} rowProps={rows.rowProps(line.row.id)} />;
            default:
              return assertNever(line);
          }
        }}
      />
    </div>
  );
}

function linesOf(view: TokenView): readonly Line[] {
  return GROUPS.flatMap((group): readonly Line[] => {
    const rows = view.claims.filter((row) => row.group === group);
    return rows.length === 0 ? [] : [{ kind: 'group', group, rows }, ...rows.map((row) => ({ kind: 'row', row }) as const)];
  });
}

function GroupRow({ group, summary }: { readonly group: ClaimGroup; readonly summary: string }) {
  return (
    <div className="ct-g" role="row">
      <span role="gridcell" aria-colspan={4}>
        <b>{GROUP_TITLES[group]}</b>
        {summary}
      </span>
    </div>
  );
}

function ClaimRowView(props: {
  readonly row: ClaimRow;
  readonly view: TokenView;
  readonly at: Seconds;
  readonly rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
}) {
  const { row, view, at } = props;
  const model = useInspectModel();
  const { kind, word } = judgeRow(row, view, at);
  const problems = row.problems.map(escapeText).join(' ');
  const { onFocus, ...rowProps } = props.rowProps;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid above
    <div
      className="ct-r"
      role="row"
      onFocus={(event) => {
        onFocus(event);
        if (event.target === event.currentTarget) model.hover(row.id);
      }}
      onBlur={() => model.hover(undefined)}
      {...rowProps}
      {...useLink(row.id)}
    >
      <span role="gridcell" className="ell">
        <Verdict kind={kind} {...(word === undefined ? {} : { word })} />
      </span>
      <span role="gridcell" className="ell" title={row.summary ?? escapeText(row.name)}>
        <span className={row.depth > 0 ? 'cn ind' : 'cn'}>
          <Literal text={row.name} />
        </span>
        {row.name === row.label ? null : (
          <span className="cl">
            <Literal text={row.label} />
          </span>
        )}
      </span>
      <span role="gridcell" className="ell hv" title={problems === '' ? undefined : problems}>
        <Rich text={row.means} now={at} isExact />
        {problems === '' ? null : <span className="muted"> ({problems})</span>}
      </span>
      <span role="gridcell" className="ell raw mono" title={escapeText(row.raw)}>
        <Literal text={row.raw} />
      </span>
    </div>
  );
}

function NoClaims({ view }: { readonly view: TokenView }) {
  return (
    <p className="nores">
      {view.envelope.kind === 'encrypted' ? 'The claims are encrypted: without the key nobody can read them.' : 'No claims could be read.'}
    </p>
  );
}
