import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './button.css';
import { Icon, type IconName } from './icon.tsx';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'isDisabled' | 'ref'> {
  readonly children: ReactNode;
  readonly icon?: IconName;
  /** `primary`: the one main action of a view; `danger`: destroys something */
  readonly variant?: 'default' | 'primary' | 'ghost' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  /** printed shortcut, such as `↵` */
  readonly shortcut?: string;
  readonly isBusy?: boolean;
  /** why it cannot be pressed: a disabled button always carries its reason */
  readonly disabledReason?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const {
    children,
    icon,
    variant = 'default',
    size = 'medium',
    shortcut,
    isBusy = false,
    disabledReason,
    ...rest
  } = props;
  const isDisabled = disabledReason !== undefined;
  const button = (
    <AriaButton {...rest} className={`btn btn-${variant} btn-${size}`} isPending={isBusy} isDisabled={isDisabled}>
      {isBusy ? <Icon name="spinner" className="spin" /> : icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
      {shortcut === undefined ? null : <span className="btn-k">{shortcut}</span>}
    </AriaButton>
  );
  // a disabled button takes no pointer or focus, so its reason hangs on the box around it
  return isDisabled ? (
    <span className="btn-why" title={disabledReason}>
      {button}
    </span>
  ) : (
    button
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly label: string;
  readonly icon: IconName;
  readonly size?: number;
  readonly placement?: 'top' | 'bottom';
}

/** A button with no word on it: its name is its tooltip. */
export function IconButton({ label, icon, size, placement = 'bottom', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} placement={placement}>
      <AriaButton {...rest} className="ib" aria-label={label}>
        <Icon name={icon} size={size ?? 14} />
      </AriaButton>
    </Tooltip>
  );
}

/** Text that acts, inside a sentence or a table. */
export function LinkButton({ children, ...rest }: Omit<AriaButtonProps, 'className' | 'style'>) {
  return (
    <AriaButton {...rest} className="lnk lnk-b">
      {children}
    </AriaButton>
  );
}
