import { useEffect, useRef } from 'react';
import { Button, Toolbar } from 'react-aria-components';
import { IconButton } from '../ui/button.tsx';
import { Literal } from '../ui/literal.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { VerdictIcon, type VerdictKind } from '../ui/verdict.tsx';
import './document-tabs.css';
import {
  type DocumentLabel,
  type DocumentTab,
  type TabbedView,
  tabTitles,
  useDocuments,
  useDocumentsState,
} from './documents.ts';

const WORDS: Readonly<Record<VerdictKind, string>> = {
  pass: 'passes',
  fail: 'fails',
  warning: 'with a warning',
  'not-checked': 'not fully checked',
  'cannot-know': 'not fully checked',
  info: 'not fully checked',
};

/**
 * The documents that are open, in the head of their view. A tab and its close button are two controls beside each other;
 * all of them are one stop, with the arrows inside.
 */
export function DocumentTabs(props: {
  readonly view: TabbedView;
  readonly label: string;
  /** the name of a document that has none */
  readonly untitled: string;
  /** what the button does that opens an empty one */
  readonly add: string;
}) {
  const { view, label, untitled } = props;
  const documents = useDocuments(view);
  const tabs = useDocumentsState(view, (state) => state.tabs);
  const current = useDocumentsState(view, (state) => state.current);
  const titles = tabTitles(tabs, untitled);
  const { box, onClose } = useKeptFocus(current, tabs.length);
  return (
    <Toolbar
      className="docs"
      aria-label={label}
      ref={box}
      // a wheel that only turns up and down reaches what does not fit as well
      onWheel={({ currentTarget, deltaX, deltaY }) => {
        if (deltaX === 0) currentTarget.scrollLeft += deltaY;
      }}
    >
      {tabs.map((tab, place) => (
        <Tab
          key={tab.id}
          tab={tab}
          title={titles[place] ?? untitled}
          isOn={tab.id === current}
          onSelect={() => documents.select(tab.id)}
          onClose={
            tabs.length > 1 || tab.label.title !== undefined || tab.label.isUnsaved === true
              ? () => {
                  onClose();
                  documents.close(tab.id);
                }
              : undefined
          }
        />
      ))}
      <IconButton label={props.add} icon="plus" onPress={documents.add} />
    </Toolbar>
  );
}

/** Shows the open tab where there are more than fit, and gives it the focus that went with what was closed or hidden. */
function useKeptFocus(current: number, count: number) {
  const box = useRef<HTMLDivElement>(null);
  const isClosed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what it is about
  useEffect(() => {
    const open = box.current?.querySelector<HTMLElement>('[aria-current]');
    if (open != null) scrollTo(box.current, open.parentElement);
    const { activeElement } = document;
    const isGone =
      activeElement === document.body ? isClosed.current : activeElement !== null && !activeElement.checkVisibility();
    isClosed.current = false;
    if (isGone) open?.focus();
  }, [current, count]);
  return { box, onClose: () => (isClosed.current = true) };
}

/** Not by `scrollIntoView`: with it, the Tab key would go on from there. */
function scrollTo(box: HTMLElement | null, tab: HTMLElement | null): void {
  if (box === null || tab === null) return;
  const [outer, inner] = [box.getBoundingClientRect(), tab.getBoundingClientRect()];
  // the last button lies over the end
  const end = box.lastElementChild?.getBoundingClientRect().left ?? outer.right;
  box.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - end);
}

function Tab(props: {
  readonly tab: DocumentTab;
  readonly title: string;
  readonly isOn: boolean;
  readonly onSelect: () => void;
  /** `undefined`: it is alone and empty */
  readonly onClose: (() => void) | undefined;
}) {
  const { tab, title, isOn, onClose } = props;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the middle button has its equals in the button and in the keys
    <span
      className={isOn ? 'doc is-on' : 'doc'}
      // it closes, as everywhere, and does not paste
      onMouseUp={(event) => {
        if (event.button !== 1) return;
        event.preventDefault();
        onClose?.();
      }}
    >
      <Tooltip text={title}>
        <Button className="doc-b" {...(isOn ? { 'aria-current': 'true' as const } : {})} onPress={props.onSelect}>
          <Mark label={tab.label} />
          <span className="ell">
            <Literal text={title} />
          </span>
          <MarkWord label={tab.label} />
        </Button>
      </Tooltip>
      {onClose === undefined ? null : <IconButton label={`Close ${title}`} icon="close" size={12} onPress={onClose} />}
    </span>
  );
}

function Mark({ label: { verdict, isUnsaved } }: { readonly label: DocumentLabel }) {
  if (verdict !== undefined) return <VerdictIcon kind={verdict} />;
  return isUnsaved === true ? <span className="dot doc-dot" /> : null;
}

function MarkWord({ label: { verdict, isUnsaved } }: { readonly label: DocumentLabel }) {
  const word = verdict !== undefined ? WORDS[verdict] : isUnsaved === true ? 'not signed yet' : undefined;
  return word === undefined ? null : <span className="sr">{word}</span>;
}
