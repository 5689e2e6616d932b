import { useEffect, useRef } from 'react';
import { ProgressBar } from 'react-aria-components';
import { Button, IconButton, LinkButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useIsFirstRun } from './first-run.ts';
import { FirstRun } from './first-run-view.tsx';
import { FoundLine, Legend } from './found-line.tsx';
import { chosenView, useInspect, useInspectModel } from './model.ts';
import { TokenString } from './token-string.tsx';
import { Welcome } from './welcome.tsx';
import './paste-zone.css';

export function PasteZone({ onOpenFile }: { readonly onOpenFile: () => void }) {
  const isFirstRun = useIsFirstRun();
  const isEmpty = useInspect((state) => state.text === '');
  const isEditing = useInspect((state) => state.isEditing);
  const progress = useInspect((state) => state.progress);
  const isCancelled = useInspect((state) => state.isCancelled);
  if (isEmpty && !isEditing)
    return isFirstRun ? <FirstRun onOpenFile={onOpenFile} /> : <Welcome onOpenFile={onOpenFile} />;
  return (
    <Panel label="Pasted input" className="paste">
      <div className="paste-h" data-region>
        {progress !== undefined ? <Reading progress={progress} /> : isCancelled ? <Cancelled /> : <FoundLine />}
        <PasteTools />
      </div>
      {isEditing ? <Editor /> : <TokenString />}
    </Panel>
  );
}

/** A long text on its way through the search; the last result stays below. */
function Reading({ progress }: { readonly progress: number }) {
  const model = useInspectModel();
  const percent = Math.round(progress * 100);
  return (
    <>
      <ProgressBar aria-label="Reading the paste" value={percent} className="reading">
        <Chip icon="spinner">
          Reading, <b>{percent} %</b>
        </Chip>
        <span className="reading-b">
          <i style={{ width: `${percent}%` }} />
        </span>
      </ProgressBar>
      <Button size="small" onPress={model.cancel}>
        Cancel
      </Button>
    </>
  );
}

/** Nothing is lost: the text stays and can be read after all. */
function Cancelled() {
  const model = useInspectModel();
  const text = useInspect((state) => state.text);
  return (
    <>
      <span className="lbl">Reading was cancelled. The text is kept.</span>
      <LinkButton onPress={() => model.setText(text)}>Read it after all</LinkButton>
    </>
  );
}

function PasteTools() {
  const model = useInspectModel();
  const isWrapped = useInspect((state) => state.isWrapped);
  const isEditing = useInspect((state) => state.isEditing);
  const view = useInspect(chosenView);
  return (
    <span className="paste-tools">
      {view === undefined ? null : <Legend view={view} />}
      <IconButton
        label={isEditing ? 'Show the token' : 'Edit the text'}
        icon="edit"
        onPress={() => model.setEditing(!isEditing)}
      />
      <IconButton
        label={isWrapped ? 'One line' : 'Wrap lines'}
        icon="wrap"
        onPress={() => model.setWrapped(!isWrapped)}
      />
      {view === undefined ? null : <CopyButton label="Copy token" text={() => view.token.text} />}
      <IconButton
        label="Clear"
        icon="close"
        onPress={() => {
          model.setEditing(false);
          model.setText('');
        }}
      />
    </span>
  );
}

/** The text itself, for typing and what-ifs; read with every key. */
function Editor() {
  const model = useInspectModel();
  const text = useInspect((state) => state.text);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  return (
    <textarea
      ref={area}
      className="paste-edit tok"
      aria-label="Text to inspect"
      placeholder="Paste or type a token, a URL, a curl command…"
      spellCheck={false}
      value={text}
      onChange={(event) => model.setText(event.currentTarget.value)}
    />
  );
}
