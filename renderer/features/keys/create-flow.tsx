import type { ReactNode } from 'react';
import type { OvpCalibration, OvpWorkspace } from '../../../shared/contract/ovp.ts';
import type { SecretsStatus } from '../../../shared/contract/secrets.ts';
import { nameStore } from '../../shell/name-store.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { describeMatch } from './calibration-words.ts';
import './flow.css';

export type FlowStep = 'open' | 'running' | 'done';

/** What happens when the key is created, in its order: before it a promise, during it the progress. */
export function CreateFlow(props: {
  readonly workspace: OvpWorkspace | undefined;
  readonly name: string;
  readonly store: Pick<SecretsStatus, 'kind' | 'name'> | undefined;
  readonly states: Readonly<Record<'create' | 'store' | 'calibrate', FlowStep>>;
  readonly queued: string | undefined;
  readonly result: OvpCalibration | undefined;
  readonly wantsCalibration: boolean;
  /** left out once it has begun */
  readonly onCalibration: ((wanted: boolean) => void) | undefined;
}) {
  const { workspace, store, states, result } = props;
  const storeName = store === undefined ? 'the store' : nameStore(store);
  return (
    <ol className="flow" aria-label="What happens">
      <Step icon="step" state={states.create} title="One request creates the key" queued={props.queued}>
        <pre className="rq mono">
          POST /platform/v3/playback_tokens/keys{'\n'}host: {workspace?.host ?? ''}
          {'\n'}x-flowplayer-api-key: <span className="faint">{whereApiKey(workspace)}</span>
          {'\n'}
          {'{ "name": '}
          <Literal text={JSON.stringify(props.name)} />
          {' }'}
        </pre>
      </Step>
      <Step
        icon="locked"
        state={states.store}
        title={store?.kind === 'session' ? 'The secret stays in memory' : `The secret goes straight to ${storeName}`}
      >
        <p>
          {store?.kind === 'session'
            ? 'OVP shows it once, and it is forgotten when you quit: secrets are kept for this session only.'
            : 'OVP shows it once. Catwalk stores it and never displays, logs or copies it.'}
        </p>
      </Step>
      <Step icon="calibrate" state={states.calibrate} title="A second request calibrates it" queued={props.queued}>
        {result === undefined ? (
          <p>
            It asks for one 60-second token, to learn whether the secret is hex, utf-8 or base64.{' '}
            {props.onCalibration === undefined ? null : (
              <Switch
                isSelected={props.wantsCalibration}
                onChange={props.onCalibration}
                label="Calibrate after creating"
                className="k-inline"
              />
            )}
          </p>
        ) : (
          <p>
            <Literal text={describeMatch(result)} />
          </p>
        )}
      </Step>
    </ol>
  );
}

function Step(props: {
  readonly icon: IconName;
  readonly state: FlowStep;
  readonly title: string;
  readonly queued?: string | undefined;
  readonly children: ReactNode;
}) {
  const isRunning = props.state === 'running';
  return (
    <li>
      <Icon name={isRunning ? 'spinner' : props.icon} {...(isRunning ? { className: 'spin' } : {})} />
      <div>
        <b>{props.title}</b> {props.state === 'done' ? <Verdict kind="pass" word="done" /> : null}
        {isRunning ? <span className="hint">{props.queued ?? 'waiting for the answer'}</span> : null}
        {props.children}
      </div>
    </li>
  );
}

function whereApiKey(workspace: OvpWorkspace | undefined): string {
  switch (workspace?.apiKeyStore) {
    case undefined:
      return 'not entered yet';
    case 'keychain':
      return 'from the keychain';
    case 'vault':
      return 'from the vault';
    case 'session':
      return 'from memory';
  }
}
