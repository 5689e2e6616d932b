import type { FormEvent, ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';

/** A form beside the table: the page stays in reach, Esc closes it. */
export function SidePanel(props: {
  readonly label: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  /** what went wrong: it stands above the buttons, where it is seen however far the form was scrolled */
  readonly notice?: ReactNode;
  readonly hint?: ReactNode;
  readonly actions: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <dialog
      open
      className="panel k-side"
      aria-label={props.label}
      data-region
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onClose();
      }}
    >
      <form onSubmit={submit}>
        <div className="dlg-h">
          <h2>{props.title}</h2>
          <IconButton label="Close" icon="close" onPress={props.onClose} />
        </div>
        <div className="dlg-b">{props.children}</div>
        {props.notice === undefined ? null : <div className="k-notice">{props.notice}</div>}
        <div className="dlg-f">
          {props.hint === undefined ? null : <span className="hint">{props.hint}</span>}
          <span className="dlg-a">{props.actions}</span>
        </div>
      </form>
    </dialog>
  );
}
