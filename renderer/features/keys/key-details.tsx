import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { toSeconds } from '../../../shared/units.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Literal } from '../../ui/literal.tsx';
import { formatExact } from '../../ui/local-time.ts';
import { describeSecret, formatFingerprint } from './key-words.ts';

const STORE_WORDS: Readonly<Record<KeyRecord['store'], string>> = {
  keychain: 'Keychain item',
  vault: 'Vault entry',
  session: 'This session',
};

export function KeyDetails({ record, onDelete }: { readonly record: KeyRecord; readonly onDelete: () => void }) {
  const { platform } = useSession();
  const now = useClock((clock) => clock.now);
  const { kid } = record;
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
        <Button variant="danger" icon="trash" onPress={onDelete}>
          Delete…
        </Button>
      </div>
    </div>
  );
}
