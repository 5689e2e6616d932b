import type { ReactNode } from 'react';
import type { PlayerState, PreviewState, TokenSlot, TraceRow } from '../../../shared/contract/preview.ts';
import { millis, type Seconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Rich } from '../../ui/rich.tsx';
import { isDenied, renewalOf, usePreview, usePreviewModel } from './model.ts';
import { describePlayerError } from './player-errors.ts';
import { nextTry } from './retry-schedule.ts';
import { formatClockTime, formatSpan } from './words.ts';

type Tone = 'calm' | 'odd' | 'bad';
const ICONS: Readonly<Record<Tone, IconName>> = { calm: 'info', odd: 'warning', bad: 'fail' };

interface Line {
  readonly tone: Tone;
  readonly words: ReactNode;
}

/** One line about how the player fares: what it plays from, what it waits for, why it stopped. */
export function PlayerLine() {
  const player = usePreview((screen) => screen.player);
  const rows = usePreview((screen) => screen.rows);
  const state = usePreview((screen) => screen.state);
  const renewal = usePreview(renewalOf);
  const now = useClock((clock) => clock.now);
  if (state === undefined) return null;
  const line =
    describeTrouble(player, rows, now) ??
    describeRenewal(renewal, state) ??
    describeToken(state, now) ??
    describeCalm(state, player);
  if (line === undefined) return null;
  return (
    <p className={`pv-line is-${line.tone}`} data-testid="player-line">
      <Icon name={ICONS[line.tone]} />
      <span>{line.words}</span>
    </p>
  );
}

function describeTrouble(player: PlayerState | null, rows: readonly TraceRow[], now: Seconds): Line | undefined {
  if (player === null) return undefined;
  const { phase, error } = player;
  const said = error === null ? undefined : describePlayerError(error);
  const words = said === undefined ? undefined : <Said {...said} />;
  if (phase === 'failed' && said !== undefined)
    return {
      tone: 'bad',
      words: (
        <>
          <b>Stopped.</b> {words}
        </>
      ),
    };
  const denied = deniedAtTheEnd(rows);
  if (denied === 0) return words === undefined ? undefined : { tone: 'odd', words };
  const next = nextTry(rows, millis(now * 1000));
  const times = denied === 1 ? 'Denied once' : `Denied ${denied} times in a row`;
  return {
    tone: 'odd',
    words: (
      <>
        <b>
          {phase === 'playing' ? `Playing from the buffer, ${formatSpan(player.buffered)} left.` : 'Waiting for data.'}
        </b>{' '}
        {next === undefined ? `${times}.` : `${times}, gives up at ${formatClockTime(next.givesUp)}.`}
      </>
    ),
  };
}

/** How many of the last answers were refusals, without one that passed between them. */
function deniedAtTheEnd(rows: readonly TraceRow[]): number {
  const answered = rows.filter(({ status }) => status !== undefined);
  return answered.length - 1 - answered.findLastIndex((row) => !isDenied(row));
}

const Said = ({ sentence, code, name }: ReturnType<typeof describePlayerError>) => (
  <>
    {sentence} <code title={name}>{code}</code>
  </>
);

function describeRenewal(row: TraceRow | undefined, { inUse }: PreviewState): Line | undefined {
  if (row === undefined || inUse === null) return undefined;
  return { tone: 'calm', words: <Renewed row={row} slot={inUse} /> };
}

function Renewed({ row, slot }: { readonly row: TraceRow; readonly slot: TokenSlot }) {
  const model = usePreviewModel();
  return (
    <>
      <b>
        Renewed by {row.renewed} with request {row.id}.
      </b>{' '}
      <LinkButton onPress={() => void model.takeRenewed(row.id, slot)}>Use the fresh token</LinkButton>
    </>
  );
}

/** What to know about the token in use; and about one that would be used up by being tried. */
function describeToken({ tokens, inUse }: PreviewState, now: Seconds): Line | undefined {
  const current = inUse === null ? undefined : tokens[inUse]?.warnings[0];
  const waiting = (['A', 'B'] as const).find((slot) => tokens[slot]?.warnings.some(({ code }) => code === 'replay'));
  const warning = current ?? (waiting && tokens[waiting]?.warnings.find(({ code }) => code === 'replay'));
  if (warning === undefined) return undefined;
  return {
    tone: 'odd',
    words: (
      <>
        {current === undefined ? <b>Token {waiting}: </b> : null}
        <Rich text={warning.sentence} now={now} />.
      </>
    ),
  };
}

function describeCalm({ source }: PreviewState, player: PlayerState | null): Line | undefined {
  if (source === null) return undefined;
  if (player === null) return { tone: 'calm', words: 'Waiting for the player.' };
  if (source.caveat !== undefined) return { tone: 'odd', words: source.caveat };
  const buffer = player.phase === 'idle' ? '' : `, ${formatSpan(player.buffered)} in the buffer`;
  return { tone: 'calm', words: PHASES[player.phase] + buffer };
}

const PHASES: Readonly<Record<PlayerState['phase'], string>> = {
  idle: 'Ready to play',
  loading: 'Loading',
  playing: 'Playing',
  paused: 'Paused',
  waiting: 'Waiting for data',
  ended: 'At the end',
  failed: 'Stopped',
};
