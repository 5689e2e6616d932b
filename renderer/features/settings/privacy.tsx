import { useEffect, useState } from 'react';
import type { HistoryList } from '../../../shared/contract/history.ts';
import type { KeptState } from '../../../shared/contract/kept.ts';
import type { Settings, SettingsPatch } from '../../../shared/contract/settings.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Row, Section } from './section.tsx';

/** What stays on this computer when Catwalk is closed. */
export function Privacy(props: { readonly value: Settings; readonly save: (patch: SettingsPatch) => void }) {
  const { value, save } = props;
  const { kept, history } = useWhatIsKept(value);
  const go = useNavigation((navigation) => navigation.go);
  const count = history?.entries.length ?? 0;
  return (
    <Section title="Privacy">
      <Row title="Open what was open last time" hint={describeKept(kept, value.startClean)}>
        <Switch
          label="Open what was open last time"
          isSelected={!value.startClean}
          onChange={(isOpened) => save({ startClean: !isOpened })}
        />
      </Row>
      <Row title="Keep a history" hint={describeHistory(history, value.keepHistory)}>
        {count === 0 && !value.keepHistory ? null : (
          <Button size="small" icon="history" onPress={() => go('history')}>
            {count === 1 ? '1 entry' : `${count} entries`}
          </Button>
        )}
        <Switch
          label="Keep a history"
          isSelected={value.keepHistory}
          onChange={(keepHistory) => save({ keepHistory })}
        />
      </Row>
      <Row
        title="Look at the clipboard"
        hint={
          value.suggestClipboard
            ? 'When this window comes to the front, Catwalk says whether a token was copied. It is read when you press it.'
            : 'Off: the clipboard is read only when you paste.'
        }
      >
        <Switch
          label="Look at the clipboard"
          isSelected={value.suggestClipboard}
          onChange={(suggestClipboard) => save({ suggestClipboard })}
        />
      </Row>
    </Section>
  );
}

/** Asked anew whenever a switch was moved or a store was locked or opened. */
function useWhatIsKept({ startClean, keepHistory }: Settings) {
  const { platform, secrets } = useSession();
  const store = useLive(secrets).value;
  const [kept, setKept] = useState<KeptState | undefined>(undefined);
  const [history, setHistory] = useState<HistoryList | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are why the answer may be another one
  useEffect(() => {
    let isHere = true;
    void platform.kept.state().then((answer) => {
      if (isHere && answer.ok) setKept(answer.value);
    });
    void platform.history.list().then((answer) => {
      if (isHere && answer.ok) setHistory(answer.value);
    });
    return () => {
      isHere = false;
    };
  }, [platform, store, startClean, keepHistory]);
  return { kept, history };
}

function describeKept(state: KeptState | undefined, startClean: boolean): string {
  if (startClean) return 'Off: Catwalk opens empty, and nothing that you paste is written down.';
  if (state === undefined) return '';
  if (state.isKept) return `Tabs and drafts survive a quit and a crash, encrypted with a key in ${state.where ?? ''}.`;
  return `Nothing is kept now. ${state.reason ?? ''}`;
}

function describeHistory(list: HistoryList | undefined, isWanted: boolean): string {
  if (!isWanted) return 'Off: what you inspect is listed nowhere.';
  if (list === undefined) return '';
  return list.state.isKept
    ? `What you inspect is listed until you wipe it, encrypted with a key in ${list.state.where ?? ''}.`
    : `Nothing is listed now. ${list.state.reason ?? ''}`;
}
