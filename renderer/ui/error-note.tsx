import { type ReactNode, useState } from 'react';
import type { AppError } from '../../shared/errors.ts';
import { LinkButton } from './button.tsx';
import { Literal } from './literal.tsx';
import { Note } from './note.tsx';

/**
 * What main could not do: the sentence and the next step, with the number that finds the cause in the log, and what a
 * server answered one click away. `children` are ways on, as link buttons.
 */
export function ErrorNote({ error, children }: { readonly error: AppError; readonly children?: ReactNode }) {
  const [isRawShown, setRawShown] = useState(false);
  const { answer } = error;
  return (
    <Note kind="fail" isAlert>
      <b>
        <Literal text={error.message} />
      </b>{' '}
      {error.hint === undefined ? null : <Literal text={error.hint} />}
      {error.logId === undefined ? null : <span className="muted"> Log entry {error.logId}.</span>}
      {answer === undefined ? null : (
        <>
          {' '}
          <LinkButton aria-expanded={isRawShown} onPress={() => setRawShown(!isRawShown)}>
            {isRawShown ? 'Hide the raw answer' : 'Show the raw answer'}
          </LinkButton>
        </>
      )}
      {children === undefined ? null : <> {children}</>}
      {isRawShown && answer !== undefined ? (
        <span className="note-raw mono copyable">
          {answer.status === undefined ? null : <b>status {answer.status}</b>}
          {answer.raw === '' ? 'empty' : <Literal text={answer.raw} />}
        </span>
      ) : null}
    </Note>
  );
}
