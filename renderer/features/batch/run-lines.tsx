import { useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { IssueManyRun } from '../../../shared/contract/batch.ts';
import type { AppError } from '../../../shared/errors.ts';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import type { Result } from '../../../shared/result.ts';
import { seconds } from '../../../shared/units.ts';
import { useSession } from '../../platform/session.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import { count } from './source-bar.tsx';
import type { Runs } from './use-runs.ts';

const SHOWN = 3;

/** Runs that go on, ended, or were interrupted: each a line with what can be done about it. */
export function RunLines({ runs }: { readonly runs: Runs }) {
  const shown = runs.all.slice(0, SHOWN);
  const [newest] = shown;
  return (
    <>
      {shown.map((run) => (
        <RunLine key={run.id} run={run} runs={runs} />
      ))}
      <LiveRegion
        text={newest === undefined || newest.state === 'running' ? '' : `${newest.fileName}: ${describe(newest)}`}
      />
    </>
  );
}

function RunLine({ run, runs }: { readonly run: IssueManyRun; readonly runs: Runs }) {
  const { issueMany } = useSession().platform;
  const [error, setError] = useState<AppError | undefined>(undefined);
  const [confirmName, setConfirmName] = useState('');
  const { id, state } = run;
  const act = async (command: Promise<Result<unknown, AppError>>): Promise<boolean> => {
    const answer = await command;
    setError(answer.ok ? undefined : answer.error);
    return answer.ok;
  };
  const forget = async () => {
    if (await act(issueMany.forget({ id }))) runs.drop(id);
  };
  const resume = () => act(issueMany.resume({ id, ...(confirmName !== '' && { confirmName }) }));
  // that a name is wanted is no error before one was typed
  const isAsked = error?.code === 'ERR_ISSUE_CONFIRM';
  const said = isAsked && confirmName === '' ? undefined : error;
  const canResume = state === 'interrupted' || (state === 'failed' && run.rows > 0);
  return (
    <section className="bt-run" aria-label={`Run ${run.fileName}`} data-region>
      <div className="bt-run-l">
        <Icon name={state === 'running' ? 'queue' : 'ticket'} />
        <b className="ell" title={escapeText(run.fileName)}>
          <Literal text={run.fileName} />
        </b>
        <EnvTag environment={run.environment} />
        <span className="muted ell" title={escapeText(describe(run))}>
          <Literal text={describe(run)} />
        </span>
        {state === 'running' ? <Bar share={run.share} /> : <span className="grow" />}
        {state === 'running' ? (
          <>
            <span className="hint nowrap">{remaining(run)}</span>
            <Button icon="close" onPress={() => void act(issueMany.cancel({ id }))}>
              Cancel
            </Button>
          </>
        ) : null}
        {state === 'done' ? (
          <Button icon="file" onPress={() => void act(issueMany.reveal({ id }))}>
            Show in folder
          </Button>
        ) : null}
        {canResume ? (
          <>
            {isAsked ? (
              <TextField
                aria-label={`Type ${run.keyName} to go on`}
                placeholder={`Type ${run.keyName} to go on`}
                value={confirmName}
                onChange={setConfirmName}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') void resume();
                }}
                autoFocus
              />
            ) : null}
            <Button icon="refresh" onPress={() => void resume()}>
              Resume
            </Button>
            <Button variant="danger" onPress={() => void forget()}>
              Forget the run
            </Button>
          </>
        ) : state === 'running' ? null : (
          <IconButton label="Close" icon="close" onPress={() => void forget()} />
        )}
      </div>
      {state !== 'running' && run.firstErrors.length > 0 ? (
        <details className="bt-errs">
          <summary>
            {run.errorsFileName === undefined ? 'Errors' : `First errors; all are in ${escapeText(run.errorsFileName)}`}
          </summary>
          <ul>
            {run.firstErrors.map(({ row, column, claim, message }) => (
              <li key={`${row} ${column ?? ''} ${claim ?? ''} ${message}`}>
                <Literal
                  text={`Row ${row.toLocaleString('en')}, ${[column, claim].filter((part) => part !== undefined).join(', ')}: ${message}`}
                />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {said === undefined ? null : <ErrorNote error={said} />}
    </section>
  );
}

const Bar = ({ share }: { readonly share: number }) => (
  <ProgressBar className="bt-bar-p grow" aria-label="Progress" value={Math.round(share * 100)}>
    <i style={{ width: `${share * 100}%` }} />
  </ProgressBar>
);

function describe({ state, rows, tokens, errors, took, reason }: IssueManyRun): string {
  const wrong = errors === 0 ? '' : `, ${count(errors, 'row')} with errors`;
  switch (state) {
    case 'running':
      return `${count(tokens, 'token')} written${wrong}`;
    case 'done':
      return `${count(tokens, 'token')} in ${formatDuration(seconds(took / 1000))}${wrong}`;
    case 'cancelled':
      return 'cancelled: nothing of it was kept';
    case 'interrupted':
      return `interrupted after ${count(rows, 'row')}: it can go on where it stopped`;
    case 'failed':
      return `not finished: ${reason ?? 'it failed'}`;
  }
}

/** Known once some of it is done. */
function remaining({ share, took }: IssueManyRun): string {
  const percent = `${Math.floor(share * 100)} %`;
  if (share < 0.02 || took < 1000) return percent;
  return `${percent}, about ${formatDuration(seconds(Math.ceil(((took / share) * (1 - share)) / 1000)))} left`;
}
