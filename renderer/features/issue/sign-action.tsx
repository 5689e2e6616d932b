import { useEffect, useMemo, useRef } from 'react';
import { checkPathId } from '../../../shared/flowplayer/api/path-id.ts';
import { useClock } from '../../shell/clock.ts';
import { type Command, useCommands, useKeysOf } from '../../shell/commands.ts';
import { useQueued, useWhyNotSent } from '../../shell/use-sending.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { printKeys } from '../../ui/kbd.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { describeAudience } from './describe-audience.ts';
import { useIssue, useIssueModel } from './model.ts';
import { environmentOf, signerName, wantsName } from './signer.ts';
import { idOfRule } from './stream-check.tsx';
import { useMake } from './use-make.ts';
import type { Preview } from './use-preview.ts';

/** Typing that pauses for this long is signed, where the key is one for development. */
const LIVE_MILLIS = 600;

/** Making the token by its button and by Ctrl ↵; with a key for development also while typing. */
export function SignAction({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const confirmName = useIssue((state) => state.confirmName);
  const isSigning = useIssue((state) => state.isSigning);
  const error = useIssue((state) => state.error);
  const isMade = useIssue((state) => state.made?.order === preview.order);
  const queued = useQueued(useIssue((state) => state.request));
  const blocked = useBlocked(preview);
  const { make, makePack, cancel } = useMake(preview);
  const isPack = useIssue(({ start }) => start.kind === 'template' && start.template.makes === 'negative-pack');
  const { signer, order } = preview;

  const latest = useRef<(isDraft: boolean) => void>(() => undefined);
  latest.current = (isDraft) => {
    if (blocked === undefined) void make(isDraft);
  };
  const commands = useMemo(
    (): readonly Command[] => [{ id: 'issue.sign', icon: 'ticket', run: () => latest.current(false) }],
    [],
  );
  useCommands('issue.sign', commands);
  const keys = useKeysOf('issue.sign');

  const environment = signer === undefined ? undefined : environmentOf(signer);
  const isLive = signer?.kind === 'key' && environment === 'dev' && !wantsName(signer) && blocked === undefined;
  const failed = error !== undefined;
  useEffect(() => {
    // what main refused is asked for again when something was changed
    if (!isLive || isMade || failed || order === '') return;
    const timer = setTimeout(() => latest.current(true), LIVE_MILLIS);
    return () => clearTimeout(timer);
  }, [isLive, isMade, failed, order]);

  if (signer === undefined) return null;
  const isOvp = signer.kind === 'ovp';
  const name = signerName(signer);
  const packButton = isOvp ? null : isPack ? (
    <Button
      variant="primary"
      size="large"
      icon="flask"
      isBusy={isSigning}
      disabledReason={blocked}
      onPress={() => void makePack()}
    >
      Negative pack…
    </Button>
  ) : (
    <IconButton
      label="Negative pack…"
      icon="flask"
      placement="top"
      isDisabled={blocked !== undefined || isSigning}
      onPress={() => void makePack()}
    />
  );
  const button = (
    <Button
      variant={isPack ? 'default' : 'primary'}
      size="large"
      icon="ticket"
      {...(keys === undefined ? {} : { shortcut: printKeys(keys) })}
      isBusy={isSigning}
      disabledReason={blocked}
      onPress={() => void make(false)}
    >
      {isOvp ? 'Request token' : 'Sign token'}
    </Button>
  );
  return (
    <Panel label="Sign" className={environment === 'prod' ? 'is-confirm is-prod' : 'is-confirm'}>
      {error === undefined ? null : <ErrorNote error={error} />}
      {wantsName(signer) ? (
        <>
          <Warning preview={preview} isProduction={environment === 'prod'} />
          <div className="is-cf-r">
            <span className="grow">
              <TextField
                label={`Type ${name} to sign`}
                value={confirmName}
                onChange={(text) => model.set({ confirmName: text })}
              />
            </span>
            <span className="is-cf-b">
              {packButton}
              {button}
            </span>
          </div>
        </>
      ) : (
        <div className="is-cf-r">
          <span className="hint grow">
            {isOvp ? (
              <>
                Sends 1 request to <Literal text={signer.workspace.host} />.
              </>
            ) : isLive ? (
              'A key for development signs while you type.'
            ) : (
              (blocked ?? 'Signs when you say so.')
            )}
          </span>
          <span className="is-cf-b">
            {packButton}
            {button}
          </span>
        </div>
      )}
      {isOvp && isSigning ? (
        <div className="is-cf-r is-asking" role="status">
          <span className="hint grow">{queued?.words ?? 'waiting for the answer'}</span>
          <Button size="small" onPress={() => void cancel()}>
            Cancel
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function Warning({ preview, isProduction }: { readonly preview: Preview; readonly isProduction: boolean }) {
  const now = useClock((clock) => clock.now);
  const { result } = preview;
  return (
    <p className="is-cf">
      <span className="is-lock">
        <Icon name="locked" />
      </span>
      <b>{isProduction ? 'Production key.' : 'Guarded key.'}</b>{' '}
      <Literal
        text={result.ok ? describeAudience(result.value.json, now) : 'Real viewers may play with what it signs.'}
      />
    </p>
  );
}

/** Why no token can be made now; `undefined` when one can. */
function useBlocked(preview: Preview): string | undefined {
  const start = useIssue((state) => state.start);
  const confirmName = useIssue((state) => state.confirmName);
  const asset = useIssue((state) => state.asset);
  const url = useIssue((state) => state.stream.url);
  const ruleId = useIssue((state) => idOfRule(state.draft));
  const offline = useWhyNotSent();
  const { signer, result } = preview;
  if (start.kind === 'template' && start.problems.length > 0)
    return start.problems[0]?.message ?? 'The template is not filled in';
  if (!result.ok) return 'The claims cannot be read: what is wrong stands at each';
  if (result.value.refused) return result.value.notes.find((note) => note.kind === 'refused')?.message;
  if (signer === undefined) return 'There is no key that can sign';
  if (ruleId !== undefined && url.trim() !== '' && checkPathId(url, ruleId).kind !== 'holds')
    return 'The rule names an id that the stream’s address does not have';
  if (asset?.asset.kind === 'livestream' && url.trim() === '' && !asset.isUnchecked)
    return 'Paste the livestream’s real address first: its path may have another id';
  if (signer.kind === 'ovp' && signer.workspace.apiKey !== 'stored') return 'The workspace has no API key here';
  if (signer.kind === 'ovp' && offline !== undefined) return offline;
  if (wantsName(signer) && confirmName.trim() !== signerName(signer)) return `Type ${signerName(signer)} first`;
  return undefined;
}
