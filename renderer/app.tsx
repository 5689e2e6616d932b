import { useState } from 'react';
import type { StoreApi } from 'zustand';
import { ActivityView } from './features/activity/view.tsx';
import { BatchProvider, createBatchModel } from './features/batch/model.ts';
import { BatchView } from './features/batch/view.tsx';
import { CompareProvider, createCompareModel } from './features/compare/model.ts';
import { CompareView } from './features/compare/view.tsx';
import { HistoryView } from './features/history/view.tsx';
import { type InspectModel, InspectProvider } from './features/inspect/model.ts';
import { InspectView } from './features/inspect/view.tsx';
import { DraftsProvider, type IssueDrafts } from './features/issue/drafts.ts';
import { IssueView } from './features/issue/view.tsx';
import { KeysView } from './features/keys/view.tsx';
import { createPreviewModel, PreviewProvider } from './features/preview/model.ts';
import { PreviewView } from './features/preview/view.tsx';
import { SettingsView } from './features/settings/view.tsx';
import { type Session, SessionProvider } from './platform/session.ts';
import { type Clock, ClockProvider } from './shell/clock.ts';
import { CommandProvider, createCommandStore } from './shell/commands.ts';
import { type AllDocuments, DocumentsProvider } from './shell/documents.ts';
import { createNavigation, NavigationProvider } from './shell/navigation.ts';
import { Shell } from './shell/shell.tsx';
import type { ViewEntry } from './shell/view-list.ts';
import { createCompareClient } from './workers/compare-client.ts';
import './ui/tokens.css';
import './ui/base.css';

/** The screens that there are, in the order of the rail. */
const VIEWS: readonly ViewEntry[] = [
  { id: 'inspect', title: 'Inspect', icon: 'inspect', place: 'top', View: InspectView },
  { id: 'compare', title: 'Compare', icon: 'compare', place: 'none', View: CompareView },
  { id: 'issue', title: 'Issue', icon: 'ticket', place: 'top', View: IssueView },
  { id: 'preview', title: 'Preview', icon: 'preview', place: 'top', View: PreviewView },
  { id: 'batch', title: 'Batch', icon: 'batch', place: 'top', View: BatchView },
  { id: 'keys', title: 'Keys', icon: 'keys', place: 'top', View: KeysView },
  { id: 'activity', title: 'Activity', icon: 'requests', place: 'bottom', View: ActivityView },
  { id: 'history', title: 'History', icon: 'history', place: 'bottom', View: HistoryView },
  { id: 'settings', title: 'Settings', icon: 'settings', place: 'bottom', View: SettingsView },
];

export interface AppProps {
  readonly session: Session;
  readonly clock: StoreApi<Clock>;
  readonly inspect: InspectModel;
  readonly documents: AllDocuments;
  readonly issue: IssueDrafts;
}

export function App({ session, clock, inspect, documents, issue }: AppProps) {
  const [navigation] = useState(createNavigation);
  const [commands] = useState(createCommandStore);
  const [preview] = useState(() => createPreviewModel(session));
  const [batch] = useState(createBatchModel);
  const [compare] = useState(() => createCompareModel(session, createCompareClient(), clock));
  const paste = (text: string) => {
    if (navigation.getState().view === 'compare') return compare.paste(text);
    inspect.receive(text);
    navigation.getState().go('inspect');
  };
  return (
    <SessionProvider value={session}>
      <ClockProvider value={clock}>
        <NavigationProvider value={navigation}>
          <CommandProvider value={commands}>
            <InspectProvider value={inspect}>
              <CompareProvider value={compare}>
                <DraftsProvider value={issue}>
                  <PreviewProvider value={preview}>
                    <BatchProvider value={batch}>
                      <DocumentsProvider value={documents}>
                        <Shell views={VIEWS} onPaste={paste} />
                      </DocumentsProvider>
                    </BatchProvider>
                  </PreviewProvider>
                </DraftsProvider>
              </CompareProvider>
            </InspectProvider>
          </CommandProvider>
        </NavigationProvider>
      </ClockProvider>
    </SessionProvider>
  );
}
