import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createInspectModel } from './features/inspect/model.ts';
import { electronPlatform } from './platform/electron-platform.ts';
import { createSession } from './platform/session.ts';
import { createClock } from './shell/clock.ts';
import { createInspectClient } from './workers/inspect-client.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the window’s content');

const session = createSession(electronPlatform());
const clock = createClock();
const inspect = createInspectModel(session, createInspectClient(), clock);
createRoot(root).render(
  <StrictMode>
    <App session={session} clock={clock} inspect={inspect} />
  </StrictMode>,
);
