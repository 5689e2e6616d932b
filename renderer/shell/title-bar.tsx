import { Button } from 'react-aria-components';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { isApple } from '../ui/is-apple.ts';
import { Kbd } from '../ui/kbd.tsx';
import { useKeysOf } from './commands.ts';
import './title-bar.css';

export function TitleBar({ onPalette }: { readonly onPalette: () => void }) {
  const keys = useKeysOf('palette');
  return (
    <header className="titlebar" data-region>
      <span className="tb-mark">
        <Mark />
      </span>
      <span className="tb-ws">
        <b>Catwalk</b>
      </span>
      <Button className="palette" onPress={onPalette} aria-label="Search commands">
        <Icon name="search" size={13} />
        <span>Search commands</span>
        {keys === undefined ? null : <Kbd keys={keys} />}
      </Button>
      <span className="tb-end">
        <span className="prod-tag">
          <Icon name="locked" size={12} />
          Production key in use
        </span>
        {/* macOS draws its own lights over the first 68 pixels */}
        {isApple ? null : <WindowControls />}
      </span>
    </header>
  );
}

function WindowControls() {
  const { platform, window: live } = useSession();
  const isMaximised = useLive(live).value?.maximised ?? false;
  return (
    <span className="winctl">
      <Control label="Minimise" icon="minimise" size={13} onPress={() => void platform.window.minimise()} />
      <Control
        label={isMaximised ? 'Restore' : 'Maximise'}
        icon={isMaximised ? 'restore' : 'maximise'}
        size={11}
        onPress={() => void platform.window.toggleMaximise()}
      />
      <Control label="Close" icon="close" onPress={() => void platform.window.close()} />
    </span>
  );
}

/** Not in the tab order, as with a frame drawn by the system: Alt F4 and the window menu do the same by keyboard. */
function Control(props: {
  readonly label: string;
  readonly icon: IconName;
  readonly size?: number;
  readonly onPress: () => void;
}) {
  return (
    <Button aria-label={props.label} onPress={props.onPress} excludeFromTabOrder>
      <Icon name={props.icon} size={props.size ?? 14} />
    </Button>
  );
}

/** Two ears and a fence: a cat, and the bars of a catwalk. */
function Mark() {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
    >
      <path
        d="M2.75 15.25V3.1c0-.4.46-.63.78-.39L6.6 5h4.8l3.07-2.29c.32-.24.78-.01.78.39v12.15"
        strokeLinejoin="round"
      />
      <path d="M5.75 15.25v-4.1M9 15.25v-4.1M12.25 15.25v-4.1" />
    </svg>
  );
}
