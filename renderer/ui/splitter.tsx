import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import './splitter.css';

const STEP = 16;

/**
 * Edge between two columns: drags, moves with the arrow keys, and a double click puts it back. The size is that of the
 * column after it, in CSS pixels.
 */
export function Splitter(props: {
  readonly label: string;
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly onResize: (size: number) => void;
}) {
  const drag = useRef<{ readonly x: number; readonly size: number } | undefined>(undefined);
  const resize = (size: number) => props.onResize(Math.round(Math.min(props.max, Math.max(props.min, size))));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, size: props.size };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current !== undefined) resize(drag.current.size + drag.current.x - event.clientX);
  };
  const onPointerEnd = () => {
    drag.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: props.size + STEP,
      ArrowRight: props.size - STEP,
      Home: props.max,
      End: props.min,
      Enter: props.initial,
    };
    const size = to[event.key];
    if (size === undefined) return;
    event.preventDefault();
    resize(size);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> that moves is this role (WAI-ARIA window splitter)
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={props.size}
      aria-valuemin={props.min}
      aria-valuemax={props.max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onDoubleClick={() => resize(props.initial)}
      onKeyDown={onKeyDown}
    />
  );
}
