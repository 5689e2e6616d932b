import path from 'node:path';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { PageReport } from '../../shared/contract/player-page.ts';
import type {
  EdgeSettings,
  PlayerState,
  PreviewEngine,
  PreviewState,
  TokenSlot,
  TraceRow,
} from '../../shared/contract/preview.ts';
import type { Refusal } from '../../shared/contract/preview-why.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { DEFAULT_EDGE } from '../../shared/preview/default-edge.ts';
import { readSlot, type SlotToken } from '../../shared/preview/read-slot.ts';
import { writeCurl } from '../../shared/preview/write-curl.ts';
import { writeRefusal } from '../../shared/preview/write-refusal.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { seconds } from '../../shared/units.ts';
import { createEdge, type EdgeStage, verifierOf } from '../edge/edge.ts';
import type { Handlers } from '../ipc/register.ts';
import { explainRow, isOurs, mendOf } from './explain-row.ts';
import { traceToHar } from './export-trace.ts';
import { findMedia } from './find-media.ts';
import { loadPlayerFiles, type PlayerFiles } from './player-files.ts';
import { PLAYER_ORIGIN } from './player-origin.ts';
import { createPlayerPort } from './player-port.ts';
import { createPlayerRequests, type RowFacts } from './player-requests.ts';
import { openPlayerView, type PlayerView } from './player-view.ts';
import type { PreviewOptions } from './preview-options.ts';
import { mendDraft } from './reissue.ts';
import { rememberOpened } from './remember-opened.ts';
import { createRenew } from './renew-token.ts';
import { mountOf, openFiles, openSource, type Source, viewSource } from './source.ts';
import { createTrace } from './trace.ts';
import { walkStream } from './walk-stream.ts';

export type PreviewHandlers = Pick<Handlers, Extract<keyof Handlers, `preview.${string}`>>;

/** The preview: its player, its edge and its trace. Nothing of it is loaded before the window opens it. */
export interface Preview {
  readonly handlers: PreviewHandlers;
  close(): void;
}

