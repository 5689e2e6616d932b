import type { BrowserWindow } from 'electron';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { PageReport } from '../../shared/contract/player-page.ts';
import type {
  EdgeSettings,
  PlayerState,
  PreviewEngine,
  PreviewSource,
  PreviewState,
  TokenSlot,
} from '../../shared/contract/preview.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { playerCaveat } from '../../shared/flowplayer/tokenised-url.ts';
import { CLIP_URL, parseSource } from '../../shared/preview/parse-source.ts';
import { readSlot, type SlotToken } from '../../shared/preview/read-slot.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { seconds } from '../../shared/units.ts';
import type { Send } from '../ipc/events.ts';
import type { Handlers } from '../ipc/register.ts';
import type { Log } from '../log.ts';
import { loadPlayerFiles, type PlayerFiles } from './player-files.ts';
import { createPlayerPort } from './player-port.ts';
import { openPlayerView, PLAYER_ORIGIN, type PlayerView } from './player-view.ts';

export type PreviewHandlers = Pick<
  Handlers,
  | 'preview.open'
  | 'preview.close'
  | 'preview.setBounds'
  | 'preview.load'
  | 'preview.reload'
  | 'preview.configure'
  | 'preview.setToken'
  | 'preview.useToken'
  | 'preview.control'
  | 'preview.clear'
>;

/** The preview: its player, its edge and its trace. Nothing of it is loaded before the window opens it. */
export interface Preview {
  readonly handlers: PreviewHandlers;
  close(): void;
}

export interface PreviewOptions {
  /** the build's folder: `player` lies in it */
  readonly dist: string;
  readonly window: () => BrowserWindow | undefined;
  readonly devTools: boolean;
  readonly send: Send;
  readonly log: Log;
  /** the verifier that the window judges by */
  readonly verifier: () => string;
  readonly now?: () => number;
}

