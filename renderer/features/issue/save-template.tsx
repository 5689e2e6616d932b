import { useMemo, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import { findTemplateGaps, makeTemplate } from '../../../shared/issue/template-gaps.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useIssueModel } from './model.ts';

/** The draft as a plain file among one's own templates: moments in words, and gaps for what is asked each time. */
export function SaveTemplate({ onClose }: { readonly onClose: () => void }) {
  const { platform } = useSession();
  const model = useIssueModel();
  const [title, setTitle] = useState('');
  const [error, setError] = useState<AppError | undefined>(undefined);
  const { draft, target, start } = model.store.getState();
  const gaps = useMemo(
    () => findTemplateGaps(draft, start.kind === 'template' ? start.template : undefined),
    [draft, start],
  );
  const [asked, setAsked] = useState<ReadonlySet<string>>(
    () => new Set(gaps.filter(({ wasAsked }) => wasAsked).map(({ variable }) => variable.name)),
  );
  const save = async () => {
    const chosen = gaps.filter(({ variable }) => asked.has(variable.name));
    const template = { title: title.trim(), makes: 'token', target, ...makeTemplate(draft, chosen) } as const;
    const answer = await platform.templates.save({ template });
    if (!answer.ok) return setError(answer.error);
    model.noteTemplates();
    onClose();
  };
  return (
    <Dialog title="Save as template" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() !== '') void save();
        }}
      >
        <DialogBody>
          {error === undefined ? null : <ErrorNote error={error} />}
          <TextField label="Title" value={title} onChange={setTitle} autoFocus />
          {gaps.length === 0 ? null : (
            <fieldset className="is-group is-asks">
              <legend className="lbl">Ask for it each time</legend>
              {gaps.map(({ path, variable, shown }) => (
                <Switch
                  key={path.join(' ')}
                  className="switch-l is-ask"
                  isSelected={asked.has(variable.name)}
                  onChange={(isOn) => {
                    const next = new Set(asked);
                    if (isOn) next.add(variable.name);
                    else next.delete(variable.name);
                    setAsked(next);
                  }}
                >
                  <span className="is-ask-l">{variable.label}</span>
                  <span className="mono muted ell grow">
                    <Literal text={shown} />
                  </span>
                </Switch>
              ))}
            </fieldset>
          )}
        </DialogBody>
        <DialogFoot hint="A JSON file of its own, to be edited by hand as well.">
          <Button
            type="submit"
            variant="primary"
            disabledReason={title.trim() === '' ? 'A title is needed' : undefined}
          >
            Save template
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
