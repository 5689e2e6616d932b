import { useMemo, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { SearchField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { PopoverTrigger } from '../../ui/popover.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import { type FoundSummary, requestAt } from '../../workers/token-view/protocol.ts';
import { useInspect, useInspectModel } from './model.ts';
import { isRefused, listEntries, type PickerEntry } from './picker-entries.ts';
import './token-picker.css';

const ROW = 44;

/**
 * Which of several tokens is looked at: a button that opens the list of them, those of refused requests first, and with them
 * refused requests that carried none. Not there where there is nothing to choose.
 */
export function TokenPicker({ found, index }: { readonly found: FoundSummary; readonly index: number }) {
  const { tokens, stoppedAt } = found;
  const isAlone = useMemo(() => listEntries(found).length < 2, [found]);
  if (isAlone) return null;
  const count = tokens.length.toLocaleString('en-GB');
  const more = stoppedAt === undefined ? '' : ' and more';
  const isRequest = requestAt(index) !== undefined;
  return (
    <PopoverTrigger
      label="Tokens in the paste"
      button={
        <AriaButton
          className="chip pick"
          aria-label={
            isRequest
              ? 'A request without a token, choose another'
              : `Token ${index + 1} of ${tokens.length}, choose another`
          }
        >
          {isRequest ? (
            <span>A request without a token</span>
          ) : (
            <span>
              Token <b>{(index + 1).toLocaleString('en-GB')}</b> of {count}
              {more}
            </span>
          )}
          <Icon name="down" size={12} />
        </AriaButton>
      }
    >
      {(close) => <Picker found={found} onDone={close} />}
    </PopoverTrigger>
  );
}

function Picker({ found, onDone }: { readonly found: FoundSummary; readonly onDone: () => void }) {
  const model = useInspectModel();
  const current = useInspect((state) => state.result?.reading.index);
  const [query, setQuery] = useState('');
  const all = useMemo(() => listEntries(found), [found]);
  const entries = useMemo(() => {
    const words = query.trim().toLowerCase();
    return words === '' ? all : all.filter((entry) => entry.search.includes(words));
  }, [all, query]);
  const ids = useMemo(() => entries.map((entry) => entry.id), [entries]);
  const handle = useRef<VirtualRowsHandle>(null);
  const rows = useRovingRows<HTMLDivElement>(ids, (at) => handle.current?.reveal(at));
  const refused = all.filter(isRefused).length;

  const choose = (entry: PickerEntry | undefined) => {
    if (entry === undefined) return;
    model.choose(entry.place);
    onDone();
  };
  return (
    <div className="pk">
      <div className="pk-h">
        <SearchField
          label="Find a token"
          placeholder="Find by address, status, place"
          value={query}
          onChange={setQuery}
        />
        <span className="hint" role="status">
          {entries.length.toLocaleString('en-GB')} {entries.length === 1 ? 'entry' : 'entries'}
          {refused === 0 ? '' : `, ${refused} refused, those first`}
        </span>
      </div>
      {entries.length === 0 ? (
        <p className="pk-none">Nothing here matches “{escapeText(query.trim())}”.</p>
      ) : (
        <VirtualRows
          role="listbox"
          label="Tokens"
          className="pk-b"
          handle={handle}
          containerRef={rows.container}
          onKeyDown={(event) => {
            rows.onKeyDown(event);
            if (event.key !== 'Enter' && event.key !== ' ') return;
            const id = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
            event.preventDefault();
            choose(entries.find((entry) => entry.id === id));
          }}
          count={entries.length}
          heightOf={() => ROW}
          keyOf={(at) => ids[at] ?? String(at)}
          row={(at) => {
            const entry = entries[at];
            if (entry === undefined) return null;
            return (
              <Entry
                entry={entry}
                isChosen={entry.place === current}
                rowProps={rows.rowProps(entry.id)}
                onChoose={() => choose(entry)}
              />
            );
          }}
        />
      )}
    </div>
  );
}

function Entry(props: {
  readonly entry: PickerEntry;
  readonly isChosen: boolean;
  readonly rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
  readonly onChoose: () => void;
}) {
  const { entry } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: `rowProps` has its place in the tab order
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys of its rows
    <div className="pk-r" role="option" aria-selected={props.isChosen} onClick={props.onChoose} {...props.rowProps}>
      <span className={isRefused(entry) ? 'pk-s v-fail' : 'pk-s'}>
        {isRefused(entry) ? <Icon name="fail" size={13} /> : null}
        {entry.status ?? ''}
      </span>
      <span className="pk-t">
        <span className="ell" title={escapeText(entry.address)}>
          <b>{entry.method ?? ''}</b> <Literal text={entry.address} />
        </span>
        <span className="hint ell" title={escapeText(entry.note)}>
          <Literal text={entry.note} />
        </span>
      </span>
    </div>
  );
}
