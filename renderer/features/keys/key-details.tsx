import type { ReactNode } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { toSeconds } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button, IconButton, LinkButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { formatExact } from '../../ui/local-time.ts';
import { Switch } from '../../ui/switch.tsx';
import { describeEnvelope, describeReadings } from './calibration-words.ts';
import { describeSecret, formatFingerprint } from './key-words.ts';

export type KeyAction = 'edit' | 'delete' | 'rotate' | 'export' | 'reveal' | 'calibrate';

const STORE_WORDS: Readonly<Record<KeyRecord['store'], string>> = {
  keychain: 'Keychain item',
  vault: 'Vault entry',
  session: 'This session',
};

/** Everything about a key but its secret, and what can be done with it. */
export function KeyDetails(props: { readonly record: KeyRecord; readonly onAction: (action: KeyAction) => void }) {
  const { record, onAction } = props;
  const { platform } = useSession();
  const now = useClock((clock) => clock.now);
  const { kid } = record;
  const isReady = record.secret === 'ready';
  const notReady = isReady ? undefined : 'The secret can’t be read now';
  return (
    <div className="dg">
      <dl>
        <dt>Key id</dt>
        <dd className="mono copyable">
          {kid === undefined ? (
            <span className="muted">none; it is tried on every token</span>
          ) : (
            <>
              <Literal text={kid} />{' '}
              <IconButton
                label="Copy key id"
                icon="copy"
                size={12}
                onPress={() => void platform.clipboard.write({ text: kid, concealed: false })}
              />
            </>
          )}
        </dd>
        <dt>{record.part === 'public' ? 'Public key' : 'Secret'}</dt>
        <dd>
          {record.part === 'public' ? null : <span className="mono dots">•••••••••••••••• </span>}
          <span className="muted">{describeSecret(record)}, SHA-256 fingerprint </span>
          <span className="mono copyable">{formatFingerprint(record.fingerprint)}</span>
        </dd>
        <Calibration record={record} onCalibrate={() => onAction('calibrate')} isReady={isReady} />
        <dt>{STORE_WORDS[record.store]}</dt>
        <dd className="muted">
          {record.store === 'session' ? (
            'kept in memory, forgotten when you quit'
          ) : (
            <span className="copyable">
              “<Literal text={record.item} />”
            </span>
          )}
        </dd>
        {record.part === 'public' ? null : <Guard record={record} />}
        <Rotation record={record} />
        <dt>Added</dt>
        <dd className="muted">{formatExact(toSeconds(record.createdAt), now)}</dd>
        {record.notes === '' ? null : (
          <>
            <dt>Notes</dt>
            <dd className="muted copyable">
              <Literal text={record.notes} />
            </dd>
          </>
        )}
      </dl>
      <div className="da">
        {record.part === 'public' ? null : (
          <Button icon="reveal" onPress={() => onAction('reveal')} disabledReason={notReady}>
            Reveal…
          </Button>
        )}
        <Button icon="edit" onPress={() => onAction('edit')}>
          Rename…
        </Button>
        {record.replacedBy === undefined && record.origin !== 'built-in' ? (
          <Button icon="refresh" onPress={() => onAction('rotate')} disabledReason={notReady}>
            Rotate…
          </Button>
        ) : null}
        <Button icon="export" onPress={() => onAction('export')} disabledReason={notReady}>
          Export…
        </Button>
        <Button variant="danger" icon="trash" onPress={() => onAction('delete')}>
          Delete…
        </Button>
        {record.part === 'public' ? null : (
          <p className="hint">
            Reveal asks first and hides again after 20 s. Rotate keeps both keys live until no token uses the old one.
          </p>
        )}
      </div>
    </div>
  );
}

function Calibration(props: {
  readonly record: KeyRecord;
  readonly onCalibrate: () => void;
  readonly isReady: boolean;
}) {
  const { record } = props;
  const now = useClock((clock) => clock.now);
  if (record.family !== 'hmac' || record.origin === 'generated' || record.origin === 'built-in') return null;
  const { calibration } = record;
  return (
    <>
      <dt>Calibrated</dt>
      <dd className="muted">
        {calibration === undefined ? (
          'not yet: how its secret is read is assumed '
        ) : (
          <>
            {formatExact(toSeconds(calibration.at), now)}, against one token{' '}
            {calibration.source === 'ovp' ? 'from OVP' : 'that was pasted'}: {describeReadings(calibration)}.{' '}
            <Literal text={describeEnvelope(calibration)} />{' '}
          </>
        )}
        {props.isReady ? (
          <LinkButton onPress={props.onCalibrate}>
            {calibration === undefined ? 'Calibrate…' : 'Calibrate again…'}
          </LinkButton>
        ) : null}
      </dd>
    </>
  );
}

function Guard({ record }: { readonly record: KeyRecord }) {
  const { platform, keys } = useSession();
  const call = useCall();
  const change = async (isOn: boolean) => {
    const guard = isOn ? 'type-the-name' : 'none';
    if ((await call.run(() => platform.keys.update({ id: record.id, guard }))) !== undefined) await keys.reload();
  };
  return (
    <>
      <dt>Guard</dt>
      <dd className="muted">
        Ask to type the name before signing{' '}
        <Switch
          isSelected={record.guard === 'type-the-name'}
          onChange={(isOn) => void change(isOn)}
          label="Ask before signing"
          className="k-inline"
        />
        {call.error === undefined ? null : <ErrorNote error={call.error} />}
      </dd>
    </>
  );
}

function Rotation({ record }: { readonly record: KeyRecord }): ReactNode {
  const { keys } = useSession();
  const all = useLive(keys).value ?? [];
  const older = all.find(({ id }) => id === record.replaces);
  const newer = all.find(({ id }) => id === record.replacedBy);
  if (older === undefined && newer === undefined) return null;
  return (
    <>
      <dt>Rotation</dt>
      <dd className="muted">
        {older === undefined ? null : (
          <>
            signs in place of “<Literal text={older.name} />
            ”.{' '}
          </>
        )}
        {newer === undefined ? null : (
          <>
            “<Literal text={newer.name} />” signs in its place; this one still verifies.
          </>
        )}
      </dd>
    </>
  );
}
