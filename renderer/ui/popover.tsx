import type { ReactElement, ReactNode } from 'react';
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components';
import './popover.css';

/** A button (the child) that opens a small box with controls in it. Esc closes it, and the focus returns to the button. */
export function PopoverTrigger(props: {
  readonly label: string;
  readonly button: ReactElement;
  readonly children: (close: () => void) => ReactNode;
}) {
  return (
    <DialogTrigger>
      {props.button}
      <AriaPopover className="pop pop-box" offset={4}>
        <Dialog className="pop-dlg" aria-label={props.label}>
          {({ close }) => props.children(close)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
