import { useEffect } from 'react';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EdgeBar } from './edge-bar.tsx';
import { usePreview, usePreviewModel, willBurn } from './model.ts';
import { PlayerLine } from './player-line.tsx';
import './preview.css';
import { SidePanel } from './side-panel.tsx';
import { SourceBar } from './source-bar.tsx';
import { PlayerBar, Stage } from './stage.tsx';
import { Tokens } from './tokens.tsx';
import { Trace } from './trace.tsx';
import { usePreviewCommands } from './use-preview-commands.ts';

/** Plays the protected stream, shows every request, and says why one was refused. */
export function PreviewView() {
  const model = usePreviewModel();
  const error = usePreview((screen) => screen.error);
  const go = useNavigation((navigation) => navigation.go);
  // the player lives as long as its screen is open
  useEffect(() => model.open(), [model]);
  const dialog = usePreviewCommands();
  useSameVerifier();
  useRequestedToken();
  return (
    <div className="pv">
      <SourceBar />
      <EdgeBar />
      {error === undefined ? null : (
        <div className="pv-err">
          <ErrorNote error={error}>
            {error.code === 'ERR_PREVIEW_NO_WORKSPACE' ? (
              <LinkButton onPress={() => go('keys')}>Open Keys</LinkButton>
            ) : undefined}
          </ErrorNote>
        </div>
      )}
      <div className="pv-top">
        <div data-region>
          <Panel label="Player" className="pv-player">
            <Stage />
            <PlayerBar />
            <PlayerLine />
            <Tokens />
          </Panel>
        </div>
        <SidePanel />
      </div>
      <Trace />
      {dialog}
    </div>
  );
}

/** The edge judges as the window does: whoever chooses other rules in the status bar gets them here too. */
function useSameVerifier(): void {
  const model = usePreviewModel();
  const wanted = useLive(useSession().settings).value?.verifier;
  const current = usePreview(({ state }) => state?.edge.verifier);
  useEffect(() => {
    if (wanted !== undefined && current !== undefined && wanted !== current) void model.configure({ verifier: wanted });
  }, [model, wanted, current]);
}

/** A token that another screen wants to see played. */
function useRequestedToken(): void {
  const model = usePreviewModel();
  const request = useNavigation((navigation) => navigation.request);
  const settle = useNavigation((navigation) => navigation.settle);
  const isOpen = usePreview((screen) => screen.state !== undefined);
  useEffect(() => {
    if (request?.kind !== 'preview-token' || !isOpen) return;
    settle();
    const { token, source } = request;
    void (async () => {
      // one that is used up by its first request waits for a person to use it
      if (!(await model.setToken('A', token)) || willBurn(model, 'A') || !(await model.swapTo('A'))) return;
      const loaded = model.store.getState().state?.source ?? null;
      if (source !== undefined || loaded === null) await model.load(source ?? '');
    })();
  }, [model, request, settle, isOpen]);
}
