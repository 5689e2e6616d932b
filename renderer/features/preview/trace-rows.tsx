import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { TraceRow } from '../../../shared/contract/preview.ts';
import { foldRows, type TraceLine } from '../../../shared/preview/fold-rows.ts';
import { useSession } from '../../platform/session.ts';
import { GridHeader, GridRow } from '../../ui/grid.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import { usePreview, usePreviewModel } from './model.ts';
import { writeRowCurl } from './row-curl.ts';
import { RetryCells, RowCells } from './trace-cells.tsx';

const ROW_HEIGHT = 26;
const HEADER_HEIGHT = 28;
const COLUMNS = [
  ['num', '#'],
  ['', 'Time'],
  ['', 'Status'],
  ['', 'Request'],
  ['', 'Token copy'],
  ['', 'Verdict'],
  ['', 'Type'],
  ['num', 'Size'],
  ['num', 'ms'],
] as const;

/** a list that is this close to its end follows what is added */
const NEAR_THE_END = 40;

/** The requests as one stop of the Tab key: arrows go through them, Enter says why, Ctrl C copies the redacted curl. */
export function TraceRows(props: {
  readonly rows: readonly TraceRow[];
  /** whether the newest stays in sight */
  readonly isLive: boolean;
  readonly onLive: (isLive: boolean) => void;
}) {
  const { rows, isLive, onLive } = props;
  const model = usePreviewModel();
  const { platform } = useSession();
  const selected = usePreview((screen) => screen.selected);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const lines = useMemo(() => unfold(foldRows(rows), unfolded), [rows, unfolded]);
  const handle = useRef<VirtualRowsHandle>(null);
  const roving = useRovingRows<HTMLDivElement>(lines.map(idOf), (index) => handle.current?.reveal(index));
  useEffect(() => {
    if (isLive) handle.current?.reveal(lines.length - 1);
  }, [lines.length, isLive]);

  const place = lines.findIndex((line) => rowsOf(line).some(({ id }) => id === selected));
  const isListed = place >= 0;
  const latest = useRef(place);
  latest.current = place;
  // when another one is selected, or when it arrives: rows that come later do not move the list
  useEffect(() => {
    if (selected !== undefined && isListed) handle.current?.reveal(latest.current);
  }, [selected, isListed]);

  const setFolded = (first: number, isFolded: boolean) => {
    const next = new Set(unfolded);
    if (isFolded) next.delete(first);
    else next.add(first);
    setUnfolded(next);
  };
  const [copied, setCopied] = useState('');
  const onKeyDown = (event: KeyboardEvent, line: TraceLine, row: TraceRow) => {
    if (event.target !== event.currentTarget) return;
    const isCopy = (event.ctrlKey || event.metaKey) && event.key === 'c';
    if (isCopy) {
      void platform.clipboard
        .write({ text: writeRowCurl(row), concealed: false })
        .then((answer) => setCopied(answer.ok ? `Request ${row.id} copied as curl, without its token` : ''));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) void model.select(row.id);
    else if (event.key === 'ArrowRight' && line.kind === 'retries') setFolded(line.of.id, false);
    else if (event.key === 'ArrowLeft' && row.retryOf !== undefined) setFolded(row.retryOf, true);
    else return;
    event.preventDefault();
  };

  return (
    <div
      className="pv-rows"
      onScrollCapture={({ target }) => {
        if (!(target instanceof HTMLElement)) return;
        const isAtEnd = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_THE_END;
        // back at the end it follows again, unless something is looked at
        if (!isAtEnd || selected === undefined) onLive(isAtEnd);
      }}
    >
      <VirtualRows
        role="grid"
        label="Requests"
        className=""
        count={lines.length}
        heightOf={() => ROW_HEIGHT}
        keyOf={(index) => (lines[index] === undefined ? String(index) : idOf(lines[index]))}
        handle={handle}
        containerRef={roving.container}
        onKeyDown={roving.onKeyDown}
        headerHeight={HEADER_HEIGHT}
        header={
          <GridRow className="pv-r pv-rh">
            {COLUMNS.map(([className, title]) => (
              <GridHeader key={title} className={className}>
                {title}
              </GridHeader>
            ))}
          </GridRow>
        }
        row={(index) => {
          const line = lines[index];
          const [row] = line === undefined ? [] : rowsOf(line);
          if (line === undefined || row === undefined) return null;
          return (
            <GridRow
              className="pv-r"
              aria-rowindex={index + 2}
              aria-selected={index === place}
              {...roving.rowProps(idOf(line))}
              onClick={() => void model.select(row.id)}
              onKeyDown={(event) => onKeyDown(event, line, row)}
            >
              {line.kind === 'row' ? (
                <RowCells row={row} />
              ) : (
                <RetryCells line={line} onUnfold={() => setFolded(line.of.id, false)} />
              )}
            </GridRow>
          );
        }}
      />
      <LiveRegion text={copied} />
    </div>
  );
}

const idOf = (line: TraceLine): string => (line.kind === 'row' ? String(line.row.id) : `retries-${line.of.id}`);
const rowsOf = (line: TraceLine): readonly TraceRow[] => (line.kind === 'row' ? [line.row] : line.rows);

/** Lines with the retries of these requests one by one. */
const unfold = (lines: readonly TraceLine[], unfolded: ReadonlySet<number>): readonly TraceLine[] =>
  lines.flatMap((line) =>
    line.kind === 'retries' && unfolded.has(line.of.id)
      ? line.rows.map((row): TraceLine => ({ kind: 'row', row }))
      : [line],
  );
