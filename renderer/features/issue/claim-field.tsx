import type { ReactNode } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import type { JsonProblem } from '../../../shared/claims/claim.ts';
import type { FieldMember, FieldSpec } from '../../../shared/claims/field-spec.ts';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { COUNTRIES, countryName } from '../../../shared/geo/countries.ts';
import { parseDuration, parseMoment } from '../../../shared/issue/moments.ts';
import { isJsonObject, type Json } from '../../../shared/json.ts';
import { seconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import type { FieldProps } from './field-props.ts';
import {
  bytesHex,
  bytesText,
  hexOfText,
  listText,
  numberText,
  parseLines,
  parseNetworks,
  parseNumber,
  parseWords,
  readRuleLines,
} from './field-text.ts';
import { JsonField } from './json-field.tsx';
import { localZone } from './model.ts';
import { RulesField } from './rules-field.tsx';
import { problemsUnder } from './use-preview.ts';
import { useTyped } from './use-typed.ts';

/** One value, edited as its field says. What the field cannot show is edited as claims JSON, and nothing is lost. */
export function ClaimField(props: FieldProps) {
  return canShow(props.field, props.json) ? <Shown {...props} /> : <JsonField {...props} />;
}

/** Whether a field can show a value whole. */
function canShow(field: FieldSpec, json: Json | undefined): boolean {
  if (json === undefined) return field.kind !== 'json' && field.kind !== 'coordinates' && field.kind !== 'claims-sets';
  switch (field.kind) {
    case 'text':
      return typeof json === 'string';
    case 'integer':
    case 'number':
    case 'duration':
    case 'time':
    case 'choice':
      return numberText(json) !== undefined;
    case 'bytes':
      return bytesHex(json) !== undefined;
    case 'text-list':
      return Array.isArray(json)
        ? json.every((item: Json) => typeof item === 'string' && item !== '' && !item.includes('\n')) &&
            (json.length > 1 || (field.single !== true && json.length > 0))
        : typeof json === 'string' && field.single === true && json !== '' && !json.includes('\n');
    case 'countries':
    case 'methods':
      return (
        Array.isArray(json) &&
        json.length > 0 &&
        json.every((item: Json) => typeof item === 'string' && /^[^\s,;]+$/.test(item))
      );
    case 'networks':
      return (
        Array.isArray(json) &&
        json.length > 0 &&
        JSON.stringify(parseNetworks(listText(json, ' ') ?? '')) === JSON.stringify(json)
      );
    case 'uri-rules':
    case 'header-rules':
      return readRuleLines(json) !== undefined;
    case 'group': {
      const names = new Set(field.members.map(({ name }) => name));
      return isJsonObject(json) && Object.keys(json).every((name) => names.has(name));
    }
    case 'tuple':
      return Array.isArray(json) && json.length <= field.members.length;
    case 'list':
      return Array.isArray(json);
    case 'coordinates':
    case 'claims-sets':
    case 'json':
      return false;
    default:
      return assertNever(field);
  }
}

function Shown(props: FieldProps) {
  const { field } = props;
  switch (field.kind) {
    case 'text':
      return (
        <TypedField
          {...props}
          read={(json) => (typeof json === 'string' ? json : '')}
          write={(text) => (text === '' ? undefined : text)}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
        />
      );
    case 'integer':
    case 'number':
      return (
        <TypedField
          {...props}
          read={(json) => numberText(json) ?? ''}
          write={parseNumber}
          end={field.unit === undefined ? undefined : <span className="hint">{field.unit}</span>}
        />
      );
    case 'time':
      return <TimeField {...props} />;
    case 'duration':
      return <DurationField {...props} />;
    case 'choice':
      return <ChoiceField {...props} options={field.options} />;
    case 'bytes':
      return field.text === true && bytesText(props.json ?? { hex: '' }) !== undefined ? (
        <TypedField
          {...props}
          read={(json) => bytesText(json ?? { hex: '' }) ?? ''}
          write={(text) => hexOfText(text)}
          placeholder={field.suggestions?.join(', ') ?? ''}
        />
      ) : (
        <BytesField {...props} random={field.random} />
      );
    case 'text-list':
      return (
        <TypedField
          {...props}
          rows={2}
          hint={props.hint ?? 'One a line.'}
          placeholder={field.placeholder ?? ''}
          read={(json) => listText(json, '\n') ?? ''}
          write={(text) => {
            const lines = parseLines(text);
            return lines.length === 0 ? undefined : field.single === true && lines.length === 1 ? lines[0] : lines;
          }}
        />
      );
    case 'countries':
      return <CountriesField {...props} />;
    case 'methods':
      return (
        <TypedField
          {...props}
          placeholder="GET, HEAD"
          read={(json) => listText(json, ', ') ?? ''}
          write={(text) => orNothing(parseWords(text))}
        />
      );
    case 'networks':
      return <NetworksField {...props} />;
    case 'uri-rules':
    case 'header-rules':
      return <RulesField {...props} kind={field.kind} />;
    case 'group':
      return <Members {...props} members={field.members} />;
    case 'tuple':
      return <TupleField {...props} members={field.members} />;
    case 'list':
      return <ListField {...props} of={field.of} addLabel={field.addLabel} />;
    case 'coordinates':
    case 'claims-sets':
    case 'json':
      return null;
    default:
      return assertNever(field);
  }
}

const orNothing = <T extends Json>(list: readonly T[]): readonly T[] | undefined =>
  list.length === 0 ? undefined : list;

const errorOf = (problems: readonly JsonProblem[]): string | undefined =>
  problems.length === 0 ? undefined : problems.map(({ path, message }) => [...path, message].join(': ')).join('. ');

function TypedField(
  props: FieldProps & {
    readonly read: (json: Json | undefined) => string;
    readonly write: (text: string) => Json | undefined;
    readonly placeholder?: string;
    readonly rows?: number;
    readonly end?: ReactNode;
    readonly isMono?: boolean;
  },
) {
  const { label, json, onChange, problems, hint, read, write, placeholder, rows, end, isMono } = props;
  const [text, setText] = useTyped(json, read, write);
  return (
    <TextField
      label={label}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(write(next));
      }}
      error={errorOf(problems)}
      {...(hint === undefined ? {} : { hint })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(rows === undefined ? {} : { rows })}
      {...(isMono === undefined ? {} : { isMono })}
      end={end}
    />
  );
}

