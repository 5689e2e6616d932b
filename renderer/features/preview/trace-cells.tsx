import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { TraceRow } from '../../../shared/contract/preview.ts';
import type { TraceLine } from '../../../shared/preview/fold-rows.ts';
import { GridCell } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { isDenied } from './model.ts';
import {
  describeCause,
  describeCopy,
  describeKind,
  describeLost,
  formatInstant,
  formatSize,
  shortenIds,
  verdictOf,
} from './words.ts';

type Retries = Extract<TraceLine, { kind: 'retries' }>;

export function RetryCells({ line, onUnfold }: { readonly line: Retries; readonly onUnfold: () => void }): ReactNode {
  const { rows, after } = line;
  const last = rows.at(-1);
  if (last === undefined) return null;
  const isSame = rows.every(({ cause, claim }) => cause === line.of.cause && claim === line.of.claim);
  return (
    <>
      <GridCell className="num faint">
        {rows[0]?.id}–{last.id}
      </GridCell>
      <GridCell className="mono muted">{formatInstant(last.at)}</GridCell>
      <GridCell>
        <Status row={last} />
      </GridCell>
      <GridCell className="ell">
        <AriaButton className="pv-fold" onPress={onUnfold}>
          <Icon name="right" size={12} />
          {rows.length} retries of <Literal text={line.of.path.split('/').at(-1) ?? ''} />
        </AriaButton>
        <span className="faint">after {listOf(after)} s</span>
      </GridCell>
      <GridCell className="muted ell">{describeCopy(last)}</GridCell>
      <GridCell className="ell">
        <Verdict {...verdictOf(last)} />
        <span className="pv-why-s">{isSame ? 'same cause' : describeCause(last)}</span>
      </GridCell>
      <GridCell className="muted">{describeKind(last.kind)}</GridCell>
      <GridCell className="num mono">
        {rows.length} × {formatSize(last.size)}
      </GridCell>
      <GridCell className="num mono">{Math.round(last.took)}</GridCell>
    </>
  );
}

/** `1, 3 and 7` */
const listOf = (numbers: readonly number[]): string =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;

export function RowCells({ row }: { readonly row: TraceRow }): ReactNode {
  const cause = describeCause(row);
  return (
    <>
      <GridCell className="num faint">{row.id}</GridCell>
      <GridCell className="mono muted">{formatInstant(row.at)}</GridCell>
      <GridCell>
        <Status row={row} />
      </GridCell>
      <GridCell className="mono pv-req" title={escapeText(row.url)}>
        <span className="pv-m">{row.method}</span>
        {row.copy?.channel === 'path' ? (
          <>
            <span className="faint">/</span>
            <span className="pv-pt">pt:{row.copy.slot ?? '…'}</span>
          </>
        ) : null}
        <Path row={row} />
      </GridCell>
      <GridCell className="muted ell">
        {row.lost === undefined ? (
          <span className="pv-cp">
            {row.copy === undefined ? null : <Icon name="link" size={12} />}
            {describeCopy(row)}
          </span>
        ) : (
          <span className="pv-cp v-warning" title={describeLost(row.lost)}>
            <Icon name="warning" size={12} />
            lost
          </span>
        )}
      </GridCell>
      <GridCell className="ell">
        {row.status === undefined ? (
          <span className="faint">on its way</span>
        ) : (
          <>
            <Verdict {...verdictOf(row)} />
            {cause === '' ? null : <span className="pv-why-s">{cause}</span>}
            {row.renewed === undefined ? null : (
              <span className="pv-why-s" title={`A fresh token came with the answer, by ${row.renewed}`}>
                renewed
              </span>
            )}
          </>
        )}
      </GridCell>
      <GridCell className="muted">{describeKind(row.kind)}</GridCell>
      <GridCell className="num mono">{row.status === undefined ? '' : formatSize(row.size)}</GridCell>
      <GridCell className="num mono">{row.status === undefined ? '' : Math.round(row.took)}</GridCell>
    </>
  );
}

/** Where there is no room the folder gives way: what differs from row to row is the file. */
function Path({ row }: { readonly row: TraceRow }) {
  const path = shortenIds(row.path);
  const [place = path] = path.split(/[?#]/);
  const file = place.lastIndexOf('/') + 1;
  const tone = isDenied(row) ? '' : 'muted';
  return (
    <>
      <span className={`ell ${tone}`}>
        <Literal text={path.slice(0, file)} />
      </span>
      <span className={`pv-file ell ${tone}`}>
        <Literal text={path.slice(file)} />
      </span>
    </>
  );
}

function Status({ row }: { readonly row: TraceRow }) {
  if (row.status === undefined)
    return (
      <span className="pv-st">
        <Icon name="queue" size={12} />…
      </span>
    );
  const isBad = row.status >= 400;
  return (
    <span className={isBad ? 'pv-st is-bad' : 'pv-st'}>
      {isBad ? <Icon name="fail" size={13} /> : null}
      {row.status}
      {row.hidden ? (
        <span className="pv-hid" title="Without a CORS header the page may not read it: the player was told status 0">
          hidden
        </span>
      ) : null}
    </span>
  );
}
