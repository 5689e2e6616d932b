import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { wallTime } from '../../../../shared/issue/time-zone.ts';
import type { Seconds } from '../../../../shared/units.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { localZone } from '../model.ts';

/** Day, time of day and zone, chosen; what comes out is words that anybody can read: `2026-11-24 20:00 Europe/Stockholm`. */
export function MomentPicker(props: {
  readonly label: string;
  /** what is shown first */
  readonly at: Seconds;
  readonly onPick: (words: string) => void;
}) {
  return (
    <DialogTrigger>
      <IconButton label={`Choose day and time: ${props.label}`} icon="clock" />
      <Popover className="pop is-when" offset={6} placement="bottom end">
        <Dialog aria-label={`Day and time: ${props.label}`} className="is-when-d">
          {({ close }) => (
            <Choice
              at={props.at}
              onPick={(words) => {
                props.onPick(words);
                close();
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Choice({ at, onPick }: { readonly at: Seconds; readonly onPick: (words: string) => void }) {
  const [zone, setZone] = useState(localZone);
  const [start] = useState(() => wallTime(at, zone));
  const [day, setDay] = useState(`${pad(start.year, 4)}-${pad(start.month)}-${pad(start.day)}`);
  const [time, setTime] = useState(`${pad(start.hour)}:${pad(start.minute)}`);
  const isWhole = day !== '' && time !== '';
  return (
    <form
      className="is-when-f"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onPick(`${day} ${time} ${zone}`);
      }}
    >
      <div className="is-two">
        <TextField label="Day" type={DATE} value={day} onChange={setDay} autoFocus />
        <TextField label="Time" type={TIME} value={time} onChange={setTime} />
      </div>
      <Select label="Zone" options={ZONES} selected={zone} onSelect={setZone} />
      <Button type="submit" variant="primary" disabledReason={isWhole ? undefined : 'Day and time are needed'}>
        Use this moment
      </Button>
    </form>
  );
}

// React Aria names the types of text only; Chromium draws these two with fields for each part
const DATE = 'date' as 'text';
const TIME = 'time' as 'text';

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');

const ZONES = [...new Set([localZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((id) => ({
  id,
  text: id.replaceAll('_', ' '),
}));
