import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createDocumentSource } from './features/inspect/document-source.ts';
import { endFirstRun } from './features/inspect/first-run.ts';
import { createInspectModel, receiveIncoming } from './features/inspect/model.ts';
import { recordHistory } from './features/inspect/record-history.ts';
import { createIssueDrafts } from './features/issue/drafts.ts';
import { electronPlatform } from './platform/electron-platform.ts';
import { keepParts } from './platform/kept-parts.ts';
import { createSession } from './platform/session.ts';
import { createClock } from './shell/clock.ts';
import { createDocuments } from './shell/documents.ts';
import { createInspectClient } from './workers/inspect-client.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the window’s content');

const session = createSession(electronPlatform());
const clock = createClock();
const inspect = createInspectModel(session, createInspectClient(), clock);
const tokens = createDocuments('inspect', createDocumentSource(inspect, clock));
inspect.onArrival(tokens.makeRoom);
const issue = createIssueDrafts();
const documents = { inspect: tokens, issue: issue.documents };
receiveIncoming(session, inspect);
endFirstRun(session, inspect);
recordHistory(session, inspect, clock);
keepParts(session, [tokens.part, issue.documents.part]);
createRoot(root).render(
  <StrictMode>
    <App session={session} clock={clock} inspect={inspect} documents={documents} issue={issue} />
  </StrictMode>,
);
