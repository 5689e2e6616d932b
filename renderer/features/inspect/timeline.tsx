import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { describeZone, formatMoment, formatTimeOfDay, formatUtcAndEpoch } from '../../ui/local-time.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { type Axis, createAxis, momentAt, positionOf } from './axis.ts';
import { placeTicks } from './ticks.ts';
import './timeline.css';
import { answerTime } from './words.ts';

const SNAP_PIXELS = 4;
const MINUTE = 60;
const HOUR = 3600;

/**
 * When the token holds, and the marker for the moment it is judged at. Dragging moves time alone: no other verdict than
 * Time changes with it.
 */
export function Timeline({ view }: { readonly view: TokenView }) {
  const { notBefore, expires } = view.time;
  const now = useClock((clock) => clock.now);
  const asOf = useClock((clock) => clock.asOf);
  const setAsOf = useClock((clock) => clock.setAsOf);
  const at = asOf ?? now;
  // the axis stands still while seconds pass: it is made anew a minute
  const minute = seconds(Math.floor(now / MINUTE) * MINUTE);
  const axis = useMemo(
    () => createAxis([minute, notBefore, expires, view.issuedAt].filter((moment) => moment !== undefined)),
    [minute, notBefore, expires, view.issuedAt],
  );
  if (!view.envelope.hasClaims) return null;
  return (
    <section className="tl" aria-label="Validity timeline">
      <Track axis={axis} view={view} now={now} at={at} setAsOf={setAsOf} />
      <div className="tl-axis" aria-hidden>
        {placeTicks(axis, { notBefore, expires, now, asOf }).map((tick) => (
          <span
            key={tick.key}
            className={`tk tk-${tick.align}${tick.tone === undefined ? '' : ` ${tick.tone}`}`}
            style={{ left: `${tick.position * 100}%` }}
            title={formatUtcAndEpoch(tick.at)}
          >
            {tick.word === undefined ? tick.time : <b>{tick.time}</b>} {tick.word}
          </span>
        ))}
      </div>
      <div className="tl-ctl">
        <span className="lbl">Judge as of</span>
        <JudgeAsOf view={view} />
        <span className="hint tl-how">Drag the marker, or ← → for 1 min</span>
        <span className="hint tl-tz">{describeZone(at)}</span>
      </div>
    </section>
  );
}

function Track(props: {
  readonly axis: Axis;
  readonly view: TokenView;
  readonly now: Seconds;
  readonly at: Seconds;
  readonly setAsOf: (at: Seconds | undefined) => void;
}) {
  const { axis, view, now, at, setAsOf } = props;
  const { notBefore, expires } = view.time;
  const track = useRef<HTMLDivElement>(null);
  const isMoved = at !== now;
  const from = notBefore === undefined ? 0 : positionOf(axis, notBefore);
  const to = expires === undefined ? 1 : positionOf(axis, expires);
  const marker = positionOf(axis, at);
  const percent = (position: number) => `${position * 100}%`;

  const moveTo = (moment: Seconds) => setAsOf(moment === now ? undefined : moment);
  const onPointer = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const position = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const near = [notBefore, expires, now].filter((moment) => moment !== undefined);
    const snapped = near.find((moment) => Math.abs(positionOf(axis, moment) - position) * box.width <= SNAP_PIXELS);
    moveTo(event.altKey || snapped === undefined ? momentAt(axis, position) : snapped);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 1 : MINUTE;
    const to: Readonly<Record<string, number | undefined>> = {
      ArrowLeft: at - step,
      ArrowDown: at - step,
      ArrowRight: at + step,
      ArrowUp: at + step,
      PageDown: at - HOUR,
      PageUp: at + HOUR,
      Home: notBefore,
      End: expires === undefined ? undefined : expires - 1,
    };
    const moment = to[event.key];
    if (moment === undefined) return;
    event.preventDefault();
    moveTo(seconds(moment));
  };

  return (
    <div
      className="tl-track"
      ref={track}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        onPointer(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onPointer(event);
      }}
    >
      {from < to ? (
        <i
          className={`tl-valid${notBefore === undefined ? ' is-open-start' : ''}${expires === undefined ? ' is-open-end' : ''}`}
          style={{ left: percent(from), width: percent(to - from) }}
        />
      ) : null}
      {expires === undefined ? null : <i className="tl-after" style={{ left: percent(to) }} />}
      {axis.stretches
        .filter((stretch) => stretch.isBroken)
        .map((stretch) => (
          <span
            key={stretch.from}
            className="tl-break"
            style={{ left: percent((stretch.start + stretch.end) / 2) }}
            title={`${formatDuration(seconds(stretch.to - stretch.from))} not drawn to scale`}
          />
        ))}
      <TrackWords axis={axis} view={view} at={at} now={now} from={from} to={to} />
      {isMoved ? <b className="tl-now" style={{ left: percent(positionOf(axis, now)) }} /> : null}
      <span
        className="tl-asof"
        style={{ left: percent(marker) }}
        role="slider"
        tabIndex={0}
        aria-label="Judge as of"
        aria-valuemin={axis.from}
        aria-valuemax={axis.to}
        aria-valuenow={Math.min(axis.to, Math.max(axis.from, at))}
        aria-valuetext={`${isMoved ? `As of ${formatMoment(at, now)}` : 'Now'}, ${formatTimeOfDay(at)}, ${answerTime(view, at).word}`}
        onKeyDown={onKeyDown}
      >
        <em />
      </span>
    </div>
  );
}

/** Words inside the track where they fit: how long it holds, how long it has been over. */
function TrackWords(props: {
  readonly axis: Axis;
  readonly view: TokenView;
  readonly at: Seconds;
  readonly now: Seconds;
  readonly from: number;
  readonly to: number;
}) {
  const { axis, view, at, from, to } = props;
  const { notBefore, expires } = view.time;
  const percent = (position: number) => `${position * 100}%`;
  const valid =
    notBefore !== undefined && expires !== undefined
      ? `Valid, ${formatDuration(seconds(expires - notBefore))}`
      : 'Valid';
  const end = positionOf(axis, at);
  return (
    <>
      {to - from > 0.12 ? (
        <span className="tl-in" style={{ left: percent(from), width: percent(to - from) }}>
          {valid}
        </span>
      ) : null}
      {expires !== undefined && at >= expires && end - to > 0.28 ? (
        <span className="tl-gap" style={{ left: percent(to), width: percent(end - to) }}>
          <span>Expired {formatDuration(seconds(at - expires))} ago</span>
        </span>
      ) : null}
    </>
  );
}

type Preset = 'nbf' | 'last' | 'exp' | 'now';

function JudgeAsOf({ view }: { readonly view: TokenView }) {
  const { notBefore, expires } = view.time;
  const asOf = useClock((clock) => clock.asOf);
  const setAsOf = useClock((clock) => clock.setAsOf);
  const presets: readonly { readonly id: Preset; readonly title: string; readonly at: Seconds | undefined }[] = [
    ...(notBefore === undefined ? [] : [{ id: 'nbf', title: 'nbf', at: notBefore } as const]),
    ...(expires === undefined
      ? []
      : [
          { id: 'last', title: 'Last valid second', at: seconds(expires - 1) } as const,
          { id: 'exp', title: 'exp', at: expires } as const,
        ]),
    { id: 'now', title: 'Now', at: undefined },
  ];
  return (
    <SegmentedControl
      label="Judge as of"
      options={presets}
      selected={presets.find((preset) => preset.at === asOf)?.id}
      onSelect={(id) => setAsOf(presets.find((preset) => preset.id === id)?.at)}
    />
  );
}
