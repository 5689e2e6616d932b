import { type DragEvent, useEffect, useState } from 'react';
import type { RowTable } from '../../../shared/contract/batch.ts';
import { type AppError, createError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { isInField } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import './batch.css';
import { ColumnsPanel } from './columns-panel.tsx';
import { looksLikeTable } from './job.ts';
import { MatrixPanel } from './matrix-panel.tsx';
import { useBatch, useBatchModel } from './model.ts';
import { PasteDialog } from './paste-dialog.tsx';
import { RowsPanel } from './rows-panel.tsx';
import { RunLines } from './run-lines.tsx';
import { SAMPLE } from './sample.ts';
import { SourceBar } from './source-bar.tsx';
import { StartPage } from './start-page.tsx';
import { useRowsPreview } from './use-rows-preview.ts';
import { useRuns } from './use-runs.ts';
import { useTemplates } from './use-templates.ts';

/** Issue many: rows × template → tokens. */
export function BatchView() {
  const { platform } = useSession();
  const model = useBatchModel();
  const rows = useBatch((state) => state.rows);
  const error = useBatch((state) => state.error);
  const templates = useTemplates();
  const preview = useRowsPreview();
  const runs = useRuns();
  const log = useCall();
  const shown = error ?? log.error;
  const [isPasting, setPasting] = useState(false);
  const [isOver, setOver] = useState(false);

  const take = (opened: Result<RowTable | null, AppError>, isHeld: boolean) => {
    if (!opened.ok) model.set({ error: opened.error });
    else if (opened.value !== null) model.openTable(opened.value, templates, isHeld);
  };
  const openFile = async () => take(await platform.issueMany.openFile(), false);
  const openText = async (text: string, fileName?: string) => {
    if (text.length > MOST_TEXT)
      return model.set({ error: createError('ERR_BATCH_TABLE', fileName === undefined ? TOO_LONG : TOO_LARGE) });
    take(await platform.issueMany.openRows({ rows: text, ...(fileName !== undefined && { fileName }) }), true);
  };
  usePastedTable((text) => void openText(text));

  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    void readText(file).then((text) => openText(text, file.name));
  };
  const opens = (
    <>
      <Button icon="file" onPress={() => void openFile()}>
        Open a file…
      </Button>
      <Button icon="paste" onPress={() => setPasting(true)}>
        Paste rows…
      </Button>
      <Button icon="matrix" onPress={model.openMatrix}>
        Make a matrix
      </Button>
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can be opened by a button as well
    <div
      className={isOver ? 'view-batch is-over' : 'view-batch'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(event.dataTransfer.types.includes('Files'));
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDrop={drop}
    >
      <div className="vh" data-region>
        <h1>Batch</h1>
        <span className="vh-end">
          {rows === undefined ? null : opens}
          <Button icon="export" isBusy={log.isBusy} onPress={() => void log.run(() => platform.issue.exportLog())}>
            Export issue log…
          </Button>
        </span>
      </div>
      {shown === undefined ? null : (
        <div className="bt-err">
          <ErrorNote error={shown} />
        </div>
      )}
      <RunLines runs={runs} />
      {rows === undefined ? (
        <StartPage actions={opens} onSample={() => void openText(SAMPLE.rows, SAMPLE.fileName)} />
      ) : (
        <>
          <SourceBar preview={preview} templates={templates} />
          <div className="bt-cols">
            {rows.kind === 'matrix' ? <MatrixPanel preview={preview} /> : <ColumnsPanel preview={preview} />}
            <RowsPanel preview={preview} runs={runs} />
          </div>
        </>
      )}
      {isPasting ? (
        <PasteDialog
          onClose={() => setPasting(false)}
          onPaste={(text) => {
            setPasting(false);
            void openText(text);
          }}
        />
      ) : null}
    </div>
  );
}

/** Characters that main takes at once. */
const MOST_TEXT = 8 * 1024 * 1024;
const TOO_LONG = {
  message: 'There is too much of it to be held in memory.',
  hint: 'Save it as a file and open that: a file is read a part at a time.',
};
const TOO_LARGE = { ...TOO_LONG, hint: 'Press “Open a file…” and choose it there: then it is read a part at a time.' };

/** A table that is pasted outside a field is taken here; anything else goes to Inspect, as everywhere. */
function usePastedTable(onTable: (text: string) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (isInField(event.target) || isInField(document.activeElement)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!looksLikeTable(text)) return;
      event.preventDefault();
      event.stopPropagation();
      onTable(text);
    };
    document.addEventListener('paste', onPaste, { capture: true });
    return () => document.removeEventListener('paste', onPaste, { capture: true });
  });
}

/** A dropped file as text: UTF-8, or UTF-16 as Windows writes it. */
async function readText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes);
}
