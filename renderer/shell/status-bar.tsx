import { Button } from 'react-aria-components';
import { VERIFIERS, verifierById } from '../../shared/verifiers/registry.ts';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { Icon } from '../ui/icon.tsx';
import { formatClock, formatMoment } from '../ui/local-time.ts';
import { Menu } from '../ui/menu.tsx';
import { Switch } from '../ui/switch.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useClock } from './clock.ts';
import { describeSkew } from './describe-skew.ts';
import { describeStore } from './describe-store.ts';
import { useNavigation } from './navigation.ts';
import './status-bar.css';

export function StatusBar() {
  return (
    <footer className="statusbar" data-region>
      <StoreState />
      <OfflineSwitch />
      <SentCount />
      <Skew />
      <span className="sb-end">
        <JudgedAs />
        <ClockText />
      </span>
    </footer>
  );
}

function StoreState() {
  const { value } = useLive(useSession().secrets);
  const go = useNavigation((navigation) => navigation.go);
  if (value === undefined) return null;
  const store = describeStore(value);
  return (
    <Button className="sb" onPress={() => go('keys')}>
      <span className={store.isOdd ? 'sb-odd' : undefined}>
        <Icon name={store.icon} size={13} />
      </span>
      {store.short}
    </Button>
  );
}

function OfflineSwitch() {
  const { platform, egress } = useSession();
  const { value } = useLive(egress);
  if (value === undefined) return null;
  const change = async (offline: boolean) => {
    const answer = await platform.egress.setOffline({ offline });
    if (answer.ok) egress.set(answer.value);
  };
  return (
    <Switch className="sb" isSelected={value.offline} onChange={(offline) => void change(offline)} label="Offline mode">
      <Icon name={value.offline ? 'offline' : 'online'} size={13} />
      Offline <b className="sb-word">{value.offline ? 'on' : 'off'}</b>
    </Switch>
  );
}

function SentCount() {
  const { value } = useLive(useSession().egress);
  const go = useNavigation((navigation) => navigation.go);
  if (value === undefined) return null;
  return (
    <Tooltip text="Open the list of requests" placement="top">
      <Button className="sb" onPress={() => go('activity')}>
        <Icon name="requests" size={13} />
        {value.sent === 1 ? '1 request sent' : `${value.sent} requests sent`}
      </Button>
    </Tooltip>
  );
}

/** How far a server's clock is from this one, once an answer that was pasted told. */
function Skew() {
  const skew = useClock((clock) => clock.skew);
  return (
    <span className="sb">
      <Icon name="clock" size={13} />
      {skew === undefined ? 'Clock skew not measured' : `Clock skew ${describeSkew(skew)}`}
    </span>
  );
}

/** Whose rules the claims are judged by. */
function JudgedAs() {
  const { platform, settings } = useSession();
  const { value } = useLive(settings);
  const [standard] = VERIFIERS;
  if (value === undefined || standard === undefined) return null;
  const verifier = verifierById(value.verifier) ?? standard;
  const choose = async (id: string) => {
    const answer = await platform.settings.set({ verifier: id });
    if (answer.ok) settings.set(answer.value);
  };
  return (
    <Menu
      label="Judged as"
      entries={VERIFIERS.map(({ id, name, summary }) => ({ id, title: name, hint: summary }))}
      selected={verifier.id}
      onSelect={(id) => void choose(id)}
    >
      <Button className="sb">
        Judged as <b>{verifier.name}</b>
        <Icon name="down" size={11} />
      </Button>
    </Menu>
  );
}

function ClockText() {
  const now = useClock((clock) => clock.now);
  const asOf = useClock((clock) => clock.asOf);
  const setAsOf = useClock((clock) => clock.setAsOf);
  if (asOf === undefined) return <span className="sb">{formatClock(now)}</span>;
  return (
    <>
      <span className="sb sb-asof">
        <Icon name="clock" size={13} />
        as of {formatMoment(asOf, now)}
      </span>
      <Button className="sb" onPress={() => setAsOf(undefined)}>
        Back to now
      </Button>
    </>
  );
}
