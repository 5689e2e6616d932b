import type { EventName } from '../../shared/contract/names.ts';
import type { PreviewSnapshot } from '../../shared/contract/preview.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { DEFAULT_EDGE } from '../../shared/preview/default-edge.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyId } from '../../shared/units.ts';
import type { Platform } from './platform.ts';

type Answer = <T>(name: string, input: unknown, result: Result<T, AppError>) => Promise<Result<T, AppError>>;

const EMPTY: PreviewSnapshot = {
  state: {
    page: 'closed',
    flowplayer: true,
    engine: 'flowplayer',
    source: null,
    tokens: { A: null, B: null },
    inUse: null,
    edge: { ...DEFAULT_EDGE, verifier: 'cta-5007' },
    counts: { answered: 0, sent: 0, blocked: 0 },
  },
  rows: [],
  player: null,
};

/** The preview's part of the fake platform: a player that never plays, and switches that are remembered. */
export function createFakePreview(
  answer: Answer,
  on: (name: EventName) => (listener: (payload: never) => void) => () => void,
): Platform['preview'] {
  let { state } = EMPTY;
  return {
    open: () => answer('preview.open', undefined, ok({ ...EMPTY, state })),
    close: () => answer('preview.close', undefined, ok(null)),
    setBounds: (input) => answer('preview.setBounds', input, ok(null)),
    load: (input) => answer('preview.load', input, ok(state)),
    chooseMedia: (input) => answer('preview.chooseMedia', input, ok(null)),
    reload: (input) => {
      state = { ...state, ...input };
      return answer('preview.reload', input, ok(state));
    },
    configure: (input) => {
      const { keyId: id = state.edge.keyId, ...rest } = input;
      state = { ...state, edge: { ...state.edge, ...rest, keyId: id === null ? null : keyId(id) } };
      return answer('preview.configure', input, ok(state));
    },
    setToken: (input) => answer('preview.setToken', input, ok(state)),
    useToken: (input) => {
      state = { ...state, inUse: input.slot };
      return answer('preview.useToken', input, ok(state));
    },
    control: (input) => answer('preview.control', input, ok(null)),
    clear: () => answer('preview.clear', undefined, ok(null)),
    why: (input) => answer('preview.why', input, err(createError('ERR_PREVIEW_ROW'))),
    curl: (input) => answer('preview.curl', input, err(createError('ERR_PREVIEW_ROW'))),
    takeRenewed: (input) => answer('preview.takeRenewed', input, err(createError('ERR_PREVIEW_ROW'))),
    reissue: (input) => answer('preview.reissue', input, err(createError('ERR_PREVIEW_ROW'))),
    walk: () => answer('preview.walk', undefined, err(createError('ERR_PREVIEW_SOURCE'))),
    endWalk: () => answer('preview.endWalk', undefined, ok(null)),
    saveHar: () => answer('preview.saveHar', undefined, ok({ fileName: 'catwalk-preview.har' })),
    report: (input) => answer('preview.report', input, err(createError('ERR_PREVIEW_ROW'))),
    onRefused: on('preview.refused'),
    onChanged: on('preview.changed'),
    onRequests: on('preview.requests'),
    onPlayer: on('preview.player'),
  };
}
