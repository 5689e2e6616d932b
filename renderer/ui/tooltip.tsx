import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import './tooltip.css';
import { Literal } from './literal.tsx';

/** Full value or name of what it hangs on, on hover and on focus. The child must be a React Aria element. */
export function Tooltip(props: {
  readonly text: string;
  readonly children: ReactElement;
  readonly placement?: 'top' | 'bottom' | 'right';
  readonly isMono?: boolean;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {props.children}
      <AriaTooltip className={props.isMono ? 'tip mono' : 'tip'} placement={props.placement ?? 'bottom'} offset={6}>
        <Literal text={props.text} />
      </AriaTooltip>
    </TooltipTrigger>
  );
}
