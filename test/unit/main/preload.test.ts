import { beforeAll, describe, expect, it, vi } from 'vitest';
import { COMMANDS, EVENTS } from '../../../shared/contract/contract.ts';

const exposed: Record<string, unknown> = {};
const invoked: unknown[][] = [];
const listeners = new Map<string, Set<(...args: unknown[]) => void>>();

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, member: unknown) => Object.assign(exposed, { [name]: member }) },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => {
      invoked.push(args);
      return 'answer';
    },
    on: (channel: string, listener: (...args: unknown[]) => void) => {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
    },
    removeListener: (channel: string, listener: (...args: unknown[]) => void) => {
      listeners.get(channel)?.delete(listener);
    },
  },
}));

type Api = Record<string, Record<string, (...args: unknown[]) => unknown>>;
let api: Api;

beforeAll(async () => {
  await import('../../../main/preload/index.ts');
  api = exposed['catwalk'] as Api;
});

describe('preload', () => {
  it('exposes the contract under one name, and nothing else', () => {
    expect(Object.keys(exposed)).toEqual(['catwalk']);
    const members = Object.entries(api).flatMap(([group, verbs]) =>
      Object.keys(verbs).map((verb) => `${group}.${verb}`),
    );
    const events = Object.keys(EVENTS).map((name) =>
      name.replace(/\.(.)/, (_, first: string) => `.on${first.toUpperCase()}`),
    );
    expect(members.sort()).toEqual([...Object.keys(COMMANDS), ...events].sort());
  });

  it('exposes plain functions, no getters', () => {
    for (const group of [api, ...Object.values(api)]) {
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(group))) {
        expect(property.get, name).toBeUndefined();
        expect(property.set, name).toBeUndefined();
      }
    }
    for (const verbs of Object.values(api))
      for (const verb of Object.values(verbs)) expect(verb).toBeTypeOf('function');
  });

  it('passes one input on the command’s own channel, whatever else the page adds', async () => {
    invoked.length = 0;
    await api['keys']?.['delete']?.({ id: 'x' }, 'ignored', 'catwalk:window.close');
    expect(invoked).toEqual([['catwalk:keys.delete', { id: 'x' }]]);
  });

  it('hands a listener the payload without the event, until it unsubscribes', () => {
    const heard: unknown[][] = [];
    const stop = api['menu']?.['onCommand']?.((...args: unknown[]) => heard.push(args)) as () => void;
    const channel = listeners.get('catwalk:menu.command') ?? new Set();
    for (const listener of channel) listener({ sender: 'ipcRenderer' }, 'palette');
    stop();
    stop();
    expect(channel.size).toBe(0);
    expect(heard).toEqual([['palette']]);
  });
});
