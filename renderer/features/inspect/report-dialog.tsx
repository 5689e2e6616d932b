import { useMemo, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import { DEFAULT_MASKS, type Masks } from '../../../shared/report/redact.ts';
import { createReport, type ReportFacts } from '../../../shared/report/report.ts';
import { type ReportFormat, writeReport } from '../../../shared/report/write-report.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { CodeEditor } from '../../ui/code-editor.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Switch } from '../../ui/switch.tsx';
import './report-dialog.css';

const FORMATS: readonly { readonly id: ReportFormat; readonly title: string }[] = [
  { id: 'markdown', title: 'Markdown' },
  { id: 'html', title: 'HTML' },
  { id: 'json', title: 'JSON' },
];

const MASKS: readonly { readonly id: keyof Masks; readonly title: string }[] = [
  { id: 'viewers', title: 'Viewer and token ids' },
  { id: 'content', title: 'Asset ids' },
  { id: 'addresses', title: 'IP addresses' },
  { id: 'hosts', title: 'Hosts' },
];

/** The report as it will be copied, with what is masked in it. The MAC and credentials are left out whatever is chosen. */
export function ReportDialog({ facts, onClose }: { readonly facts: ReportFacts; readonly onClose: () => void }) {
  const { platform } = useSession();
  const [format, setFormat] = useState<ReportFormat>('markdown');
  const [masks, setMasks] = useState<Masks>(DEFAULT_MASKS);
  const [isCopied, setCopied] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const text = useMemo(() => writeReport(createReport(facts, masks), format), [facts, masks, format]);
  const copy = async () => {
    const answer = await platform.clipboard.write({ text, concealed: false });
    setCopied(answer.ok);
    setError(answer.ok ? undefined : answer.error);
  };
  return (
    <Dialog title="Redacted report" isOpen onClose={onClose} width="wide">
      <div className="rp-h">
        <SegmentedControl
          label="Format"
          options={FORMATS}
          selected={format}
          onSelect={(next) => {
            setFormat(next);
            setCopied(false);
          }}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row with its legend */}
        <span className="rp-m" role="group" aria-label="Mask">
          <span className="lbl">Mask</span>
          {MASKS.map(({ id, title }) => (
            <Switch
              key={id}
              label={title}
              isSelected={masks[id]}
              onChange={(isOn) => {
                setMasks({ ...masks, [id]: isOn });
                setCopied(false);
              }}
            >
              {title}
            </Switch>
          ))}
        </span>
      </div>
      {error === undefined ? null : <ErrorNote error={error} />}
      <div className="rp-b">
        <CodeEditor
          key={format}
          label="Report"
          language={format === 'json' ? 'json' : 'text'}
          value={text}
          hasLineNumbers={false}
        />
      </div>
      <DialogFoot
        hint={isCopied ? 'Copied' : 'The MAC is cut, and tokens, cookies and other credentials are left out.'}
      >
        <Button variant="primary" icon={isCopied ? 'copied' : 'copy'} onPress={() => void copy()}>
          Copy report
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
