import { useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpCalibration } from '../../../shared/contract/ovp.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { useQueued, useWhyNotSent } from '../../shell/use-sending.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { describeMatch } from './calibration-words.ts';

type From = 'ovp' | 'pasted';
const SOURCES: readonly { readonly id: From; readonly title: string }[] = [
  { id: 'ovp', title: 'Ask the OVP' },
  { id: 'pasted', title: 'Paste a token' },
];

/** Learns from one token that its issuer made how a key's secret is read. */
export function CalibrateDialog({ record, onClose }: { readonly record: KeyRecord; readonly onClose: () => void }) {
  const { platform, keys, workspaces, queue } = useSession();
  const call = useCall();
  const offline = useWhyNotSent();
  const workspace = useLive(workspaces).value?.find(({ id }) => id === record.workspace);
  const canAsk = workspace !== undefined && record.kid !== undefined;
  const [from, setFrom] = useState<From>(canAsk ? 'ovp' : 'pasted');
  const [token, setToken] = useState('');
  const [request, setRequest] = useState<string | undefined>(undefined);
  const [result, setResult] = useState<OvpCalibration | undefined>(undefined);
  const queued = useQueued(request);
  const blocked =
    from === 'ovp' ? whyNotAsked(offline, workspace?.apiKey) : token.trim() === '' ? 'Paste a token first' : undefined;

  const calibrate = async () => {
    if (blocked !== undefined) return;
    setResult(undefined);
    const id = crypto.randomUUID();
    setRequest(id);
    const found = await call.run(() =>
      platform.ovp.calibrate({
        key: record.id,
        request: id,
        ...(from === 'pasted' ? { token: token.trim() } : {}),
      }),
    );
    if (found === undefined) return;
    setResult(found);
    await keys.reload();
  };
  const cancel = async () => {
    if (!call.isBusy || request === undefined) onClose();
    else {
      const answer = await platform.ovp.cancel({ requests: [request] });
      if (answer.ok) queue.set(answer.value);
    }
  };

  return (
    <Dialog title={`Calibrate ${escapeText(record.name)}`} isOpen onClose={onClose} width="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void calibrate();
        }}
      >
        <DialogBody>
          <p className="muted">
            One token that its issuer made with this key tells whether the secret is hex, utf-8 or base64, and what its
            tokens look like. Tokens signed here look the same from then on.
          </p>
          {canAsk ? (
            <SegmentedControl label="Where the token comes from" options={SOURCES} selected={from} onSelect={setFrom} />
          ) : null}
          {from === 'ovp' && workspace !== undefined ? (
            <pre className="rq mono">
              POST /platform/v3/playback_tokens{'\n'}host: {workspace.host}
              {'\n'}
              {'{ "key_id": '}
              <Literal text={JSON.stringify(record.kid ?? '')} />
              {', "exp": in 60 s, … }'}
            </pre>
          ) : (
            <TextField
              label="Token"
              value={token}
              onChange={setToken}
              rows={4}
              isMono
              autoFocus
              placeholder="made by its issuer with this key"
            />
          )}
          {result === undefined ? null : (
            <div role="status" className="k-result">
              <Verdict
                kind={result.state === 'matched' ? 'pass' : result.state === 'no-match' ? 'fail' : 'not-checked'}
                word={RESULT_WORDS[result.state]}
              />
              <span>
                <Literal text={describeMatch(result)} />
              </span>
            </div>
          )}
          {result?.state === 'matched' && (result.key.calibration?.differences.length ?? 0) > 0 ? (
            <Note kind="warning">
              <Literal text={result.key.calibration?.differences.join(' ') ?? ''} />
            </Note>
          ) : null}
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </DialogBody>
        <DialogFoot
          hint={blocked ?? queued?.words ?? (from === 'ovp' ? `1 request to ${workspace?.host}` : 'Nothing is sent')}
        >
          <Button size="large" onPress={() => void cancel()}>
            {result === undefined ? 'Cancel' : 'Close'}
          </Button>
          <Button
            size="large"
            variant="primary"
            icon="calibrate"
            type="submit"
            isBusy={call.isBusy}
            disabledReason={blocked}
          >
            Calibrate
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

const RESULT_WORDS: Readonly<Record<OvpCalibration['state'], string>> = {
  matched: 'Calibrated',
  'no-match': 'No reading matches',
  'cannot-tell': 'Can’t tell',
};

function whyNotAsked(offline: string | undefined, apiKey: string | undefined): string | undefined {
  return offline ?? (apiKey === 'stored' ? undefined : 'The workspace has no API key');
}
