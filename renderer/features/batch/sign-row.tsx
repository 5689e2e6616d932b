import { useMemo, useRef, useState } from 'react';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { seconds } from '../../../shared/units.ts';
import { useSession } from '../../platform/session.ts';
import { type Command, useCommands, useKeysOf } from '../../shell/commands.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { printKeys } from '../../ui/kbd.tsx';
import { useBatch, useBatchModel } from './model.ts';
import { count } from './source-bar.tsx';
import { blockedBy, type RowsPreview, tokensOf, wantsName } from './use-rows-preview.ts';
import type { Runs } from './use-runs.ts';

/** What is about to happen, and the one button that does it. */
export function SignRow({ preview, runs }: { readonly preview: RowsPreview; readonly runs: Runs }) {
  const { platform } = useSession();
  const model = useBatchModel();
  const confirmName = useBatch((state) => state.confirmName);
  const [isAsking, setAsking] = useState(false);
  const { key, result, took } = preview;
  const isHeld = useBatch(({ rows }) => rows?.kind === 'table' && rows.isHeld);
  const isRunning = runs.all.some(({ state }) => state === 'running');
  const blocked = blockedBy(preview, isRunning, confirmName);

  const start = async () => {
    const { job, output } = preview;
    if (blocked !== undefined || isAsking || job === undefined || key === undefined) return;
    setAsking(true);
    const answer = await platform.issueMany.start({
      ...{ job, output, keyId: key.id },
      ...(wantsName(key) && { confirmName }),
    });
    setAsking(false);
    model.set(
      answer.ok ? { error: undefined, ...(answer.value !== null && { confirmName: '' }) } : { error: answer.error },
    );
  };
  const latest = useRef(start);
  latest.current = start;
  const commands = useMemo(
    (): readonly Command[] => [{ id: 'batch.sign', icon: 'ticket', run: () => void latest.current() }],
    [],
  );
  useCommands('batch.sign', commands);
  const keys = useKeysOf('batch.sign');

  const isGuarded = key !== undefined && wantsName(key);
  const tokens = result === undefined ? undefined : tokensOf(result);
  return (
    <div className={key?.environment === 'prod' ? 'bt-go is-prod' : 'bt-go'} data-region>
      <div className="grow">
        {tokens === undefined || result === undefined ? (
          <span className="muted">Every row is checked before anything is signed or written.</span>
        ) : (
          <>
            <b>{count(tokens, 'token')} will be signed offline.</b>{' '}
            <span className="muted">
              {result.errors === 0
                ? 'Every row makes one.'
                : `${count(result.errors, 'row')} with errors ${result.errors === 1 ? 'is' : 'are'} skipped and listed in a file beside the result.`}{' '}
              {took > 2000 ? `About ${formatDuration(seconds(took / 1000))}. ` : ''}
              {isHeld ? 'The rows are held in memory: this run cannot be resumed after a crash.' : ''}
            </span>
          </>
        )}
      </div>
      {isGuarded ? (
        <span className="bt-cf">
          <Icon name="locked" />
          <TextField
            aria-label={`Type ${key.name} to sign`}
            placeholder={`Type ${key.name} to sign`}
            value={confirmName}
            onChange={(text) => model.set({ confirmName: text })}
          />
        </span>
      ) : null}
      <Button
        variant="primary"
        size="large"
        icon="ticket"
        {...(keys === undefined ? {} : { shortcut: printKeys(keys) })}
        isBusy={isAsking}
        disabledReason={blocked}
        onPress={() => void start()}
      >
        {tokens === undefined ? 'Sign tokens…' : `Sign ${count(tokens, 'token')}…`}
      </Button>
    </div>
  );
}
