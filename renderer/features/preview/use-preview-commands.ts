import { useCallback, useMemo } from 'react';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useEscape } from '../../shell/use-shortcuts.ts';
import { isDenied, usePreview, usePreviewModel } from './model.ts';
import { TRIALS, usePlayHere } from './use-play-here.ts';

/** What the Preview screen does by keyboard and from the palette. */
export function usePreviewCommands(): void {
  const model = usePreviewModel();
  const here = usePlayHere();
  const isLoaded = usePreview(({ state }) => state?.source !== undefined && state.source !== null);
  const hasA = usePreview(({ state }) => state !== undefined && state.tokens.A !== null);
  const hasB = usePreview(({ state }) => state !== undefined && state.tokens.B !== null);

  const commands = useMemo((): readonly Command[] => {
    /** the next refused request, from the selected one on */
    const step = (by: 1 | -1) => {
      const { rows, selected } = model.store.getState();
      const ids = rows.filter(isDenied).map(({ id }) => id);
      const next =
        by === 1
          ? (ids.find((id) => id > (selected ?? 0)) ?? ids[0])
          : (ids.findLast((id) => id < (selected ?? Number.POSITIVE_INFINITY)) ?? ids.at(-1));
      if (next !== undefined) model.select(next);
    };
    const togglePlay = () => {
      const { player } = model.store.getState();
      const isStill = player === null || player.phase === 'paused' || player.phase === 'ended';
      model.control({ kind: isStill ? 'play' : 'pause' });
    };
    return [
      { title: 'Play the protected clip', icon: 'play', run: () => void here.playClip() },
      { id: 'preview.next-denial', icon: 'down', run: () => step(1) },
      { id: 'preview.previous-denial', icon: 'up', run: () => step(-1) },
      ...(isLoaded
        ? [
            { id: 'preview.play', icon: 'play', run: togglePlay } as const,
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
      ...(hasA ? [{ id: 'preview.token-a', icon: 'ticket', run: () => void model.swapTo('A') } as const] : []),
      ...(hasB ? [{ id: 'preview.token-b', icon: 'ticket', run: () => void model.swapTo('B') } as const] : []),
    ];
  }, [model, here, isLoaded, hasA, hasB]);
  useCommands('preview', commands);

  useEscape(useCallback(() => model.select(undefined), [model]));
}
