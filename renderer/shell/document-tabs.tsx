import { Button } from 'react-aria-components';
import { IconButton } from '../ui/button.tsx';
import { Literal } from '../ui/literal.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { VerdictIcon, type VerdictKind } from '../ui/verdict.tsx';
import './document-tabs.css';
import { type DocumentTab, tabTitle, useDocuments, useDocumentsState } from './documents.ts';

const WORDS: Readonly<Record<VerdictKind, string>> = {
  pass: 'passes',
  fail: 'fails',
  warning: 'with a warning',
  'not-checked': 'not fully checked',
  'cannot-know': 'not fully checked',
  info: 'not fully checked',
};

/** The documents that are open, in the head of their view. A tab and its close button are two controls beside each other. */
export function DocumentTabs({ label }: { readonly label: string }) {
  const documents = useDocuments();
  const tabs = useDocumentsState((state) => state.tabs);
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds buttons, no fields
    <div className="docs" role="group" aria-label={label}>
      {tabs.map((tab, place) => (
        <Tab
          key={tab.id}
          tab={tab}
          title={tabTitle(tab, place)}
          canClose={tabs.length > 1 || tab.label.title !== undefined}
        />
      ))}
      <IconButton label="New tab" icon="plus" onPress={documents.add} />
    </div>
  );
}

function Tab(props: { readonly tab: DocumentTab; readonly title: string; readonly canClose: boolean }) {
  const { tab, title, canClose } = props;
  const documents = useDocuments();
  const isOn = useDocumentsState((state) => state.current === tab.id);
  return (
    <span className={isOn ? 'doc is-on' : 'doc'}>
      <Tooltip text={title}>
        <Button
          className="doc-b"
          {...(isOn ? { 'aria-current': 'true' as const } : {})}
          onPress={() => documents.select(tab.id)}
        >
          <VerdictIcon kind={tab.label.verdict} />
          <span className="ell">
            <Literal text={title} />
          </span>
          <span className="sr">{WORDS[tab.label.verdict]}</span>
        </Button>
      </Tooltip>
      {canClose ? (
        <IconButton label={`Close ${title}`} icon="close" size={12} onPress={() => documents.close(tab.id)} />
      ) : null}
    </span>
  );
}
