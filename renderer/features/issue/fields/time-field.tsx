import { formatDuration } from '../../../../shared/explain/time-style.ts';
import { parseDuration, parseMoment, writeDuration } from '../../../../shared/issue/moments.ts';
import type { Json } from '../../../../shared/json.ts';
import { seconds } from '../../../../shared/units.ts';
import { useClock } from '../../../shell/clock.ts';
import { formatExact, formatMoment, zoneAt } from '../../../ui/local-time.ts';
import { localZone } from '../model.ts';
import type { FieldProps } from './field-props.ts';
import { numberText, parseNumber } from './field-text.ts';
import { MomentPicker } from './moment-picker.tsx';
import { TypedField } from './typed-field.tsx';

/** Characters that fit beside what is typed; all of it stands behind it in any case. */
const LONGEST = 20;

/** A moment in words, in seconds or from the picker, with what was understood beside it. */
export function TimeField(props: FieldProps) {
  const now = useClock((clock) => clock.now);
  const text = numberText(props.json) ?? '';
  const moment = text === '' ? undefined : parseMoment(text, { now, zone: localZone() });
  const exact = moment?.ok ? `${formatExact(moment.value.at, now)} ${zoneAt(moment.value.at)}` : '';
  const short = moment?.ok ? formatMoment(moment.value.at, now) : '';
  return (
    <TypedField
      {...props}
      // what an empty field means is no longer so
      hint={text === '' ? props.hint : undefined}
      read={(json) => numberText(json) ?? ''}
      write={parseNumber}
      placeholder="+2h, tonight 23:59"
      end={
        <>
          {moment?.ok ? (
            <span className="hint is-at" title={moment.value.understood}>
              <span className="is-at-l">{exact.length > LONGEST ? short : exact}</span>
              <span className="is-at-s">{short}</span>
            </span>
          ) : null}
          <MomentPicker label={props.label} at={moment?.ok ? moment.value.at : now} onPick={props.onChange} />
        </>
      }
    />
  );
}

/** A length of time in words or seconds. */
export function DurationField(props: FieldProps) {
  return (
    <TypedField
      {...props}
      read={(json) => (isSpan(json) ? writeDuration(seconds(json)) : (numberText(json) ?? ''))}
      write={(text) => (/[a-z]/i.test(text) ? (parseDuration(text) ?? text) : parseNumber(text))}
      placeholder="2h, 90 min, 300"
      hint={typeof props.json === 'number' ? formatDuration(seconds(props.json)) : 'Seconds, or 90 min.'}
    />
  );
}

const isSpan = (json: Json | undefined): json is number =>
  typeof json === 'number' &&
  Number.isInteger(json) &&
  json > 0 &&
  parseDuration(writeDuration(seconds(json))) === json;
