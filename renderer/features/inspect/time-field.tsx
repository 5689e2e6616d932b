import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { parseMoment } from '../../../shared/issue/moments.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { formatExact, formatMoment } from '../../ui/local-time.ts';
import { PopoverTrigger } from '../../ui/popover.tsx';
import { chosenView, useInspect } from './model.ts';

/** The moment to judge at: the same value as the marker on the time line. */
export function TimeField() {
  const now = useClock((clock) => clock.now);
  const asOf = useClock((clock) => clock.asOf);
  const text = asOf === undefined ? 'Now' : formatMoment(asOf, now);
  return (
    <div className="field">
      <span className="lbl">Time</span>
      <PopoverTrigger
        label="Time to judge at"
        button={
          <AriaButton className="input sel" aria-label={`Time to judge at: ${text}`}>
            <span className="sel-v ell" title={asOf === undefined ? undefined : formatExact(asOf, now)}>
              {text}
            </span>
            <Icon name="down" size={12} />
          </AriaButton>
        }
      >
        {(close) => <Moments onDone={close} />}
      </PopoverTrigger>
    </div>
  );
}

function Moments({ onDone }: { readonly onDone: () => void }) {
  const now = useClock((clock) => clock.now);
  const asOf = useClock((clock) => clock.asOf);
  const setAsOf = useClock((clock) => clock.setAsOf);
  const time = useInspect((state) => chosenView(state)?.time);
  const server = useInspect((state) => state.serverClock);
  const [typed, setTyped] = useState('');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const read = typed.trim() === '' ? undefined : parseMoment(typed, { now, zone });
  const choose = (at: Seconds | undefined) => {
    setAsOf(at);
    onDone();
  };
  const presets = [
    ...(server === undefined ? [] : [{ title: 'When it was answered', at: server.at }]),
    ...(time?.notBefore === undefined ? [] : [{ title: 'nbf', at: time.notBefore }]),
    ...(time?.expires === undefined
      ? []
      : [
          { title: 'Last valid second', at: seconds(time.expires - 1) },
          { title: 'exp', at: time.expires },
        ]),
  ];
  return (
    <form
      className="pop-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (read?.ok) choose(read.value.at);
      }}
    >
      <div className="pop-list">
        <Button size="small" variant={asOf === undefined ? 'primary' : 'default'} onPress={() => choose(undefined)}>
          Now
        </Button>
        {presets.map(({ title, at }) => (
          <Button key={title} size="small" variant={asOf === at ? 'primary' : 'default'} onPress={() => choose(at)}>
            {title}, {formatMoment(at, now)}
          </Button>
        ))}
      </div>
      <TextField
        label="Another moment"
        placeholder="-2h, 11:03, 2026-11-24 11:03, 1795514580"
        value={typed}
        onChange={setTyped}
        error={read === undefined || read.ok ? undefined : read.error}
        hint={read?.ok ? read.value.understood : 'in words, as a date, or as seconds since 1970'}
      />
      <div className="pop-end">
        <Button
          type="submit"
          size="small"
          variant="primary"
          disabledReason={read?.ok ? undefined : 'A moment is needed'}
        >
          Judge at this moment
        </Button>
      </div>
    </form>
  );
}
