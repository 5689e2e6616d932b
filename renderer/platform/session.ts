import { createContext, useContext } from 'react';
import type { EgressSummary } from '../../shared/contract/egress.ts';
import type { KeyRecord } from '../../shared/contract/keys.ts';
import type { OvpQueue, OvpUnfinishedKey, OvpWorkspace } from '../../shared/contract/ovp.ts';
import type { SecretStores, SecretsStatus } from '../../shared/contract/secrets.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import type { WindowState } from '../../shared/contract/window.ts';
import { createLiveValue, type LiveValue } from './live-value.ts';
import type { Platform } from './platform.ts';

/** The door to main, and what the window follows of main's state while it is open. */
export interface Session {
  readonly platform: Platform;
  readonly keys: LiveValue<KeyRecord[]>;
  readonly secrets: LiveValue<SecretsStatus>;
  readonly stores: LiveValue<SecretStores>;
  readonly workspaces: LiveValue<OvpWorkspace[]>;
  readonly unfinished: LiveValue<OvpUnfinishedKey[]>;
  readonly queue: LiveValue<OvpQueue>;
  readonly egress: LiveValue<EgressSummary>;
  readonly settings: LiveValue<Settings>;
  readonly window: LiveValue<WindowState>;
}

export function createSession(platform: Platform): Session {
  return {
    platform,
    keys: createLiveValue({ load: platform.keys.list, subscribe: platform.keys.onChanged }),
    secrets: createLiveValue({ load: platform.secrets.status, subscribe: platform.secrets.onChanged }),
    stores: createLiveValue({ load: platform.secrets.stores, subscribe: platform.secrets.onStoresChanged }),
    workspaces: createLiveValue({ load: platform.ovp.workspaces, subscribe: platform.ovp.onWorkspacesChanged }),
    unfinished: createLiveValue({ load: platform.ovp.unfinishedKeys, subscribe: platform.ovp.onUnfinishedChanged }),
    queue: createLiveValue({ load: platform.ovp.queue, subscribe: platform.ovp.onQueueChanged }),
    egress: createLiveValue({ load: platform.egress.list, subscribe: platform.egress.onChanged }),
    settings: createLiveValue({ load: platform.settings.get, subscribe: platform.settings.onChanged }),
    window: createLiveValue({ load: platform.window.state, subscribe: platform.window.onChanged }),
  };
}

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('rendered outside a SessionProvider');
  return session;
}
