import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';
import './dialog.css';

/** A dialog over the page: traps the focus, Esc closes it, the focus returns to where it was. */
export function Dialog(props: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `alertdialog`: asks before something is destroyed */
  readonly role?: 'dialog' | 'alertdialog';
  /** `table`: as wide as a table with sentences in it wants */
  readonly width?: 'narrow' | 'medium' | 'wide' | 'table';
}) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen={props.isOpen}
      onOpenChange={(open) => open || props.onClose()}
      isDismissable={false}
    >
      <Modal className={`modal modal-${props.width ?? 'medium'}`}>
        <AriaDialog className="dlg" role={props.role ?? 'dialog'}>
          <div className="dlg-h">
            <Heading slot="title">{props.title}</Heading>
            <IconButton label="Close" icon="close" onPress={props.onClose} />
          </div>
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export const DialogBody = ({ children }: { readonly children: ReactNode }) => <div className="dlg-b">{children}</div>;

export const DialogFoot = (props: { readonly hint?: ReactNode; readonly children: ReactNode }) => (
  <div className="dlg-f">
    {props.hint === undefined ? null : <span className="hint">{props.hint}</span>}
    <span className="dlg-a">{props.children}</span>
  </div>
);
