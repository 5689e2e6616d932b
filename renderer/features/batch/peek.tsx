import { Fragment, useEffect } from 'react';
import type { PreviewRow } from '../../../shared/contract/batch.ts';
import { fillTemplate } from '../../../shared/issue/fill-template.ts';
import { withKeyDefaults } from '../../../shared/issue/key-defaults.ts';
import { previewDraft } from '../../../shared/issue/preview-draft.ts';
import { findTarget } from '../../../shared/issue/targets.ts';
import { useClock } from '../../shell/clock.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Rich } from '../../ui/rich.tsx';
import { columnsOf, filledOf, findReplacement, jobOf } from './job.ts';
import { localClock } from './model.ts';
import { FixButton } from './replaced-cells.tsx';
import { drawRandomBytes } from './use-open-row.ts';
import type { RowsPreview } from './use-rows-preview.ts';

/** One row before it is signed: whom its token lets in, its claims, and what is wrong with it. Space closes it again. */
export function Peek(props: {
  readonly row: PreviewRow;
  readonly preview: RowsPreview;
  readonly onClose: () => void;
  readonly onOpen: () => void;
}) {
  const { row, preview, onClose, onOpen } = props;
  const now = useClock((clock) => clock.now);
  const made = makeDraft(row, preview);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== ' ' || (event.target instanceof HTMLElement && event.target.matches('button'))) return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <Dialog title={`Row ${row.row.toLocaleString('en')}`} isOpen onClose={onClose}>
      <DialogBody>
        {row.problems.map(({ column, claim, message }) => {
          const fix = findFix(column, row, preview);
          return (
            <Note key={`${column ?? ''} ${claim ?? ''} ${message}`} kind={row.state === 'error' ? 'fail' : 'warning'}>
              {[column, claim].some((part) => part !== undefined) ? (
                <b className="mono">
                  <Literal text={`${[column, claim].filter((part) => part !== undefined).join(', ')}: `} />
                </b>
              ) : null}
              <Literal text={message} />
              {fix === undefined ? null : (
                <>
                  . <FixButton fix={fix} onPress={onClose} />
                </>
              )}
            </Note>
          );
        })}
        {made === undefined ? null : (
          <>
            <p className="bt-words">
              <Rich text={made.sentence} now={now} />
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
            <section className="bt-json copyable" aria-label="Claims of the row" tabIndex={0}>
              <pre className="mono">
                {JSON.stringify(made.json, null, 2)
                  .split('\n')
                  .map((line, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text
                    <Fragment key={index}>
                      <Literal text={line} />
                      {'\n'}
                    </Fragment>
                  ))}
              </pre>
            </section>
          </>
        )}
        {made === undefined && row.problems.length === 0 ? (
          <p className="muted">The rows are not checked yet: a gap of the template is still open.</p>
        ) : null}
      </DialogBody>
      <DialogFoot hint={row.size === undefined ? 'No token can be made of it.' : `${row.size} bytes`}>
        <Button
          variant="primary"
          icon="inspect"
          disabledReason={
            row.state === 'error' || made === undefined
              ? 'No token can be made of it'
              : preview.key
                ? undefined
                : 'There is no key'
          }
          onPress={onOpen}
        >
          Sign it and open in Inspect
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const findFix = (column: string | undefined, { cells }: PreviewRow, { choices, result }: RowsPreview) =>
  column === undefined
    ? undefined
    : findReplacement(result?.fixes ?? [], column, cells[columnsOf(choices).indexOf(column)] ?? '');

function makeDraft({ cells }: PreviewRow, { choices, key }: RowsPreview) {
  const job = jobOf(choices);
  const target = findTarget(choices.target);
  if (job === undefined || target === undefined) return undefined;
  const filled = fillTemplate(job.template, filledOf(choices, cells), localClock(), drawRandomBytes);
  if (!filled.ok) return undefined;
  const draft = key === undefined ? filled.value.draft : withKeyDefaults(filled.value.draft, key);
  const preview = previewDraft(draft, target, localClock());
  return preview.ok ? preview.value : undefined;
}
