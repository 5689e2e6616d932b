import { memo, useEffect, useRef } from 'react';
import { Literal } from '../../ui/literal.tsx';
import type { CharacterRun, TokenView } from '../../workers/token-view/token-view.ts';
import { useItemMenu } from './item-menu.tsx';
import { hoverLinks, linkOf, useLink } from './link.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';

/** Text around the token that is shown; a HAR of megabytes is not the point here. */
const AROUND = 2000;

/** The pasted text with the token in it coloured by anatomy; what was repaired is underlined. */
export function TokenString() {
  const model = useInspectModel();
  const text = useInspect((state) => state.result?.text ?? state.text);
  const view = useInspect(chosenView);
  const isWrapped = useInspect((state) => state.isWrapped);
  const box = useRef<HTMLElement>(null);
  const selected = useInspect((state) => state.selected);
  const items = useItemMenu();

  useEffect(() => {
    if (selected === undefined || selected.from === 'string') return;
    box.current?.querySelector(`[data-link="${CSS.escape(selected.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same items are selected by keyboard in the table and the byte map
    <section
      className={isWrapped ? 'paste-b tok copyable' : 'paste-b tok copyable is-line'}
      ref={box}
      aria-label="Token text"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onClick={(event) => {
        const id = linkOf(event.target);
        if (id !== undefined) model.select(id, 'string');
      }}
      onContextMenu={items.open}
      {...hoverLinks(model)}
    >
      {view === undefined ? (
        <Around text={text.slice(0, 2 * AROUND)} cut={text.length - 2 * AROUND} />
      ) : (
        <Coloured text={text} view={view} />
      )}
      {items.menu}
    </section>
  );
}

const Coloured = memo(function Coloured({ text, view }: { readonly text: string; readonly view: TokenView }) {
  const { start, end } = view.token;
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  return (
    <>
      <Around text={before} cut={start - before.length} isCutInFront />
      {view.runs.map((run) => (
        <Run key={run.start} run={run} text={text.slice(run.start, run.end)} />
      ))}
      <Around text={after} cut={text.length - end - after.length} />
    </>
  );
});

const Run = memo(function Run({ run, text }: { readonly run: CharacterRun; readonly text: string }) {
  return (
    <span className={run.isRepaired ? `s-${run.segment} fix` : `s-${run.segment}`} {...useLink(run.id)}>
      <Literal text={text} />
    </span>
  );
});

/** Text that is not of the token. Line breaks are kept as they are: nothing here can forge a line of ours. */
function Around({
  text,
  cut,
  isCutInFront = false,
}: {
  readonly text: string;
  readonly cut: number;
  readonly isCutInFront?: boolean;
}) {
  const note = cut > 0 ? <span className="cut">{cut.toLocaleString('en-GB')} characters not shown</span> : null;
  return (
    <span className="cmd">
      {isCutInFront ? note : null}
      {text.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move
        <span key={index}>
          {index === 0 ? null : '\n'}
          <Literal text={line} />
        </span>
      ))}
      {isCutInFront ? null : note}
    </span>
  );
}