/** A moment in words or in seconds, with what was understood beside it. */
function TimeField(props: FieldProps) {
  const now = useClock((clock) => clock.now);
  const text = numberText(props.json) ?? '';
  const moment = text === '' ? undefined : parseMoment(text, { now, zone: localZone() });
  return (
    <TypedField
      {...props}
      read={(json) => numberText(json) ?? ''}
      write={parseNumber}
      placeholder="+2h, tonight 23:59, 2026-11-24 20:00"
      hint={moment?.ok ? moment.value.understood : props.hint}
    />
  );
}

function DurationField(props: FieldProps) {
  return (
    <TypedField
      {...props}
      read={(json) => numberText(json) ?? ''}
      write={(text) => (/[a-z]/i.test(text) ? (parseDuration(text) ?? text) : parseNumber(text))}
      placeholder="2h, 90 min, 300"
      hint={typeof props.json === 'number' ? formatDuration(seconds(props.json)) : 'Seconds, or 90 min.'}
    />
  );
}

const NONE = 'none';

function ChoiceField(props: FieldProps & { readonly options: Extract<FieldSpec, { kind: 'choice' }>['options'] }) {
  const { label, json, onChange, problems, options } = props;
  const known = options.some(({ value }) => value === json);
  const all = [
    { id: NONE, text: 'Not there' },
    ...options.map(({ value, label: text, hint }) => ({
      id: JSON.stringify(value),
      text,
      ...(hint === undefined ? {} : { hint }),
    })),
    ...(json === undefined || known ? [] : [{ id: JSON.stringify(json), text: JSON.stringify(json) }]),
  ];
  return (
    <>
      <Select
        label={label}
        options={all}
        selected={json === undefined ? NONE : JSON.stringify(json)}
        onSelect={(id) => onChange(id === NONE ? undefined : (JSON.parse(id) as Json))}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
      />
      <Problems problems={problems} />
    </>
  );
}

function BytesField(props: FieldProps & { readonly random: number | undefined }) {
  const { random } = props;
  return (
    <TypedField
      {...props}
      isMono
      read={(json) => bytesHex(json) ?? ''}
      write={(text) => (text.trim() === '' ? undefined : { hex: text.trim() })}
      placeholder="hex"
      end={
        random === undefined ? undefined : (
          <IconButton
            label={`Draw ${random} random bytes`}
            icon="reset"
            onPress={() => props.onChange({ hex: encodeHex(crypto.getRandomValues(new Uint8Array(random))) })}
          />
        )
      }
    />
  );
}

const COUNTRY_OPTIONS = Object.entries(COUNTRIES)
  .map(([id, [, name]]) => ({ id, text: name, hint: id }))
  .sort((a, b) => a.text.localeCompare(b.text, 'en'));

function CountriesField(props: FieldProps) {
  const codes = Array.isArray(props.json) ? (props.json as readonly string[]) : [];
  const names = codes.map((code) => countryName(code.split('-', 1)[0]?.toUpperCase() ?? '') ?? code);
  return (
    <div className="field">
      <TypedField
        {...props}
        placeholder="SE, NO, US-CA"
        read={(json) => listText(json, ', ') ?? ''}
        write={(text) => orNothing(parseWords(text).map((code) => code.toUpperCase()))}
        hint={names.length === 0 ? 'Everywhere.' : names.join(', ')}
      />
      <Select
        label="Add a country"
        isLabelHidden
        options={[{ id: NONE, text: 'Add a country…', hint: '' }, ...COUNTRY_OPTIONS]}
        selected={NONE}
        onSelect={(code) => {
          if (code !== NONE && !codes.includes(code)) props.onChange([...codes, code]);
        }}
      />
    </div>
  );
}

