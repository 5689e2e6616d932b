import { useState } from 'react';
import type { Settings, SettingsPatch } from '../../../shared/contract/settings.ts';
import type { AppError } from '../../../shared/errors.ts';
import { VERIFIERS, verifierById } from '../../../shared/verifiers/registry.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useKeyChanges, useKeysOf } from '../../shell/commands.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { formatZoom, stepZoom } from '../../shell/zoom.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { printKeys } from '../../ui/kbd.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { About } from './about.tsx';
import { Privacy } from './privacy.tsx';
import { Row, Section } from './section.tsx';
import './settings.css';
import { Transfer } from './transfer.tsx';

/** What a person can choose about the window, and what this application is. */
export function SettingsView() {
  const { platform, settings } = useSession();
  const { value, error: loadError } = useLive(settings);
  const [failed, setFailed] = useState<AppError | undefined>(undefined);
  const save = async (patch: SettingsPatch) => {
    const answer = await platform.settings.set(patch);
    setFailed(answer.ok ? undefined : answer.error);
    if (answer.ok) settings.set(answer.value);
  };
  const error = failed ?? loadError;
  return (
    <div className="view-settings">
      <div className="vh" data-region>
        <h1>Settings</h1>
      </div>
      <div className="st scroll" data-region>
        <div className="st-in">
          {error === undefined ? null : <ErrorNote error={error} />}
          {value === undefined ? null : <Choices value={value} save={(patch) => void save(patch)} />}
          <Network onError={setFailed} />
          <Transfer />
          <About />
        </div>
      </div>
    </div>
  );
}

function Choices({ value, save }: { readonly value: Settings; readonly save: (patch: SettingsPatch) => void }) {
  return (
    <>
      <Section title="Appearance">
        <Row title="Theme" hint="System follows the computer, also while Catwalk is open.">
          <SegmentedControl
            label="Theme"
            options={[
              { id: 'system', title: 'System' },
              { id: 'light', title: 'Light' },
              { id: 'dark', title: 'Dark' },
            ]}
            selected={value.theme}
            onSelect={(theme) => save({ theme })}
          />
        </Row>
        <Row title="Rows" hint="How high the rows of tables are.">
          <SegmentedControl
            label="Rows"
            options={[
              { id: 'compact', title: 'Compact' },
              { id: 'comfortable', title: 'Comfortable' },
            ]}
            selected={value.density}
            onSelect={(density) => save({ density })}
          />
        </Row>
        <Zoom zoom={value.zoom} onChange={(zoom) => save({ zoom })} />
      </Section>
      <Section title="Tokens">
        <JudgedAs id={value.verifier} onChange={(verifier) => save({ verifier })} />
      </Section>
      <Privacy value={value} save={save} />
      <Section title="Keyboard">
        <Shortcuts />
      </Section>
    </>
  );
}

function Zoom({ zoom, onChange }: { readonly zoom: number; readonly onChange: (zoom: number) => void }) {
  const keys = [useKeysOf('zoom-out'), useKeysOf('zoom-in')].filter((name) => name !== undefined).map(printKeys);
  return (
    <Row title="Zoom" hint={keys.length === 0 ? undefined : `Also ${keys.join(' and ')}.`}>
      <span className="st-zoom">
        <IconButton label="Zoom out" icon="minimise" onPress={() => onChange(stepZoom(zoom, -1))} />
        <output aria-label="Zoom">{formatZoom(zoom)}</output>
        <IconButton label="Zoom in" icon="plus" onPress={() => onChange(stepZoom(zoom, 1))} />
      </span>
      <Button
        size="small"
        onPress={() => onChange(1)}
        disabledReason={zoom === 1 ? 'It is the actual size already' : undefined}
      >
        Actual size
      </Button>
    </Row>
  );
}

function JudgedAs({ id, onChange }: { readonly id: string; readonly onChange: (id: string) => void }) {
  const [standard] = VERIFIERS;
  const verifier = verifierById(id) ?? standard;
  if (verifier === undefined) return null;
  return (
    <Row title="Judged as" hint={verifier.summary}>
      <span className="st-select">
        <Select
          label="Judged as"
          isLabelHidden
          selected={verifier.id}
          options={VERIFIERS.map(({ id: option, name, summary }) => ({ id: option, text: name, hint: summary }))}
          onSelect={onChange}
        />
      </span>
    </Row>
  );
}

function Shortcuts() {
  const setLayer = useNavigation((navigation) => navigation.setLayer);
  const changed = Object.keys(useKeyChanges()).length;
  const keys = useKeysOf('shortcuts');
  const hint = changed === 0 ? 'All as they came.' : `${changed} ${changed === 1 ? 'is' : 'are'} not as they came.`;
  return (
    <Row title="Shortcuts" hint={hint}>
      <Button
        icon="keyboard"
        onPress={() => setLayer('shortcuts')}
        {...(keys === undefined ? {} : { shortcut: printKeys(keys) })}
      >
        Show and change…
      </Button>
    </Row>
  );
}

function Network({ onError }: { readonly onError: (error: AppError | undefined) => void }) {
  const { platform, egress } = useSession();
  const { value } = useLive(egress);
  const go = useNavigation((navigation) => navigation.go);
  if (value === undefined) return null;
  const change = async (offline: boolean) => {
    const answer = await platform.egress.setOffline({ offline });
    onError(answer.ok ? undefined : answer.error);
    if (answer.ok) egress.set(answer.value);
  };
  return (
    <Section title="Network">
      <Row title="Offline mode" hint="Every request is refused before it leaves. Reading and signing need no network.">
        <Switch isSelected={value.offline} onChange={(offline) => void change(offline)} label="Offline mode" />
      </Row>
      <Row
        title="Requests sent"
        hint={`${value.sent === 0 ? 'None' : value.sent} since Catwalk was started. There is no telemetry.`}
      >
        <Button icon="requests" onPress={() => go('activity')}>
          Open the list
        </Button>
      </Row>
    </Section>
  );
}
