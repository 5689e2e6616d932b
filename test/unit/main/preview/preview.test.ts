import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createLedger } from '../../../../main/egress/ledger.ts';
import { refOf } from '../../../../main/keys/key-ring.ts';
import { createPreview } from '../../../../main/preview/preview.ts';
import type { PreviewOptions } from '../../../../main/preview/preview-options.ts';
import { COMMANDS, type CommandInput, type CommandOutput } from '../../../../shared/contract/contract.ts';
import type { PageCommand } from '../../../../shared/contract/player-page.ts';
import { createError } from '../../../../shared/errors.ts';
import { CLIP_URL } from '../../../../shared/preview/parse-source.ts';
import { err, ok } from '../../../../shared/result.ts';
import { KEY } from '../../issue/issuing.ts';
import { CLIP, NOW, tokenised, tokenWith } from '../edge/stages.ts';
import { keysWith } from '../issue/keys.ts';

/** What Electron would be asked to make: a session that main answers, and views in it. */
const electron = vi.hoisted(() => ({
  answer: undefined as ((request: Request) => Promise<Response>) | undefined,
  views: 0,
}));
vi.mock('electron', () => {
  const ignored = () => undefined;
  const emitter = { on: ignored, removeAllListeners: ignored };
  const session = {
    ...emitter,
    protocol: {
      isProtocolHandled: () => false,
      unhandle: ignored,
      handle: (_scheme: string, answer: (request: Request) => Promise<Response>) => {
        electron.answer = answer;
      },
    },
    webRequest: { onBeforeRequest: ignored },
    setPermissionRequestHandler: ignored,
    setPermissionCheckHandler: ignored,
    setDevicePermissionHandler: ignored,
    setDisplayMediaRequestHandler: ignored,
    setBluetoothPairingHandler: ignored,
    setSpellCheckerEnabled: ignored,
    setProxy: async () => undefined,
  };
  return {
    session: { fromPartition: () => session },
    WebContentsView: class {
      webContents = { ...emitter, loadURL: async () => undefined, isDestroyed: () => false, close: ignored };
      setBackgroundColor = ignored;
      setVisible = ignored;
      setBounds = ignored;
      constructor() {
        electron.views += 1;
      }
    },
  };
});

type PreviewCommand = Extract<keyof typeof COMMANDS, `preview.${string}`>;

const window = {
  contentView: { addChildView: () => undefined, removeChildView: () => undefined },
  isDestroyed: () => false,
} as unknown as BrowserWindow;

function start(more: Partial<PreviewOptions> = {}) {
  const { dev } = keysWith();
  const candidates = [{ ...KEY, ref: refOf(dev) }];
  const ledger = createLedger({ offline: false, changed: () => undefined });
  const preview = createPreview({
    ...{ dist: path.dirname(CLIP), window: () => window, devTools: false, send: () => undefined, ledger },
    ...{ crypto: nodeCrypto, verifier: () => 'cta-5007', creator: { name: 'Catwalk', version: '0' } },
    log: { info: () => undefined, warn: () => undefined, error: () => '' },
    keys: { list: async () => [dev], candidates: async () => candidates },
    issuing: { sign: async () => err(createError('ERR_INTERNAL')) },
    askOrigin: async () => ({ ok: false, error: { message: 'nobody is there', sent: false } }),
    findStream: async () => err(createError('ERR_PREVIEW_NO_WORKSPACE')),
    chooseMedia: async () => undefined,
    saveText: async () => ok(null),
    now: () => NOW,
    ...more,
  });
  /** as the window asks, through the schemas */
  async function ask<Name extends PreviewCommand>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>> {
    const handler = preview.handlers[name] as (input: unknown) => ReturnType<(typeof preview.handlers)[Name]>;
    const outcome = await handler(COMMANDS[name].input.parse(input));
    if (!outcome.ok) throw new Error(outcome.error.code);
    return COMMANDS[name].output.parse(outcome.value) as CommandOutput<Name>;
  }
  const fetchPage = (url: string, init?: RequestInit) =>
    electron.answer?.(new Request(url, init)) ?? Promise.reject(new Error('there is no session'));
  return { ask, fetchPage, ledger };
}

/** What the page is told from now on. */
async function listen({ fetchPage }: ReturnType<typeof start>) {
  const reader = (await fetchPage('https://localhost/commands')).body?.getReader();
  if (reader === undefined) throw new Error('no stream');
  return async (): Promise<PageCommand> => {
    const { value } = await reader.read();
    return JSON.parse(new TextDecoder().decode(value).replace(/^data: /, '')) as PageCommand;
  };
}

beforeEach(() => {
  electron.answer = undefined;
  electron.views = 0;
});

