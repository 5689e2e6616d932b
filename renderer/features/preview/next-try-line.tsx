import { millis } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { usePreview } from './model.ts';
import { nextTry } from './retry-schedule.ts';
import { formatClockTime, formatSpan } from './words.ts';

/** Announces when the player asks again for what was refused, under the requests that were made. */
export function NextTryLine() {
  const rows = usePreview((screen) => screen.rows);
  const phase = usePreview(({ player }) => player?.phase);
  const now = useClock((clock) => clock.now);
  const next = nextTry(rows, millis(now * 1000));
  if (next === undefined || phase === 'failed' || phase === undefined) return null;
  const { of, due, isLast } = next;
  return (
    <p className="pv-next" data-testid="next-try">
      <Icon name="queue" size={12} />
      <span className="mono muted">{formatClockTime(due)}</span>
      <span className="ell">
        {isLast ? 'Last try' : 'Next try'} of <Literal text={of.path.split('/').at(-1) ?? ''} /> in{' '}
        {formatSpan(due / 1000 - now)}.{isLast ? ' If it is denied too, the player stops.' : ''}
      </span>
    </p>
  );
}
