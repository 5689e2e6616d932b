import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import { DEFAULT_MASKS } from '../../../shared/report/redact.ts';
import { createReport, type ReportFacts } from '../../../shared/report/report.ts';
import { writeReport } from '../../../shared/report/write-report.ts';
import { useSession } from '../../platform/session.ts';
import { useClockStore } from '../../shell/clock.ts';
import { type Command, useCommands } from '../../shell/commands.ts';
import { IconButton, LinkButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { chosenView, useInspect, useInspectModel } from './model.ts';
import { ReportDialog } from './report-dialog.tsx';
import { readReportFacts } from './report-facts.ts';

const NOTE_MILLIS = 10_000;
const NO_COMMANDS: readonly Command[] = [];

/** Copies the redacted report at once, and says so with a way to see it and to choose what is masked. */
export function useReport(): { readonly copy: () => void; readonly note: ReactNode } {
  const { platform, settings } = useSession();
  const model = useInspectModel();
  const clock = useClockStore();
  const hasToken = useInspect((state) => chosenView(state) !== undefined);
  const [facts, setFacts] = useState<ReportFacts | undefined>(undefined);
  const [isShown, setShown] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);

  const copy = useCallback(() => {
    const state = model.store.getState();
    const view = chosenView(state);
    if (view === undefined) return;
    const { asOf, now } = clock.getState();
    const verifier = settings.store.getState().value?.verifier ?? '';
    const read = readReportFacts(state, view, asOf ?? now, verifier);
    const text = writeReport(createReport(read, DEFAULT_MASKS), 'markdown');
    void platform.clipboard.write({ text, concealed: false }).then((answer) => {
      setError(answer.ok ? undefined : answer.error);
      setFacts(answer.ok ? read : undefined);
    });
  }, [model, clock, settings, platform]);

  const commands = useMemo(
    (): readonly Command[] => (hasToken ? [{ id: 'copy-report', icon: 'copy', run: copy }] : NO_COMMANDS),
    [hasToken, copy],
  );
  useCommands('report', commands);

  useEffect(() => {
    if (facts === undefined || isShown) return;
    const timer = setTimeout(() => setFacts(undefined), NOTE_MILLIS);
    return () => clearTimeout(timer);
  }, [facts, isShown]);

  const note = (
    <>
      {error === undefined ? null : (
        <div className="in-err">
          <ErrorNote error={error} />
        </div>
      )}
      {/* always there, so that what comes into it is said */}
      <div role="status">
        {facts === undefined ? null : (
          <div className="rp-note">
            <Icon name="copied" />
            <span>Redacted report copied. MAC cut, ids masked.</span>
            <LinkButton onPress={() => setShown(true)}>Show</LinkButton>
            <IconButton label="Dismiss" icon="close" onPress={() => setFacts(undefined)} />
          </div>
        )}
      </div>
      {facts !== undefined && isShown ? (
        <ReportDialog
          facts={facts}
          onClose={() => {
            setShown(false);
            setFacts(undefined);
          }}
        />
      ) : null}
    </>
  );
  return { copy, note };
}
