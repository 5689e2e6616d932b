import type { ReactNode } from 'react';
import { Focusable } from 'react-aria-components';
import './chip.css';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

/** reached by Tab, since its tooltip says more than it shows */
const FOCUS = { tabIndex: 0 };

/** A small fact with an icon. With `detail` it can be hovered and focused for the rest of it. */
export function Chip(props: {
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly detail?: string /** the first to give way when there is no room */;
  readonly canShrink?: boolean;
}) {
  const className = props.canShrink ? 'chip can-shrink' : 'chip';
  const inside = (
    <>
      {props.icon === undefined ? null : <Icon name={props.icon} size={12} />}
      <span className="ell">{props.children}</span>
    </>
  );
  if (props.detail === undefined) return <span className={className}>{inside}</span>;
  return (
    <Tooltip text={props.detail}>
      <Focusable>
        {/* biome-ignore lint/a11y/useSemanticElements: it groups a fact with its tooltip, it acts on nothing */}
        <span className={className} role="group" {...FOCUS}>
          {inside}
        </span>
      </Focusable>
    </Tooltip>
  );
}
