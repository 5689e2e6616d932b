import { useState } from 'react';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { useIssueModel } from './model.ts';

/** What can be done with the file of a template of one's own. */
export function OwnTemplate({ id, title }: { readonly id: string; readonly title: string }) {
  const { platform } = useSession();
  const model = useIssueModel();
  const { run, error, isBusy } = useCall();
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    if ((await run(() => platform.templates.delete({ id }))) === undefined) return;
    setAsking(false);
    model.leaveTemplate();
    model.noteTemplates();
  };
  return (
    <div className="row is-own">
      <span className="hint mono">
        <Literal text={`${id}.json`} />
      </span>
      <LinkButton onPress={() => void run(() => platform.templates.reveal({ id }))}>Show the file</LinkButton>
      <LinkButton onPress={() => setAsking(true)}>Delete…</LinkButton>
      {error === undefined || isAsking ? null : <ErrorNote error={error} />}
      {isAsking ? (
        <Dialog title="Delete the template" role="alertdialog" isOpen onClose={() => setAsking(false)} width="narrow">
          <DialogBody>
            {error === undefined ? null : <ErrorNote error={error} />}
            <p>
              The file of <b>{<Literal text={title} />}</b> is deleted. The draft that was made of it stays.
            </p>
          </DialogBody>
          <DialogFoot>
            <Button onPress={() => setAsking(false)} autoFocus>
              Cancel
            </Button>
            <Button variant="danger" icon="trash" isBusy={isBusy} onPress={() => void remove()}>
              Delete template
            </Button>
          </DialogFoot>
        </Dialog>
      ) : null}
    </div>
  );
}
