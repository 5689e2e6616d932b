import { contextBridge, ipcRenderer } from 'electron';
import {
  COMMAND_NAMES,
  type CommandName,
  channelOf,
  EVENT_NAMES,
  type EventName,
} from '../../shared/contract/names.ts';

/**
 * Exposes one function for each name of the contract and nothing else. The page never sees a channel, an event object or
 * `ipcRenderer`, and cannot name a channel of its own. Plain functions only: a getter would run in this context.
 */
const api: Record<string, Record<string, unknown>> = {};

for (const [group, verbs] of Object.entries(COMMAND_NAMES)) {
  for (const verb of verbs) expose(group, verb, call(`${group}.${verb}` as CommandName));
}
for (const [group, verbs] of Object.entries(EVENT_NAMES)) {
  for (const verb of verbs) {
    expose(group, `on${verb.charAt(0).toUpperCase()}${verb.slice(1)}`, subscribe(`${group}.${verb}` as EventName));
  }
}
contextBridge.exposeInMainWorld('catwalk', api);

function expose(group: string, name: string, member: unknown): void {
  api[group] ??= {};
  api[group][name] = member;
}

function call(name: CommandName) {
  const channel = channelOf(name);
  return (input?: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input);
}

function subscribe(name: EventName) {
  const channel = channelOf(name);
  return (listener: (payload: unknown) => void): (() => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.removeListener(channel, forward);
    };
  };
}
