import { useCallback, useEffect, useState } from 'react';
import type { MendChange } from '../../../shared/evaluate/mend.ts';
import { SAMPLE_ISSUER } from '../../../shared/sample-issuer.ts';
import { useSession } from '../../platform/session.ts';
import { useClockStore, useJudgedAt } from '../../shell/clock.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Rich } from '../../ui/rich.tsx';
import { createInspectClient } from '../../workers/inspect-client.ts';
import { Verdicts } from './diagnosis.tsx';
import { DiffLines } from './diff-line.tsx';
import './first-run.css';
import {
  chosenView,
  createInspectModel,
  type InspectModel,
  InspectProvider,
  useInspect,
  useInspectModel,
} from './model.ts';
import { NextStep, NextSteps, WhereKept } from './next-steps.tsx';
import { TokenString } from './token-string.tsx';
import { useSentence } from './use-sentence.ts';
import { Welcome } from './welcome.tsx';

/** A first start shows what the application is for: a refused token, signed here and now, with the reason read out of it. */
export function FirstRun({ onOpenFile }: { readonly onOpenFile: () => void }) {
  const session = useSession();
  const clock = useClockStore();
  const [model, setModel] = useState<InspectModel | undefined>(undefined);
  const [isRefused, setRefused] = useState(false);
  // a model of its own: the sample is in no tab and in no history
  useEffect(() => {
    const created = createInspectModel(session, createInspectClient(), clock);
    created.setRecipient({ issuers: [SAMPLE_ISSUER] });
    let isHere = true;
    void session.platform.sample.make({ changes: [] }).then((answer) => {
      if (!isHere) return;
      if (answer.ok) created.setText(answer.value.text);
      else setRefused(true);
    });
    setModel(created);
    return () => {
      isHere = false;
      created.close();
    };
  }, [session, clock]);
  if (isRefused) return <Welcome onOpenFile={onOpenFile} />;
  return (
    <div className="fr" data-region>
      <div className="fr-in">
        {model === undefined ? null : (
          <InspectProvider value={model}>
            <Diagnosed />
          </InspectProvider>
        )}
        <Steps onOpenFile={onOpenFile} />
        <p className="fr-p">
          <Icon name="private" />
          <span>
            No account and no telemetry. Nothing is sent before you ask for it, and each request is listed in Activity.
          </span>
        </p>
      </div>
    </div>
  );
}

function Diagnosed() {
  const view = useInspect(chosenView);
  const sentence = useSentence();
  const at = useJudgedAt();
  const rows = useInspect((state) => state.rows);
  const mend = useInspect((state) => state.mend);
  const isJudged = useInspect((state) => state.isJudged);
  const diff = rows.find((row) => row.verdict.diff !== undefined)?.verdict.diff;
  const [change] = mend?.changes ?? [];
  const isMended = isJudged && diff === undefined;
  return (
    <>
      <header>
        <h2>{isMended ? 'The fixed token gets in.' : 'This token gets a 403. Here is why.'}</h2>
        <p className="fr-lead">
          A sample, signed on this computer a moment ago. Your own tokens are read the same way.
        </p>
      </header>
      <Panel label="Sample diagnosis" className="fr-card">
        <div className="fr-tok">
          <span className="lbl">Sample</span>
          <TokenString />
        </div>
        <p className="sentence copyable">{isJudged ? <Rich text={sentence} now={at} /> : '…'}</p>
        {view === undefined ? null : <Verdicts view={view} />}
        <div className="fr-df">
          {diff === undefined ? (
            <p className="muted">{isMended ? 'Only the path of its rule changed; all else is as it was.' : ''}</p>
          ) : (
            <div className="diff copyable">
              <DiffLines diff={diff} />
            </div>
          )}
          <div className="fr-fix">
            {change === undefined ? null : (
              <p>
                <span className="lbl">Smallest fix</span>
                <br />
                <Rich text={change.sentence} now={at} />
              </p>
            )}
            <Actions changes={mend?.changes ?? []} />
          </div>
        </div>
      </Panel>
    </>
  );
}

function Actions({ changes }: { readonly changes: readonly MendChange[] }) {
  const { platform } = useSession();
  const sample = useInspectModel();
  const text = useInspect((state) => state.text);
  const go = useNavigation((navigation) => navigation.go);
  const fix = useCallback(async () => {
    const steps = changes.map(({ path, after }) => ({ path: [...path], ...(after === undefined ? {} : { after }) }));
    const answer = await platform.sample.make({ changes: steps });
    if (answer.ok) sample.setText(answer.value.text);
  }, [platform, sample, changes]);
  return (
    <div className="row">
      {changes.length === 0 ? null : (
        <Button icon="repaired" variant="primary" onPress={() => void fix()}>
          Fix and re-sign
        </Button>
      )}
      <Button
        icon="inspect"
        disabledReason={text === '' ? 'The sample is being made' : undefined}
        onPress={() => go('inspect', { kind: 'inspect-text', text })}
      >
        Open in Inspect
      </Button>
    </div>
  );
}

function Steps({ onOpenFile }: { readonly onOpenFile: () => void }) {
  const go = useNavigation((navigation) => navigation.go);
  const model = useInspectModel();
  return (
    <NextSteps>
      <NextStep
        icon="paste"
        title="Paste your own"
        actions={
          <>
            <Kbd keys="Ctrl V" />
            <span className="hint">anywhere, or</span>
            <LinkButton onPress={onOpenFile}>open a file</LinkButton>
            <span className="hint">or</span>
            <LinkButton onPress={() => model.setEditing(true)}>type it</LinkButton>
          </>
        }
      >
        Anything that carries a token: a URL, curl, header, HAR, log line or embed code.
      </NextStep>
      <NextStep
        icon="keys"
        title="Add a key"
        actions={<LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key…</LinkButton>}
      >
        From Flowplayer OVP, a file, or typed in. It is kept in <WhereKept />.
      </NextStep>
      <NextStep
        icon="preview"
        title="Preview playback"
        actions={<LinkButton onPress={() => go('preview')}>Go to Preview</LinkButton>}
      >
        A local player and a local edge that enforces the token. It works with the network off.
      </NextStep>
    </NextSteps>
  );
}
