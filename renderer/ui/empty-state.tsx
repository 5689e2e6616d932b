import type { ReactNode } from 'react';
import './empty-state.css';
import { Icon, type IconName } from './icon.tsx';

/** Nothing here yet: what would be here, and the first step. */
export function EmptyState(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="em">
      <Icon name={props.icon} size={20} />
      <h2>{props.title}</h2>
      <p>{props.children}</p>
      {props.actions === undefined ? null : <div className="em-a">{props.actions}</div>}
    </div>
  );
}
