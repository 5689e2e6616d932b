import { type DragEvent, useCallback, useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { useKeysOf } from '../../shell/commands.ts';
import { DocumentTabs } from '../../shell/document-tabs.tsx';
import { useDocumentsState } from '../../shell/documents.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { printKeys } from '../../ui/kbd.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { Panel } from '../../ui/panel.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useIsPainted } from '../../ui/use-is-painted.ts';
import { useMedia } from '../../ui/use-media.ts';
import { ClaimsTable } from './claims-table.tsx';
import { cloneRequest } from './clone-request.ts';
import { Diagnosis } from './diagnosis.tsx';
import { EvidenceEnd, evidenceTabs } from './evidence.tsx';
import { useIsFirstRun } from './first-run.ts';
import './inspect.css';
import { chosenView, type TabId, useInspect, useInspectModel } from './model.ts';
import { NotACat, Nothing } from './no-token.tsx';
import { PasteZone } from './paste-zone.tsx';
import { RequestPanel } from './request-panel.tsx';
import { useInspectCommands } from './use-inspect-commands.ts';
import { usePreviewToken } from './use-preview-token.ts';
import { useReport } from './use-report.tsx';
import { useSentence } from './use-sentence.ts';

const SETTLE_MILLIS = 300;
const COLUMN = { initial: 464, min: 360, max: 760 } as const;

export function InspectView() {
  const model = useInspectModel();
  const [error, setError] = useState<AppError | undefined>(undefined);
  const hasText = useInspect((state) => state.text !== '' || state.isEditing);
  const isFirstRun = useIsFirstRun();
  const isAlone = useDocumentsState('inspect', (state) => state.tabs.length === 1);
  // nothing is open yet that tabs or actions could be for
  const isIntroduction = isFirstRun && isAlone && !hasText;
  const view = useInspect(chosenView);
  const reading = useInspect((state) => state.result?.reading);
  const isNarrow = useMedia('(max-width: 1239px)');
  useInspectCommands();
  const report = useReport();

  const openFile = useCallback(async () => setError(await model.openFile()), [model]);
  const request = useNavigation((navigation) => navigation.request);
  const settle = useNavigation((navigation) => navigation.settle);
  useEffect(() => {
    if ((request?.kind !== 'open-file' && request?.kind !== 'inspect-text') || !settle()) return;
    if (request.kind === 'open-file') void openFile();
    else model.receive(request.text);
  }, [request, settle, openFile, model]);
  const text = useInspect((state) => state.text);
  // what went wrong with a file says nothing about the next paste
  useEffect(() => {
    if (text !== '') setError(undefined);
  }, [text]);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    const text = event.dataTransfer.getData('text/plain');
    if (file !== undefined) void model.readFile(file).then(setError);
    else if (text !== '') model.receive(text);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equals in pasting and in the file dialog
    <div className="view-inspect" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <h1 className="sr">Inspect</h1>
      {isIntroduction ? null : <Head openFile={openFile} copyReport={report.copy} />}
      {report.note}
      {error === undefined ? null : (
        <div className="in-err">
          <ErrorNote error={error} />
        </div>
      )}
      <PasteZone onOpenFile={() => void openFile()} />
      {!hasText || reading === undefined ? null : view === undefined ? (
        reading.found.tokens[reading.index] === undefined ? (
          <Nothing request={reading.request} />
        ) : (
          <NotACat entry={reading.found.tokens[reading.index]} />
        )
      ) : isNarrow ? (
        <OneColumn />
      ) : (
        <TwoColumns />
      )}
      <Announcement />
    </div>
  );
}