describe('the preview', () => {
  it('makes a view when it is opened, once, and hls.js plays where there is no Flowplayer', async () => {
    const started = start();
    const { state, rows, player } = await started.ask('preview.open', undefined);
    expect({ rows, player, page: state.page }).toEqual({ rows: [], player: null, page: 'starting' });
    expect(state).toMatchObject({ flowplayer: false, engine: 'hls', source: null, inUse: null });
    await started.ask('preview.open', undefined);
    expect(electron.views).toBe(1);
    await started.ask('preview.close', undefined);
    await started.ask('preview.open', undefined);
    expect(electron.views).toBe(2);
    expect((await started.ask('preview.reload', { engine: 'flowplayer' })).engine).toBe('hls');
  });

  it('gives the page what is loaded, the token beside the address, and swaps it where it is', async () => {
    const started = start();
    await started.ask('preview.open', undefined);
    const next = await listen(started);
    const [one, two] = [tokenWith(), tokenWith({ sub: 'two' })];
    const state = await started.ask('preview.load', { source: tokenised(one) });
    expect(state).toMatchObject({ inUse: 'A', source: { url: CLIP_URL, kind: 'clip' }, tokens: { B: null } });
    expect(await next()).toMatchObject({ kind: 'load', source: { url: CLIP_URL, token: one, startAt: 0 } });
    const playing = {
      ...{ engine: 'hls', phase: 'paused', time: 12.5, duration: 30, buffered: 6, decodedFrames: 1, droppedFrames: 0 },
      ...{ muted: false, volume: 1, width: 640, height: 360, level: '', asked: '', error: null },
    };
    const body = JSON.stringify({ kind: 'state', state: playing });
    expect((await started.fetchPage('https://localhost/report', { method: 'POST', body })).status).toBe(204);
    await started.ask('preview.setToken', { slot: 'B', token: two });
    await started.ask('preview.useToken', { slot: 'B' });
    expect(await next()).toMatchObject({ kind: 'load', source: { token: two, startAt: 12.5, paused: true } });
    await started.ask('preview.useToken', { slot: null });
    expect(await next()).toMatchObject({ kind: 'load', source: { token: null } });
  });

  it('lets nothing out of what it knows of tokens', async () => {
    const started = start();
    await started.ask('preview.open', undefined);
    const token = tokenWith();
    await started.ask('preview.load', { source: tokenised(token) });
    expect((await started.fetchPage(tokenised(token))).status).toBe(200);
    expect((await started.fetchPage(tokenised(token, '360p/index.m3u8'))).status).toBe(200);
    const snapshot = await started.ask('preview.open', undefined);
    expect(snapshot.rows).toHaveLength(2);
    const report = await started.ask('preview.report', { row: 1 });
    const why = await started.ask('preview.why', { row: 1 });
    expect(JSON.stringify([snapshot, report, why])).not.toContain(token.slice(0, 60));
  });

  it('holds what is to be walked first: the player gets nothing, and nothing is asked', async () => {
    const started = start();
    await started.ask('preview.open', undefined);
    const next = await listen(started);
    const token = tokenWith({ catreplay: 1, cti: { hex: '0b71' } });
    const state = await started.ask('preview.load', { source: tokenised(token), hold: true });
    expect(state.inUse).toBe('A');
    expect(await next()).toEqual({ kind: 'unload' });
    const { entries } = await started.ask('preview.walk', undefined);
    expect(entries.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
    await started.ask('preview.useToken', { slot: 'A' });
    await started.ask('preview.configure', { carry: 'header' });
    await started.ask('preview.configure', { carry: 'path' });
    await started.ask('preview.control', { kind: 'play' });
    expect(await next()).toMatchObject({ kind: 'load', source: { token } });
    // and the walk has not used it up
    expect((await started.fetchPage(tokenised(token))).status).toBe(200);
  });

  it('plays what was loaded last, though something before it was found later', async () => {
    let find: (found: { readonly name: string; readonly url: string }) => void = () => undefined;
    const started = start({
      findStream: async () =>
        ok(await new Promise<{ readonly name: string; readonly url: string }>((resolve) => (find = resolve))),
    });
    const slow = started.ask('preview.load', { source: 'aB3dE6gH' });
    await started.ask('preview.load', { source: 'https://h.example/last.m3u8' });
    find({ name: 'first', url: 'https://h.example/first.m3u8' });
    expect((await slow).source?.title).toBe('last.m3u8');
  });

  it('plays a chosen folder under the address that is loaded, and passes nothing on', async () => {
    const started = start({ chooseMedia: async () => CLIP });
    await started.ask('preview.open', undefined);
    await started.ask('preview.configure', { passOn: true });
    await started.ask('preview.load', { source: 'https://mine.example/v/7/x.m3u8' });
    const state = await started.ask('preview.chooseMedia', { kind: 'folder' });
    expect(state).toMatchObject({
      source: { kind: 'folder', title: 'playlist.m3u8', url: 'https://mine.example/v/7/x.m3u8' },
      edge: { passOn: false },
    });
    await started.ask('preview.configure', { enforce: false });
    expect((await started.fetchPage('https://mine.example/v/7/360p/seg_0001.m4s')).status).toBe(200);
    expect(await start().ask('preview.chooseMedia', { kind: 'file' })).toBeNull();
  });

  it('answers errors that say what to do', async () => {
    const { ask } = start();
    await expect(ask('preview.walk', undefined)).rejects.toThrow('ERR_PREVIEW_SOURCE');
    await expect(ask('preview.load', { source: 'a word' })).rejects.toThrow('ERR_PREVIEW_SOURCE');
    await expect(ask('preview.load', { source: 'aB3dE6gH' })).rejects.toThrow('ERR_PREVIEW_NO_WORKSPACE');
    await expect(ask('preview.setToken', { slot: 'A', token: 'none' })).rejects.toThrow('ERR_TOKEN_TEXT');
    for (const name of ['preview.why', 'preview.report', 'preview.curl'] as const)
      await expect(ask(name, { row: 7 })).rejects.toThrow('ERR_PREVIEW_ROW');
    await expect(ask('preview.takeRenewed', { row: 7, slot: 'B' })).rejects.toThrow('ERR_PREVIEW_ROW');
  });

  it('counts what the page may not send, its telemetry too', async () => {
    const started = start();
    await started.ask('preview.open', undefined);
    await started.ask('preview.load', { source: '' });
    expect((await started.fetchPage('https://localhost/insights', { method: 'POST', body: 'x' })).status).toBe(204);
    expect((await started.fetchPage('https://other.example/')).type).toBe('error');
    expect((await started.fetchPage('https://localhost/keys.json')).status).toBe(404);
    expect((await started.ask('preview.open', undefined)).state.counts).toEqual({ answered: 0, sent: 0, blocked: 2 });
    expect(started.ledger.summary().sent).toBe(0);
  });
});