function NetworksField(props: FieldProps) {
  const isPerson =
    Array.isArray(props.json) &&
    props.json.some((one: Json) => typeof one === 'string' && (!one.includes('/') || /\/(32|128)$/.test(one)));
  return (
    <>
      <TypedField
        {...props}
        isMono
        placeholder="203.0.113.0/24"
        read={(json) => listText(json, ', ') ?? ''}
        write={(text) => (text.trim() === '' ? undefined : parseNetworks(text))}
      />
      {isPerson ? (
        <p className="is-warn">
          <Icon name="warning" size={12} />A full address identifies a person to everybody who holds the token. Use a
          range such as /24, or /56 for IPv6.
        </p>
      ) : null}
    </>
  );
}

export function Problems({ problems }: { readonly problems: readonly JsonProblem[] }) {
  const text = errorOf(problems);
  return text === undefined ? null : (
    <p className="er" role="alert">
      <Icon name="fail" size={12} />
      <span>{text}</span>
    </p>
  );
}

const here = (problems: readonly JsonProblem[]) => problems.filter(({ path }) => path.length === 0);

function Members(props: FieldProps & { readonly members: readonly FieldMember[] }) {
  const { json, onChange, problems, members } = props;
  const value = isJsonObject(json) ? json : {};
  return (
    <fieldset className="is-group">
      <legend className="lbl">{props.label}</legend>
      {members.map(({ name, label, hint, field, optional }) => (
        <ClaimField
          key={name}
          label={optional === true ? `${label} (optional)` : label}
          {...(hint === undefined ? {} : { hint })}
          field={field}
          json={value[name]}
          problems={problemsUnder(problems, name)}
          onChange={(next) => {
            const { [name]: _, ...others } = value;
            onChange(next === undefined ? others : { ...value, [name]: next });
          }}
        />
      ))}
      <Problems problems={here(problems)} />
    </fieldset>
  );
}

function TupleField(props: FieldProps & { readonly members: readonly FieldMember[] }) {
  const { json, onChange, problems, members } = props;
  const value: readonly Json[] = Array.isArray(json) ? json : [];
  return (
    <fieldset className="is-group">
      <legend className="lbl">{props.label}</legend>
      {members.map(({ name, label, hint, field }, index) => (
        <ClaimField
          key={name}
          label={label}
          {...(hint === undefined ? {} : { hint })}
          field={field}
          json={value[index] ?? undefined}
          problems={problemsUnder(problems, index)}
          onChange={(next) => {
            const items = members.map((_, at) => (at === index ? (next ?? null) : (value[at] ?? null)));
            while (items.length > 0 && items.at(-1) === null) items.pop();
            onChange(items);
          }}
        />
      ))}
      <Problems problems={here(problems)} />
    </fieldset>
  );
}

function ListField(props: FieldProps & { readonly of: FieldSpec; readonly addLabel: string }) {
  const { json, onChange, problems, of, addLabel } = props;
  const items: readonly Json[] = Array.isArray(json) ? json : [];
  return (
    <fieldset className="is-group">
      <legend className="lbl">{props.label}</legend>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items are their places
        <div className="is-item" key={index}>
          <ClaimField
            label={`${props.label} ${index + 1}`}
            field={of}
            json={item}
            problems={problemsUnder(problems, index)}
            onChange={(next) => onChange(items.map((one, at) => (at === index ? (next ?? emptyOf(of)) : one)))}
          />
          <IconButton
            label={`Remove ${index + 1}`}
            icon="close"
            onPress={() => onChange(items.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Problems problems={here(problems)} />
      <span className="is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={() => onChange([...items, emptyOf(of)])}>
          {addLabel}
        </Button>
      </span>
    </fieldset>
  );
}

/** What a claim or item starts from when it is added: nothing is guessed that would let anybody in or keep them out. */
export function emptyOf(field: FieldSpec): Json {
  switch (field.kind) {
    case 'bytes':
      return { hex: field.random === undefined ? '' : encodeHex(crypto.getRandomValues(new Uint8Array(field.random))) };
    case 'choice':
      return field.options[0]?.value ?? '';
    case 'group':
    case 'uri-rules':
    case 'header-rules':
    case 'json':
      return {};
    case 'tuple':
    case 'list':
    case 'claims-sets':
    case 'coordinates':
    case 'networks':
    case 'countries':
    case 'methods':
      return [];
    default:
      return '';
  }
}
