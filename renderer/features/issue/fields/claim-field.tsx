import { assertNever } from '../../../../shared/assert-never.ts';
import { BytesField } from './bytes-field.tsx';
import { canShow } from './can-show.ts';
import { CborField } from './cbor-field.tsx';
import { ChoiceField } from './choice-field.tsx';
import { ClaimsSetsField } from './claims-sets-field.tsx';
import { CoordinatesField } from './coordinates-field.tsx';
import { CountriesField } from './countries-field.tsx';
import type { FieldProps } from './field-props.ts';
import { bytesText, hexOfText, numberText, parseNumber } from './field-text.ts';
import { ListField, Members, TupleField } from './group-fields.tsx';
import { JsonField } from './json-field.tsx';
import { ListTextField } from './list-text-field.tsx';
import { MatchField } from './match-field.tsx';
import { MethodsField } from './methods-field.tsx';
import { NetworksField } from './networks-field.tsx';
import { ResponsesField } from './responses-field.tsx';
import { RulesField } from './rules-field.tsx';
import { ScalarField } from './scalar-field.tsx';
import { DurationField, TimeField } from './time-field.tsx';
import { TypedField } from './typed-field.tsx';

/** One value, edited as its field says. What the field cannot show is edited as claims JSON, and nothing is lost. */
export function ClaimField(props: FieldProps) {
  return canShow(props.field, props.json) ? <Shown {...props} /> : <JsonField {...props} />;
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
      return <ListTextField {...props} single={field.single === true} placeholder={field.placeholder ?? ''} />;
    case 'countries':
      return <CountriesField {...props} />;
    case 'methods':
      return <MethodsField {...props} />;
    case 'networks':
      return <NetworksField {...props} />;
    case 'uri-rules':
    case 'header-rules':
      return <RulesField {...props} kind={field.kind} />;
    case 'group':
      return <Members {...props} Field={ClaimField} members={field.members} />;
    case 'tuple':
      return <TupleField {...props} Field={ClaimField} members={field.members} />;
    case 'list':
      return <ListField {...props} Field={ClaimField} of={field.of} addLabel={field.addLabel} />;
    case 'coordinates':
      return <CoordinatesField {...props} />;
    case 'claims-sets':
      return <ClaimsSetsField {...props} Field={ClaimField} />;
    case 'scalar':
      return <ScalarField {...props} isNumber={field.number === true} />;
    case 'match':
      return <MatchField {...props} options={field.options} end={field.end} />;
    case 'choices':
      return <MethodsField {...props} options={field.options} />;
    case 'cbor':
      return <CborField {...props} />;
    case 'responses':
      return <ResponsesField {...props} />;
    case 'json':
      return null;
    default:
      return assertNever(field);
  }
}
