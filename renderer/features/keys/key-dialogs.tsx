import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { CalibrateDialog } from './calibrate-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import type { KeyAction } from './key-details.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

/** What was asked for a key: one dialog at a time. */
export function KeyDialogs(props: {
  readonly action: { readonly key: KeyRecord; readonly kind: KeyAction } | undefined;
  readonly onClose: () => void;
  readonly onShow: (key: KeyRecord) => void;
  readonly onCreateInOvp: (key: KeyRecord) => void;
}) {
  const { action, onClose } = props;
  if (action === undefined) return null;
  const { key } = action;
  switch (action.kind) {
    case 'edit':
      return <EditDialog record={key} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog target={key} onClose={onClose} />;
    case 'rotate':
      return (
        <RotateDialog
          record={key}
          onClose={onClose}
          onRotated={props.onShow}
          onCreateInOvp={() => props.onCreateInOvp(key)}
        />
      );
    case 'export':
      return <ExportDialog record={key} onClose={onClose} />;
    case 'reveal':
      return <RevealDialog id={key.id} name={key.name} store={key.store} onClose={onClose} />;
    case 'calibrate':
      return <CalibrateDialog record={key} onClose={onClose} />;
  }
}
