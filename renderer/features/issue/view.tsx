import { Activity, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { EMPTY_DRAFT } from '../../../shared/issue/draft.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import { TARGETS } from '../../../shared/issue/targets.ts';
import { DocumentTabs } from '../../shell/document-tabs.tsx';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { ClaimForm } from './claim-form.tsx';
import { useDrafts, useOpenDrafts } from './drafts.ts';
import { describeChanges, findChanges } from './find-changes.ts';
import './issue.css';
import { IssueLogDialog } from './issue-log.tsx';
import { type EditView, IssueProvider, useIssue, useIssueModel } from './model.ts';
import { NegativePackDialog } from './negative-pack.tsx';
import { Outputs } from './outputs.tsx';
import { readClone } from './read-clone.ts';
import { SaveTemplate } from './save-template.tsx';
import { SignAction } from './sign-action.tsx';
import { SignPanel } from './sign-panel.tsx';
import { StartList } from './start-list.tsx';
import { EdnView, JsonView } from './text-views.tsx';
import { type Preview, usePreview } from './use-preview.ts';

const VIEWS: readonly { readonly id: EditView; readonly title: string }[] = [
  { id: 'form', title: 'Form' },
  { id: 'json', title: 'JSON' },
  { id: 'edn', title: 'EDN' },
];

export function IssueView() {
  const drafts = useDrafts();
  const open = useStore(drafts.store, (state) => state.open);
  const all = useOpenDrafts();
  const request = useNavigation((navigation) => navigation.request);
  const settle = useNavigation((navigation) => navigation.settle);

  useEffect(() => {
    if (request?.kind !== 'clone-token' || !settle()) return;
    const clone = readClone(request.token);
    if (clone !== undefined) drafts.startClone({ ...clone, title: request.title ?? clone.title }, request.changes);
  }, [request, settle, drafts]);

  return (
    <div className="view-issue">
      <h1 className="sr">Issue</h1>
      <IssueProvider value={open}>
        <Head />
      </IssueProvider>
      <div className="is-cols">
        <IssueProvider value={open}>
          <StartList />
        </IssueProvider>
        {all.map(({ model, isOpen }) => (
          // the others stand by as they were left, down to what is half typed in a field
          <div key={model.id} className="is-draft" inert={!isOpen}>
            <Activity mode={isOpen ? 'visible' : 'hidden'}>
              <IssueProvider value={model}>
                <DraftColumns />
              </IssueProvider>
            </Activity>
          </div>
        ))}
      </div>
    </div>
  );
}

/** The tabs, and what can be done with the open draft. */
function Head() {
  const model = useIssueModel();
  const editView = useIssue((state) => state.editView);
  const hasClaims = useIssue((state) => state.draft !== EMPTY_DRAFT);
  const isClone = useIssue((state) => state.start.kind === 'clone');
  const pack = useIssue((state) => state.pack);
  const [isSaving, setSaving] = useState(false);
  const [isLogOpen, setLogOpen] = useState(false);
  return (
    <div className="vh" data-region>
      <DocumentTabs view="issue" label="Drafts" untitled="New token" add="Start a new token" />
      {isClone ? <FromToken /> : null}
      <span className="vh-end">
        <SegmentedControl
          label="Edit as"
          options={VIEWS}
          selected={editView}
          onSelect={(view) => model.set({ editView: view })}
        />
        <Button icon="history" onPress={() => setLogOpen(true)}>
          Issue log…
        </Button>
        <Button
          icon="plus"
          onPress={() => setSaving(true)}
          disabledReason={hasClaims ? undefined : 'There is no claim yet'}
        >
          Save as template…
        </Button>
      </span>
      {isLogOpen ? <IssueLogDialog onClose={() => setLogOpen(false)} /> : null}
      {isSaving ? <SaveTemplate onClose={() => setSaving(false)} /> : null}
      {pack === undefined ? null : <NegativePackDialog pack={pack} onClose={() => model.set({ pack: undefined })} />}
    </div>
  );
}

/** The claims of a draft, and what becomes of them. */
function DraftColumns() {
  const preview = usePreview();
  const editView = useIssue((state) => state.editView);
  return (
    <>
      <div className="is-mid" data-region>
        <Panel label="Claims" className="is-form">
          <TargetRow preview={preview} />
          {editView === 'form' ? (
            <ClaimForm preview={preview} />
          ) : editView === 'json' ? (
            <JsonView preview={preview} />
          ) : (
            <EdnView preview={preview} />
          )}
        </Panel>
      </div>
      <div className="is-right" data-region>
        <SignPanel preview={preview} />
        <Outputs preview={preview} />
        <SignAction preview={preview} />
      </div>
    </>
  );
}

/** How far a clone is from its token. */
function FromToken() {
  const { result } = usePreview();
  const start = useIssue((state) => state.start);
  const draft = useIssue((state) => state.draft);
  if (start.kind !== 'clone') return null;
  const changes = findChanges(start.original, draft, result.ok ? result.value.notes : []);
  return <span className="hint ell is-from">{describeChanges(changes)}</span>;
}

/** where the whole name is too long for a button */
const SHORT_NAMES: Partial<Readonly<Record<TargetId, string>>> = { akamai: 'Akamai', cloudfront: 'CloudFront' };

function TargetRow({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const { result, target } = preview;
  const notes = result.ok ? result.value.notes : [];
  const leftOut = notes.filter(({ kind }) => kind === 'left-out');
  // what is about one claim stands at its field as well; what is refused is said here too, since nothing is signed over it
  const said = preview.isUntouched
    ? []
    : notes.filter(({ kind, claim }) => kind === 'refused' || (kind !== 'left-out' && claim === undefined));
  return (
    <div className="is-tgt">
      <div className="is-tgt-r">
        <span className="lbl">Target</span>
        <SegmentedControl
          label="Target"
          options={TARGETS.map(({ id, name }) => ({ id, title: SHORT_NAMES[id] ?? name }))}
          selected={target.id}
          onSelect={(id) => model.set({ target: id, error: undefined })}
        />
      </div>
      {leftOut.length === 0 ? null : (
        <Note kind="warning">
          <b>{leftOut.map(({ claim }) => claim ?? 'a claim nobody knows').join(', ')}</b>{' '}
          {leftOut.length === 1 ? 'stays' : 'stay'} out, and {leftOut.length === 1 ? 'is' : 'are'} kept in the draft.{' '}
          {[...new Set(leftOut.map(({ message }) => message))].join(' ')}{' '}
          {target.id === 'cta-5007-b' ? null : (
            <LinkButton onPress={() => model.set({ target: 'cta-5007-b', error: undefined })}>
              Keep with CTA-5007-B
            </LinkButton>
          )}
        </Note>
      )}
      {said.map(({ kind, code, message, claim }) => (
        <Note
          key={`${code} ${claim ?? ''}`}
          kind={kind === 'refused' ? 'fail' : kind === 'changed' ? 'warning' : 'info'}
        >
          {message}
        </Note>
      ))}
    </div>
  );
}
