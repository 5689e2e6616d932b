import { app, session } from 'electron';
import { parseBaseUrl } from '../../shared/flowplayer/api/base-url.ts';
import { guardRequests } from '../security/request-filter.ts';

/**
 * How main asks APIs: the system's proxy and certificates, as Chromium knows them, in a session of its own that keeps nothing
 * (no cookies, no cache, no file). Made when it is first used. Callers enter each request in the ledger first.
 */
export function createApiFetch(partition: string): (url: string, init: RequestInit) => Promise<Response> {
  let made: Electron.Session | undefined;
  return (url, init) => {
    made ??= createSession(partition);
    return made.fetch(url, { ...init, bypassCustomProtocolHandlers: true });
  };
}

function createSession(partition: string): Electron.Session {
  const created = session.fromPartition(partition, { cache: false });
  // who asks, and nothing of the machine
  created.setUserAgent(`${app.getName()}/${app.getVersion()}`);
  // https anywhere, and http on this machine: what the address of a workspace may be
  guardRequests(created, (url) => URL.canParse(url) && parseBaseUrl(new URL(url).origin).ok);
  return created;
}
