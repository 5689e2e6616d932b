import type { AppError } from '../../shared/errors.ts';
import { Note } from './note.tsx';

/** What main could not do: the sentence and the next step, with the number that finds the cause in the log. */
export function ErrorNote({ error }: { readonly error: AppError }) {
  return (
    <Note kind="fail" isAlert>
      <b>{error.message}</b> {error.hint}
      {error.logId === undefined ? null : <span className="muted"> Log entry {error.logId}.</span>}
    </Note>
  );
}
