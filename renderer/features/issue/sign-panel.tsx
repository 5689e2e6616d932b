import { useEffect, useMemo, useRef } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { useSession } from '../../platform/session.ts';
import { type Command, useCommands, useKeysOf } from '../../shell/commands.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { printKeys } from '../../ui/kbd.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import { localZone, useIssue, useIssueModel } from './model.ts';
import { algorithmOf, type Preview } from './use-preview.ts';

/** Typing that pauses for this long is signed, where the key is one for development. */
const LIVE_MILLIS = 600;
const LIMIT = 4096;

/** Whether a person has to type the key's name before it signs. */
const wantsName = (key: KeyRecord): boolean => key.guard === 'type-the-name';

/** Which key, how large, and the signature. */
export function SignPanel({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const go = useNavigation((navigation) => navigation.go);
  const { key, keys } = preview;
  return (
    <Panel label="Key" className="is-key">
      {key === undefined ? (
        <Note kind="info">
          There is no key that can sign.{' '}
          <LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key</LinkButton>
        </Note>
      ) : (
        <Select
          label="Key"
          selected={key.id}
          options={keys.map((one) => ({
            id: one.id,
            text: one.name,
            content: (
              <span className="row">
                <EnvTag environment={one.environment} />
                <b>
                  <Literal text={one.name} />
                </b>
                <span className="mono muted ell">
                  <Literal text={one.kid ?? algorithmOf(one)} />
                </span>
              </span>
            ),
          }))}
          onSelect={(id) => model.set({ keyId: id, confirmName: '', error: undefined })}
          hint="Signed here: the secret stays in its store, and nothing is sent."
        />
      )}
      <SizeMeter preview={preview} />
    </Panel>
  );
}

function SizeMeter({ preview }: { readonly preview: Preview }) {
  const { result, target } = preview;
  const unsigned = result.ok ? result.value.unsigned : undefined;
  if (unsigned === undefined) return null;
  const size = unsigned.length;
  const isOver = size > target.maxBytes.limit;
  return (
    <div className="is-size">
      <p className="row">
        <b>{size.toLocaleString('en-GB')} bytes</b>
        <span className="muted">{Math.ceil((size * 4) / 3).toLocaleString('en-GB')} characters in the URL</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn with the ticks of the limits */}
      <div
        className={isOver ? 'is-meter is-over' : 'is-meter'}
        role="meter"
        aria-label="Token size"
        aria-valuenow={size}
        aria-valuemin={0}
        aria-valuemax={LIMIT}
      >
        <i style={{ width: `${Math.min(100, (size / LIMIT) * 100)}%` }} />
        <em />
      </div>
      <p className="is-meter-l">
        <span>1 KB, CloudFront</span>
        <span>4 KB, CTA-5007-B</span>
      </p>
    </div>
  );
}

/** Why nothing can be signed now; `undefined` when it can. */
function useBlocked(preview: Preview): string | undefined {
  const start = useIssue((state) => state.start);
  const confirmName = useIssue((state) => state.confirmName);
  const { key, result } = preview;
  if (start.kind === 'template' && start.problems.length > 0)
    return start.problems[0]?.message ?? 'The template is not filled in';
  if (!result.ok) return 'The claims cannot be read: what is wrong stands at each';
  if (result.value.refused) return result.value.notes.find((note) => note.kind === 'refused')?.message;
  if (key === undefined) return 'There is no key that can sign';
  if (wantsName(key) && confirmName.trim() !== key.name) return `Type ${key.name} first`;
  return undefined;
}

/** Signing by its button and by Ctrl ↵; with a key for development also while typing. */
export function SignAction({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const { platform } = useSession();
  const confirmName = useIssue((state) => state.confirmName);
  const isSigning = useIssue((state) => state.isSigning);
  const error = useIssue((state) => state.error);
  const isSigned = useIssue((state) => state.signed?.order === preview.order);
  const blocked = useBlocked(preview);
  const { key, order, target } = preview;

  const sign = async () => {
    const { draft, isSigning: isBusy } = model.store.getState();
    if (key === undefined || blocked !== undefined || isBusy) return;
    model.store.setState({ isSigning: true });
    const answer = await platform.issue.sign({
      draft,
      target: target.id,
      keyId: key.id,
      zone: localZone(),
      ...(wantsName(key) && { confirmName }),
    });
    model.store.setState(
      answer.ok
        ? { isSigning: false, error: undefined, confirmName: '', signed: { order, token: answer.value, key } }
        : { isSigning: false, error: answer.error },
    );
  };
  const latest = useRef(sign);
  latest.current = sign;
  const commands = useMemo(
    (): readonly Command[] => [{ id: 'issue.sign', icon: 'ticket', run: () => void latest.current() }],
    [],
  );
  useCommands('issue.sign', commands);
  const keys = useKeysOf('issue.sign');

  const isLive = key?.environment === 'dev' && blocked === undefined && !isSigned;
  const failed = error !== undefined;
  useEffect(() => {
    // what main refused is asked for again when something was changed
    if (!isLive || failed || order === '') return;
    const timer = setTimeout(() => void latest.current(), LIVE_MILLIS);
    return () => clearTimeout(timer);
  }, [isLive, failed, order]);

  if (key === undefined) return null;
  const button = (
    <Button
      variant="primary"
      size="large"
      icon="ticket"
      {...(keys === undefined ? {} : { shortcut: printKeys(keys) })}
      isBusy={isSigning}
      disabledReason={blocked}
      onPress={() => void sign()}
    >
      Sign token
    </Button>
  );
  return (
    <Panel label="Sign" className={key.environment === 'prod' ? 'is-confirm is-prod' : 'is-confirm'}>
      {error === undefined ? null : <ErrorNote error={error} />}
      {wantsName(key) ? (
        <>
          <p className="is-cf">
            <span className="is-lock">
              <Icon name="locked" />
            </span>
            {key.environment === 'prod' ? (
              <>
                <b>Production key.</b> Real viewers may play with what it signs.
              </>
            ) : (
              <b>Guarded key: it signs once its name is typed.</b>
            )}
          </p>
          <div className="is-cf-r">
            <span className="grow">
              <TextField
                label={`Type ${key.name} to sign`}
                value={confirmName}
                onChange={(text) => model.set({ confirmName: text })}
              />
            </span>
            {button}
          </div>
        </>
      ) : (
        <div className="is-cf-r">
          <span className="hint grow">
            {key.environment === 'dev' ? 'A key for development signs while you type.' : 'Signs when you say so.'}
          </span>
          {button}
        </div>
      )}
    </Panel>
  );
}