export function createPreview(options: PreviewOptions): Preview {
  const { dist, window, devTools, send, log, verifier, now = Date.now } = options;
  let view: PlayerView | undefined;
  let files: PlayerFiles | undefined;
  let page: PreviewState['page'] = 'closed';
  let engine: PreviewEngine = 'flowplayer';
  let source: PreviewSource | null = null;
  let inUse: TokenSlot | null = null;
  let player: PlayerState | null = null;
  let edge: EdgeSettings | undefined;
  const tokens: Record<TokenSlot, SlotToken | null> = { A: null, B: null };

  const settings = (): EdgeSettings => (edge ??= { ...DEFAULT_EDGE, verifier: verifier() });
  const state = (): PreviewState => ({
    page,
    flowplayer: files?.flowplayer ?? false,
    engine,
    source,
    tokens: { A: viewSlot('A', tokens.A), B: viewSlot('B', tokens.B) },
    inUse,
    edge: settings(),
    counts: { answered: 0, sent: 0, blocked: 0 },
  });
  const changed = (): Result<PreviewState, AppError> => {
    const next = state();
    send('preview.changed', next);
    return ok(next);
  };

  const port = createPlayerPort({
    reported: (report) => reported(report),
    refused: (why) => log.warn('preview', why),
  });

  function reported(report: PageReport): void {
    if (report.kind === 'ready') {
      page = 'ready';
      if (!report.flowplayer && engine === 'flowplayer') engine = 'hls';
      changed();
      return;
    }
    player = report.state;
    send('preview.player', report.state);
  }

  /** `startAt` and `paused` of a swap are the player's own; a new source begins at its beginning. */
  function play(how: { readonly startAt: number; readonly paused: boolean }): void {
    if (source === null || view === undefined) return;
    const token = inUse === null ? null : (tokens[inUse]?.text ?? null);
    port.send({ kind: 'load', source: { engine, url: source.url, token, carry: settings().carry, ...how } });
  }
  const fromStart = { startAt: 0, paused: false };

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.origin === PLAYER_ORIGIN) {
      const said = port.answer(request);
      if (said !== undefined) return said;
      return (await files?.answer(url.pathname)) ?? new Response(null, { status: 404 });
    }
    return new Response(null, { status: 404 });
  }

  async function open(): Promise<Result<null, AppError>> {
    const shown = window();
    if (view !== undefined) return ok(null);
    if (shown === undefined) return err(createError('ERR_INTERNAL'));
    files ??= await loadPlayerFiles(`${dist}/player`);
    if (!files.flowplayer) engine = 'hls';
    page = 'starting';
    player = null;
    view = openPlayerView({
      window: shown,
      devTools,
      answer,
      refused: (what, url) => log.warn('preview', `refused ${what} ${url.slice(0, 200)}`),
      gone: (reason) => {
        log.error('preview', `the player’s page ended: ${reason}`);
        shut('failed');
        changed();
      },
    });
    play(fromStart);
    return ok(null);
  }

  function shut(as: PreviewState['page']): void {
    port.close();
    view?.close();
    view = undefined;
    player = null;
    page = as;
  }

  async function load(text: string): Promise<Result<PreviewState, AppError>> {
    const parsed = parseSource(text);
    if (!parsed.ok) return err(createError('ERR_PREVIEW_SOURCE', { message: parsed.error }));
    const typed = parsed.value;
    if (typed.kind === 'ovp') return err(createError('ERR_PREVIEW_SOURCE'));
    const url = typed.kind === 'clip' ? CLIP_URL : typed.url;
    if (!URL.canParse(url)) return err(createError('ERR_PREVIEW_SOURCE'));
    const caveat = playerCaveat(url);
    source = {
      kind: 'clip',
      title: typed.kind === 'clip' ? 'Bundled clip' : (new URL(url).pathname.split('/').at(-1) ?? url),
      url,
      host: new URL(url).host,
      ...(caveat !== undefined && { caveat }),
    };
    if (typed.kind === 'address' && typed.token !== undefined) {
      const slot = readSlot(typed.token, seconds(now() / 1000));
      if (slot !== undefined) {
        tokens.A = slot;
        inUse = 'A';
      }
    }
    play(fromStart);
    return changed();
  }

  function setToken({ slot, token }: ParsedInput<'preview.setToken'>): Result<PreviewState, AppError> {
    if (token === null) {
      tokens[slot] = null;
      if (inUse === slot) inUse = null;
      return changed();
    }
    const read = readSlot(token, seconds(now() / 1000));
    if (read === undefined) return err(createError('ERR_TOKEN_TEXT'));
    tokens[slot] = read;
    return changed();
  }

  return {
    handlers: {
      'preview.open': async () => {
        const opened = await open();
        return opened.ok ? ok({ state: state(), rows: [], player }) : opened;
      },
      'preview.close': () => {
        shut('closed');
        return ok(null);
      },
      'preview.setBounds': ({ bounds }) => {
        view?.setBounds(bounds);
        return ok(null);
      },
      'preview.load': ({ source: text }) => load(text),
      'preview.reload': ({ engine: next = engine }) => {
        engine = next;
        play(fromStart);
        return changed();
      },
      'preview.configure': (patch) => {
        const before = settings();
        const after = { ...before, ...patch };
        edge = after;
        // what the page was told is not what holds any more
        if (after.carry !== before.carry) play(positionOf(player));
        return changed();
      },
      'preview.setToken': setToken,
      'preview.useToken': ({ slot }) => {
        inUse = slot;
        play(positionOf(player));
        return changed();
      },
      'preview.control': (control) => {
        port.send(control);
        return ok(null);
      },
      'preview.clear': () => ok(null),
    },
    close: () => shut('closed'),
  };
}

const DEFAULT_EDGE: Omit<EdgeSettings, 'verifier'> = {
  enforce: true,
  keyId: null,
  viewer: { ip: '127.0.0.1', country: 'SE' },
  clockOffset: 0,
  fault: { kind: 'none' },
  addresses: 'relative',
  carry: 'path',
};

const positionOf = (player: PlayerState | null) => ({
  startAt: player?.time ?? 0,
  paused: player?.phase === 'paused',
});

function viewSlot(slot: TokenSlot, token: SlotToken | null): PreviewState['tokens'][TokenSlot] {
  if (token === null) return null;
  const { text, warnings, ...view } = token;
  return { slot, length: text.length, ...view, warnings: [...warnings] };
}