/** The tabs, and what can be done with the open one. */
function Head(props: { readonly openFile: () => Promise<void>; readonly copyReport: () => void }) {
  const { openFile, copyReport } = props;
  const model = useInspectModel();
  const go = useNavigation((navigation) => navigation.go);
  const view = useInspect(chosenView);
  const preview = usePreviewToken();
  const cloneKeys = useKeysOf('inspect.clone');
  return (
    <div className="vh" data-region>
      <DocumentTabs view="inspect" label="Open tokens" untitled="Untitled" add="New tab" />
      <span className="vh-end">
        {view === undefined ? null : (
          <>
            <Button icon="compare" onPress={() => go('compare', { kind: 'compare', token: view.token.text })}>
              Compare…
            </Button>
            <Button icon="preview" onPress={preview}>
              Preview
            </Button>
            <Button icon="copy" onPress={copyReport}>
              Copy redacted report
            </Button>
          </>
        )}
        <Button icon="file" onPress={() => void openFile()}>
          Open a file…
        </Button>
        {view === undefined ? null : (
          <Button
            icon="ticket"
            variant="primary"
            {...(cloneKeys === undefined ? {} : { shortcut: printKeys(cloneKeys) })}
            onPress={() => go('issue', cloneRequest(model, view.token.text))}
          >
            Clone &amp; edit
          </Button>
        )}
      </span>
    </div>
  );
}

function TwoColumns() {
  // the answer first: what explains it comes with the next frame
  const isPainted = useIsPainted();
  const { platform, settings } = useSession();
  const saved = useLive(settings).value?.layout['inspect.right'] ?? COLUMN.initial;
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  const width = dragged ?? saved;
  // kept once it stands still, not with every pixel of a drag
  useEffect(() => {
    if (dragged === undefined) return;
    const timer = setTimeout(() => void platform.settings.set({ layout: { 'inspect.right': dragged } }), SETTLE_MILLIS);
    return () => clearTimeout(timer);
  }, [dragged, platform]);
  return (
    <div className="cols" style={{ gridTemplateColumns: `minmax(0, 1fr) 12px ${width}px` }}>
      <div className="left" data-region>
        <Diagnosis />
        <Panel label="Claims" className="claims">
          {isPainted ? <ClaimsTable /> : null}
        </Panel>
      </div>
      <Splitter label="Width of the bytes" size={width} {...COLUMN} onResize={setDragged} />
      <div className="right" data-region>
        {isPainted ? (
          <>
            <RequestPanel />
            <Evidence />
          </>
        ) : null}
      </div>
    </div>
  );
}

function Evidence() {
  const model = useInspectModel();
  const chosen = useInspect((state) => state.tab);
  const findings = useInspect((state) => chosenView(state)?.findings.length ?? 0);
  return (
    <Panel label="Evidence" className="bytes">
      <Tabs
        label="Evidence"
        items={evidenceTabs(findings)}
        selected={chosen === undefined || chosen === 'claims' || chosen === 'request' ? 'bytes' : chosen}
        onSelect={(tab) => model.setTab(tab as TabId)}
        end={<EvidenceEnd />}
      />
    </Panel>
  );
}

/** In a narrow window the bytes are a tab beside the claims. */
function OneColumn() {
  const model = useInspectModel();
  const chosen = useInspect((state) => state.tab) ?? 'claims';
  const findings = useInspect((state) => chosenView(state)?.findings.length ?? 0);
  return (
    <div className="cols cols-one">
      <div className="left" data-region>
        <Diagnosis />
        <Panel label="Claims and evidence" className="claims">
          <Tabs
            label="Claims and evidence"
            items={[
              { id: 'claims', title: 'Claims', content: <ClaimsTable /> },
              { id: 'request', title: 'Request', content: <RequestPanel /> },
              ...evidenceTabs(findings),
            ]}
            selected={chosen}
            onSelect={(tab) => model.setTab(tab as TabId)}
            end={chosen === 'claims' || chosen === 'request' ? undefined : <EvidenceEnd />}
          />
        </Panel>
      </div>
    </div>
  );
}

/** Says the sentence once it has settled. */
function Announcement() {
  const sentence = useSentence();
  const isSettled = useInspect((state) => state.integrity.kind !== 'waiting' && state.isJudged);
  const at = useJudgedAt();
  return <LiveRegion text={isSettled ? toPlainText(sentence, localStyle(at)) : ''} />;
}
