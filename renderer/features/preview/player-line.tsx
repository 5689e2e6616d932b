import type { ReactNode } from 'react';
import type { PlayerState, TraceRow } from '../../../shared/contract/preview.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { isDenied, usePreview } from './model.ts';
import { describePlayerError } from './player-errors.ts';
import { formatSpan } from './words.ts';

type Tone = 'calm' | 'odd' | 'bad';
const ICONS: Readonly<Record<Tone, IconName>> = { calm: 'info', odd: 'warning', bad: 'fail' };

/** One line about how the player fares: what it plays from, what it waits for, why it stopped. */
export function PlayerLine() {
  const player = usePreview((screen) => screen.player);
  const last = usePreview((screen) => screen.rows.findLast((row) => row.status !== undefined));
  const source = usePreview(({ state }) => state?.source);
  if (source === undefined || source === null) return null;
  const { tone, words } = describePlayer(player, last, source.caveat);
  return (
    <p className={`pv-line is-${tone}`} data-testid="player-line">
      <Icon name={ICONS[tone]} />
      <span>{words}</span>
    </p>
  );
}

function describePlayer(
  player: PlayerState | null,
  last: TraceRow | undefined,
  caveat: string | undefined,
): { readonly tone: Tone; readonly words: ReactNode } {
  if (player === null) return { tone: 'calm', words: 'Waiting for the player.' };
  const { phase, error } = player;
  const said = error === null ? undefined : describePlayerError(error);
  if (phase === 'failed' && said !== undefined)
    return {
      tone: 'bad',
      words: (
        <>
          <b>Stopped.</b> {said.sentence} <code>{said.code}</code>
        </>
      ),
    };
  if (last !== undefined && isDenied(last)) {
    const what =
      phase === 'playing' ? (
        <b>Playing from the buffer, {formatSpan(player.buffered)} left.</b>
      ) : (
        <b>Waiting: the last request was denied.</b>
      );
    return {
      tone: 'odd',
      words: (
        <>
          {what} {said?.sentence ?? 'The player has not said anything yet.'}
        </>
      ),
    };
  }
  if (said !== undefined)
    return {
      tone: 'odd',
      words: (
        <>
          {said.sentence} <code>{said.code}</code>
        </>
      ),
    };
  if (caveat !== undefined) return { tone: 'odd', words: caveat };
  return { tone: 'calm', words: `${PHASES[phase]}, ${formatSpan(player.buffered)} in the buffer` };
}

const PHASES: Readonly<Record<PlayerState['phase'], string>> = {
  idle: 'Nothing is loaded',
  loading: 'Loading',
  playing: 'Playing',
  paused: 'Paused',
  waiting: 'Waiting for data',
  ended: 'At the end',
  failed: 'Stopped',
};
