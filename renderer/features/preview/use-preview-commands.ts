import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useEscape } from '../../shell/use-shortcuts.ts';
import { stepDenial, usePreview, usePreviewModel } from './model.ts';
import { useMend } from './use-mend.tsx';
import { useOpenInInspect } from './use-open-in-inspect.ts';
import { TRIALS, usePlayHere } from './use-play-here.ts';

/** What the Preview screen does by keyboard and from the palette. What comes back is a dialog that a command may ask in. */
export function usePreviewCommands(): ReactNode {
  const model = usePreviewModel();
  const here = usePlayHere();
  const isLoaded = usePreview(({ state }) => state?.source !== undefined && state.source !== null);
  const hasA = usePreview(({ state }) => state !== undefined && state.tokens.A !== null);
  const hasB = usePreview(({ state }) => state !== undefined && state.tokens.B !== null);

  const selected = usePreview((screen) => screen.selected);
  const openInInspect = useOpenInInspect();
  const mend = useMend(usePreview((screen) => screen.refusal));
  const latest = useRef(mend);
  latest.current = mend;
  const canMend = mend.words !== undefined && mend.blocked === undefined;

  const commands = useMemo((): readonly Command[] => {
    return [
      { title: 'Play the protected clip', icon: 'play', run: () => void here.playClip() },
      { id: 'preview.next-denial', icon: 'down', run: () => stepDenial(model, 1) },
      { id: 'preview.previous-denial', icon: 'up', run: () => stepDenial(model, -1) },
      ...(isLoaded
        ? [
            { id: 'preview.play', icon: 'play', run: model.togglePlay } as const,
            { title: 'Walk the playlists', icon: 'table', run: () => void model.walk() } as const,
            { title: 'Reload the stream', icon: 'reset', run: () => void model.reload() } as const,
            ...TRIALS.map(
              ({ id, title }): Command => ({
                title: `Try with: ${title}`,
                icon: 'preview',
                run: () => void here.tryWith(id),
              }),
            ),
          ]
        : []),
      ...(selected === undefined
        ? []
        : [
            {
              title: 'Open the request in Inspect',
              icon: 'inspect',
              run: () => openInInspect(selected),
            } as const,
          ]),
      ...(canMend ? [{ id: 'preview.reissue', icon: 'reset', run: () => void latest.current.run() } as const] : []),
      ...(hasA ? [{ id: 'preview.token-a', icon: 'ticket', run: () => void model.swapTo('A') } as const] : []),
      ...(hasB ? [{ id: 'preview.token-b', icon: 'ticket', run: () => void model.swapTo('B') } as const] : []),
    ];
  }, [model, here, openInInspect, selected, canMend, isLoaded, hasA, hasB]);
  useCommands('preview', commands);

  useEscape(
    useCallback(() => {
      void model.select(undefined);
    }, [model]),
  );
  return mend.dialog;
}
