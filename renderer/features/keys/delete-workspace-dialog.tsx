import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { escapeText } from '../../ui/hostile-text.ts';

export function DeleteWorkspaceDialog(props: { readonly workspace: OvpWorkspace; readonly onClose: () => void }) {
  const { platform, workspaces } = useSession();
  const call = useCall();
  const remove = async () => {
    const done = await call.run(() => platform.ovp.deleteWorkspace({ id: props.workspace.id }));
    if (done === undefined) return;
    await workspaces.reload();
    props.onClose();
  };
  return (
    <Dialog
      title={`Delete the workspace ${escapeText(props.workspace.name)}?`}
      isOpen
      onClose={props.onClose}
      role="alertdialog"
      width="narrow"
    >
      <DialogBody>
        <p className="muted">
          Catwalk forgets its API key and what was cached of it. Nothing changes in the OVP, and the workspace’s keys
          stay in the list and sign on.
        </p>
        {call.error === undefined ? null : <ErrorNote error={call.error} />}
      </DialogBody>
      <DialogFoot>
        <Button size="large" onPress={props.onClose} autoFocus>
          Cancel
        </Button>
        <Button size="large" variant="danger" icon="trash" isBusy={call.isBusy} onPress={() => void remove()}>
          Delete workspace
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