export function createPreview(options: PreviewOptions): Preview {
  const { dist, window, devTools, send, log, ledger, keys, issuing, crypto, askOrigin, verifier } = options;
  const { findStream, chooseMedia, saveText, creator } = options;
  const { now = Date.now } = options;
  let view: PlayerView | undefined;
  let files: PlayerFiles | undefined;
  let page: PreviewState['page'] = 'closed';
  let engine: PreviewEngine = 'flowplayer';
  let source: Source | undefined;
  let inUse: TokenSlot | null = null;
  let player: PlayerState | null = null;
  let edgeSettings: EdgeSettings | undefined;
  const tokens: Record<TokenSlot, SlotToken | null> = { A: null, B: null };
  const opened = rememberOpened(crypto);
  const renew = createRenew({ keys, issuing, log });

  const slotOf = (text: string) => SLOTS.find((slot) => tokens[slot]?.text === text) ?? null;
  const edge = createEdge({ askOrigin, now });
  const trace = createTrace((batch) => {
    send('preview.requests', batch);
    changed();
  });
  const requests = createPlayerRequests({
    ...{ edge, trace, ledger, now },
    stage: async () => (source === undefined ? undefined : stageOf(source)),
    slotOf,
    answered: (row, facts) => void tellRefusal(row, facts),
  });
  let walking: AbortController | undefined;
  /** cause and claim of the refusal that the window was told of last */
  let told: string | undefined;
  /** changes with everything that is to be played */
  let loads = 0;
  /** it was loaded, and the player is not to have it yet */
  let isHeld = false;
  const port = createPlayerPort({
    reported: (report) => reported(report),
    refused: (why) => log.warn('preview', why),
  });

  const settings = (): EdgeSettings => (edgeSettings ??= { ...DEFAULT_EDGE, verifier: verifier() });
  const state = (): PreviewState => ({
    page,
    flowplayer: files?.flowplayer ?? false,
    engine,
    source: source === undefined ? null : viewSource(source, settings().passOn),
    tokens: { A: viewSlot('A', tokens.A), B: viewSlot('B', tokens.B) },
    inUse,
    edge: settings(),
    counts: requests.counts(),
  });
  const changed = (): Result<PreviewState, AppError> => {
    const next = state();
    send('preview.changed', next);
    return ok(next);
  };

  async function stageOf(played: Source): Promise<EdgeStage> {
    const { keyId, passOn } = settings();
    const candidates = await keys.candidates(keyId ?? undefined);
    return {
      settings: settings(),
      tokens: opened(candidates),
      mount: passOn ? undefined : mountOf(played, path.join(dist, 'clip')),
      source: new URL(played.url),
      hasToken: inUse !== null,
      renew,
    };
  }

  async function explain(row: TraceRow, facts: RowFacts): Promise<Refusal> {
    const [records, candidates] = await Promise.all([keys.list(), keys.candidates()]);
    const spare = inUse === null ? SLOTS.find((slot) => tokens[slot] !== null) : undefined;
    return explainRow(row, facts, { rows: trace.rows(), keys: records, candidates, slotOf, spare, crypto });
  }

  async function explainById(id: number): Promise<Result<Refusal, AppError>> {
    const facts = requests.facts(id);
    const row = trace.rows().find((one) => one.id === id);
    return facts === undefined || row === undefined
      ? err(createError('ERR_PREVIEW_ROW'))
      : ok(await explain(row, facts));
  }

  /** The first refusal of a run: the player itself may take half a minute to say a word. */
  async function tellRefusal(row: TraceRow, facts: RowFacts): Promise<void> {
    if (row.cause === undefined) return;
    const what = `${row.cause} ${row.claim ?? ''}`;
    if (told === what) return;
    told = what;
    send('preview.refused', await explain(row, facts));
  }

  async function reissue(input: ParsedInput<'preview.reissue'>): Promise<Result<PreviewState, AppError>> {
    const facts = requests.facts(input.row);
    const row = trace.rows().find(({ id }) => id === input.row);
    const judged = facts?.answer.judgement.judged;
    if (facts === undefined || row === undefined || judged?.token === undefined)
      return err(createError('ERR_PREVIEW_ROW'));
    const mend = mendOf(judged, row.cause, facts);
    if (mend !== undefined && !isOurs(mend)) return err(createError('ERR_PREVIEW_DECISION'));
    const { confirmName } = input;
    const signed = await issuing.sign({
      ...{ draft: mendDraft(judged.token, mend), target: 'cta-5007-b', keyId: input.keyId, zone: 'UTC' },
      ...(confirmName !== undefined && { confirmName }),
    });
    if (!signed.ok) return signed;
    const slot = slotOf(judged.copy.text) ?? inUse ?? 'A';
    const made = read(signed.value.token);
    if (made === undefined) return err(createError('ERR_TOKEN_TEXT'));
    tokens[slot] = made;
    inUse = slot;
    play(positionOf(player));
    return changed();
  }

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
    told = undefined;
    isHeld = false;
    if (source === undefined || view === undefined) return;
    const token = inUse === null ? null : (tokens[inUse]?.text ?? null);
    port.send({ kind: 'load', source: { engine, url: source.url, token, carry: settings().carry, ...how } });
  }

  /** The player's page has one server, and that is this function. */
  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.origin !== PLAYER_ORIGIN) return requests.answer(request);
    if (url.pathname === '/insights') {
      requests.block(url, request.method, 'telemetry of the player');
      return new Response(null, { status: 204 });
    }
    return port.answer(request) ?? (await files?.answer(url.pathname)) ?? new Response(null, { status: 404 });
  }

  async function open(): Promise<Result<null, AppError>> {
    files ??= await loadPlayerFiles(path.join(dist, 'player'));
    const shown = window();
    if (view !== undefined) return ok(null);
    if (shown === undefined) return err(createError('ERR_INTERNAL'));
    if (!files.flowplayer) engine = 'hls';
    page = 'starting';
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
    if (!isHeld) play(FROM_START);
    return ok(null);
  }

  function shut(as: PreviewState['page']): void {
    port.close();
    view?.close();
    view = undefined;
    player = null;
    page = as;
  }

  async function load({
    source: text,
    request,
    hold = false,
  }: ParsedInput<'preview.load'>): Promise<Result<PreviewState, AppError>> {
    loads += 1;
    const number = loads;
    const loaded = await openSource(text, (id) => findStream(id, request));
    if (!loaded.ok) return loaded;
    // something else was loaded while the OVP was asked
    if (number !== loads) return ok(state());
    return begin(loaded.value, hold);
  }

  function begin(next: Source, hold = false): Result<PreviewState, AppError> {
    loads += 1;
    const token = next.token === undefined ? undefined : read(next.token);
    source = next;
    edge.forget();
    if (token !== undefined) {
      tokens.A = token;
      inUse = 'A';
    }
    if (hold) port.send({ kind: 'unload' });
    else play(FROM_START);
    isHeld = hold;
    return changed();
  }

  const read = (text: string) => readSlot(text, seconds(now() / 1000));

  function setToken({ slot, token }: ParsedInput<'preview.setToken'>): Result<PreviewState, AppError> {
    const slotted = token === null ? null : read(token);
    if (slotted === undefined) return err(createError('ERR_TOKEN_TEXT'));
    tokens[slot] = slotted;
    if (slotted === null && inUse === slot) inUse = null;
    return changed();
  }

  return {
    handlers: {
      'preview.open': async () => {
        const result = await open();
        return result.ok ? ok({ state: state(), rows: [...trace.rows()], player }) : result;
      },
      'preview.close': () => {
        shut('closed');
        return ok(null);
      },
      'preview.setBounds': ({ bounds }) => {
        view?.setBounds(bounds);
        return ok(null);
      },
      'preview.load': load,
      'preview.chooseMedia': async ({ kind }) => {
        const chosen = await chooseMedia(kind);
        if (chosen === undefined) return ok(null);
        const found = await findMedia(chosen);
        if (!found.ok) return found;
        edgeSettings = { ...settings(), passOn: false };
        return begin(openFiles(found.value, source?.url));
      },
      'preview.reload': ({ engine: next = engine }) => {
        // a copy of Catwalk may be without Flowplayer's code
        engine = files?.flowplayer === false ? 'hls' : next;
        play(FROM_START);
        return changed();
      },
      'preview.configure': (patch) => {
        const before = settings();
        const after = { ...before, ...patch };
        edgeSettings = after;
        told = undefined;
        // what the page was told does not hold any more
        if (after.carry !== before.carry && !isHeld) play(positionOf(player));
        return changed();
      },
      'preview.setToken': setToken,
      'preview.useToken': ({ slot }) => {
        inUse = slot;
        if (!isHeld) play(positionOf(player));
        return changed();
      },
      'preview.control': (control) => {
        if (isHeld && control.kind === 'play') play(FROM_START);
        else port.send(control);
        return ok(null);
      },
      'preview.clear': () => {
        trace.clear();
        requests.forget();
        told = undefined;
        return ok(null);
      },
      'preview.why': ({ row }) => explainById(row),
      'preview.reissue': reissue,
      'preview.takeRenewed': ({ row, slot }) => {
        const token = requests.facts(row)?.answer.renewed?.token;
        return token === undefined ? err(createError('ERR_PREVIEW_ROW')) : setToken({ slot, token });
      },
      'preview.saveHar': () =>
        saveText({
          title: 'Save the requests as HAR, without tokens',
          fileName: 'catwalk-preview.har',
          content: traceToHar(trace.rows(), requests.facts, creator),
        }),
      'preview.curl': ({ row }) => {
        const facts = requests.facts(row);
        return facts === undefined ? err(createError('ERR_PREVIEW_ROW')) : ok({ text: writeCurl(facts.request) });
      },
      'preview.report': async ({ row: id }) => {
        const why = await explainById(id);
        const { settings: then = settings() } = requests.facts(id)?.stage ?? {};
        return why.ok ? ok({ text: writeRefusal(why.value, verifierOf(then).name) }) : why;
      },
      'preview.walk': async () => {
        if (source === undefined) return err(createError('ERR_PREVIEW_SOURCE'));
        const token = inUse === null ? null : (tokens[inUse]?.text ?? null);
        const carried = { token, carry: settings().carry, engine };
        walking?.abort();
        walking = new AbortController();
        const { signal } = walking;
        return ok(await walkStream({ edge, stage: await stageOf(source), carried, askOrigin, slotOf, signal }));
      },
      'preview.endWalk': () => {
        walking?.abort();
        return ok(null);
      },
    },
    close: () => shut('closed'),
  };
}

const SLOTS = ['A', 'B'] as const;

const FROM_START = { startAt: 0, paused: false };

const positionOf = (player: PlayerState | null) => ({
  startAt: player?.time ?? 0,
  paused: player?.phase === 'paused',
});

function viewSlot(slot: TokenSlot, token: SlotToken | null): PreviewState['tokens'][TokenSlot] {
  if (token === null) return null;
  const { text, warnings, ...view } = token;
  return { slot, length: text.length, ...view, warnings: [...warnings] };
}
