import { useState } from 'react';
import { InspectProvider, type InspectModel } from './features/inspect/model.ts';
import { InspectView } from './features/inspect/view.tsx';
import { KeysView } from './features/keys/view.tsx';
import { type Session, SessionProvider } from './platform/session.ts';
import { ClockProvider, createClock } from './shell/clock.ts';
import { createNavigation, NavigationProvider } from './shell/navigation.ts';
import { Shell } from './shell/shell.tsx';
import type { ViewEntry } from './shell/view-list.ts';
import './ui/tokens.css';
import './ui/base.css';

/** The screens that there are, in the order of the rail. */
const VIEWS: readonly ViewEntry[] = [
  { id: 'inspect', title: 'Inspect', icon: 'inspect', digit: 1, place: 'top', View: InspectView },
  { id: 'keys', title: 'Keys', icon: 'keys', digit: 5, place: 'top', View: KeysView },
];

export function App({ session, inspect }: { readonly session: Session; readonly inspect: InspectModel }) {
  const [clock] = useState(createClock);
  const [navigation] = useState(createNavigation);
  const paste = (text: string) => {
    inspect.setText(text);
    navigation.getState().go('inspect');
  };
  return (
    <SessionProvider value={session}>
      <ClockProvider value={clock}>
        <NavigationProvider value={navigation}>
          <InspectProvider value={inspect}>
            <Shell views={VIEWS} onPaste={paste} />
          </InspectProvider>
        </NavigationProvider>
      </ClockProvider>
    </SessionProvider>
  );
}
