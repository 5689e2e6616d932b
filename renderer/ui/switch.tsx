import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import './switch.css';

/** On or off, at once. `children` are its visible words; `label` names it when there are none. */
export function Switch(props: {
  readonly isSelected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly label?: string;
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return (
    <AriaSwitch
      isSelected={props.isSelected}
      onChange={props.onChange}
      className={props.className ?? 'switch-l'}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {props.children}
      <span className="switch">
        <i />
      </span>
    </AriaSwitch>
  );
}
