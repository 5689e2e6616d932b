import { useEffect, useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/contract.ts';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { checkPathId } from '../../../shared/flowplayer/api/path-id.ts';
import { tokenModeWarning } from '../../../shared/flowplayer/api/token-mode.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import type { ChosenAsset } from '../../shell/asset-list.tsx';
import { useCall } from '../../shell/use-call.ts';
import { useWhyNotSent } from '../../shell/use-sending.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { EmbedDialog } from './embed-dialog.tsx';
import { useOvpPlace } from './ovp-place.ts';
import { TokenDialog } from './token-dialog.tsx';

type Step = CommandOutput<'ovp.setUp'>[number];

const TITLES: Readonly<Record<Step['step'], string>> = {
  'api-key': 'API key of the workspace',
  asset: 'The asset is set to Advanced',
  key: 'A playback token key',
  token: 'A token',
  embed: 'The embed code carries it',
};

/** The vendor's guide, step by step, each with what does it. */
export function SetUpPanel(props: {
  readonly workspace: OvpWorkspace;
  readonly asset: ChosenAsset | undefined;
  readonly onAsset: (asset: ChosenAsset) => void;
  readonly onApiKey: () => void;
  readonly onCreate: () => void;
}) {
  const { workspace, asset } = props;
  const { platform, keys } = useSession();
  const local = useLive(keys).value;
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [version, setVersion] = useState(0);
  const [dialog, setDialog] = useState<'token' | 'embed' | undefined>(undefined);
  const made = useOvpPlace((place) => place.token);
  const token = made !== undefined && made.asset === asset?.id ? made.text : undefined;
  const call = useCall();
  const chosen = asset === undefined ? undefined : { kind: asset.kind, id: asset.id };

  // biome-ignore lint/correctness/useExhaustiveDependencies: keys, the API key and `version` change what main would answer
  useEffect(() => {
    let isHere = true;
    const about = asset === undefined ? {} : { asset: { kind: asset.kind, id: asset.id } };
    void platform.ovp.setUp({ workspace: workspace.id, ...about }).then((answer) => {
      if (isHere && answer.ok) setSteps(answer.value);
    });
    return () => {
      isHere = false;
    };
  }, [platform, workspace.id, workspace.apiKey, asset, local, version]);

  const tell = async (step: 'asset' | 'embed', done: boolean) => {
    if (chosen === undefined) return;
    const next = await call.run(() => platform.ovp.tellSetUp({ workspace: workspace.id, asset: chosen, step, done }));
    if (next !== undefined) setSteps(next);
  };
  const lookAgain = async () => {
    if (chosen === undefined) return;
    const fresh = await call.run(() => platform.ovp.asset({ workspace: workspace.id, ...chosen }));
    if (fresh !== undefined) props.onAsset(fresh);
  };

  return (
    <Panel label="Set up" className="ov-setup">
      <div className="ph">
        <h2>Set up Advanced tokens</h2>
      </div>
      <div className="scroll ov-steps">
        <p className="muted">
          {asset === undefined ? (
            'Choose a video or livestream, to see how far it is.'
          ) : (
            <>
              For “<Literal text={asset.name} />
              ”.
            </>
          )}
        </p>
        {asset === undefined ? null : <AssetWarnings asset={asset} />}
        <ol>
          {steps.map((step) => (
            <li key={step.step} data-step={step.step}>
              <b>{TITLES[step.step]}</b>
              <Verdict
                kind={step.state === 'done' ? 'pass' : step.state === 'open' ? 'not-checked' : 'cannot-know'}
                word={step.state === 'done' ? 'done' : step.state === 'open' ? 'not done' : 'can’t know'}
              />
              <p className="muted">
                <Literal text={step.reason} />
              </p>
              <StepButtons
                step={step}
                workspace={workspace}
                asset={asset}
                hasToken={token !== undefined}
                isBusy={call.isBusy}
                onApiKey={props.onApiKey}
                onCreate={props.onCreate}
                onLookAgain={() => void lookAgain()}
                onTell={(name, done) => void tell(name, done)}
                onDialog={setDialog}
              />
            </li>
          ))}
        </ol>
        {call.error === undefined ? null : <ErrorNote error={call.error} />}
      </div>
      {dialog === 'token' && asset !== undefined ? (
        <TokenDialog
          workspace={workspace}
          asset={asset}
          onToken={(text) => {
            useOvpPlace.setState({ token: { asset: asset.id, text } });
            setVersion(version + 1);
          }}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {dialog === 'embed' && asset !== undefined && token !== undefined ? (
        <EmbedDialog asset={asset} token={token} onClose={() => setDialog(undefined)} />
      ) : null}
    </Panel>
  );
}

function AssetWarnings({ asset }: { readonly asset: ChosenAsset }) {
  const warning = tokenModeWarning(asset.tokenMode);
  const path = asset.streamUrl === undefined ? undefined : checkPathId(asset.streamUrl, asset.id);
  return (
    <>
      {warning === undefined ? null : (
        <Note kind={asset.tokenMode === 'none' || asset.tokenMode === 'basic' ? 'warning' : 'info'}>{warning}</Note>
      )}
      {path?.kind === 'other' ? (
        <Note kind="warning">
          The path of its stream holds another id than the asset’s own: <Literal text={path.ids.join(', ')} />. A rule
          with the asset’s id would let nothing pass, so a token asked for here has the path’s.
        </Note>
      ) : null}
    </>
  );
}

function StepButtons(props: {
  readonly step: Step;
  readonly workspace: OvpWorkspace;
  readonly asset: ChosenAsset | undefined;
  readonly hasToken: boolean;
  readonly isBusy: boolean;
  readonly onApiKey: () => void;
  readonly onCreate: () => void;
  readonly onLookAgain: () => void;
  readonly onTell: (step: 'asset' | 'embed', done: boolean) => void;
  readonly onDialog: (dialog: 'token' | 'embed') => void;
}) {
  const { step, workspace, asset } = props;
  const offline = useWhyNotSent();
  const noAsset = asset === undefined ? 'Choose a video or livestream first' : undefined;
  const noKey = workspace.apiKey === 'stored' ? undefined : 'Enter the API key first';
  const isDone = step.state === 'done';
  switch (step.step) {
    case 'api-key':
      return (
        <Button size="small" onPress={props.onApiKey}>
          {isDone ? 'Change…' : 'Enter the API key…'}
        </Button>
      );
    case 'asset':
      return (
        <span className="row">
          <Button
            size="small"
            icon="refresh"
            isBusy={props.isBusy}
            onPress={props.onLookAgain}
            disabledReason={noAsset ?? noKey ?? offline}
          >
            Look again
          </Button>
          {isToldByApi(asset) ? null : (
            <Button size="small" onPress={() => props.onTell('asset', !isDone)} disabledReason={noAsset}>
              {isDone ? 'It is not' : 'It is set to Advanced'}
            </Button>
          )}
        </span>
      );
    case 'key':
      return (
        <Button size="small" icon="keys" onPress={props.onCreate} disabledReason={noKey}>
          Create in OVP…
        </Button>
      );
    case 'token':
      return (
        <Button size="small" icon="ticket" onPress={() => props.onDialog('token')} disabledReason={noAsset ?? noKey}>
          Ask for a token…
        </Button>
      );
    case 'embed':
      return (
        <span className="row">
          <Button
            size="small"
            onPress={() => props.onDialog('embed')}
            disabledReason={noAsset ?? (props.hasToken ? undefined : 'Ask for a token first')}
          >
            Embed code…
          </Button>
          <Button size="small" onPress={() => props.onTell('embed', !isDone)} disabledReason={noAsset}>
            {isDone ? 'It does not' : 'It carries the token'}
          </Button>
        </span>
      );
  }
}

/** what the API says of an asset is not for a person to say */
const isToldByApi = (asset: ChosenAsset | undefined): boolean =>
  asset === undefined || (asset.tokenMode !== 'default' && asset.tokenMode !== 'unknown');
