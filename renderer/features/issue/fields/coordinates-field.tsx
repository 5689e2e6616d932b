import type { Json } from '../../../../shared/json.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { problemsUnder } from '../use-preview.ts';
import type { FieldProps } from './field-props.ts';
import { numberText, parseNumber } from './field-text.ts';
import { Problems, TypedField } from './typed-field.tsx';

const PARTS = [
  { name: 'Latitude', placeholder: '59.33' },
  { name: 'Longitude', placeholder: '18.07' },
  { name: 'Radius', placeholder: '5000', unit: 'm' },
] as const;

/** Circles on the ground, one a line. A pair copied from a map, “59.33, 18.07”, fills both numbers. */
export function CoordinatesField({ label, json, onChange, problems, field }: FieldProps) {
  const places: readonly (readonly Json[])[] = Array.isArray(json)
    ? json.filter((one: Json) => Array.isArray(one))
    : [];
  const put = (index: number, place: readonly Json[]) =>
    onChange(places.map((one, at) => (at === index ? place : one)));
  return (
    <fieldset className="is-group">
      <legend className="lbl">{label}</legend>
      {places.map((place, index) => {
        const wrong = problemsUnder(problems, index);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places are their order
          <div className="is-item is-place" key={index}>
            {PARTS.map((part, at) => (
              <TypedField
                key={part.name}
                label={`${part.name} ${index + 1}`}
                field={field}
                json={place[at] === null ? undefined : place[at]}
                problems={problemsUnder(wrong, at)}
                placeholder={part.placeholder}
                read={(value) => numberText(value) ?? ''}
                write={parseNumber}
                end={'unit' in part ? <span className="hint">{part.unit}</span> : undefined}
                onChange={(value) => {
                  const pair = typeof value === 'string' ? PAIR.exec(value) : null;
                  put(
                    index,
                    PARTS.map((_, other) =>
                      pair !== null && other < 2
                        ? Number(pair[other + 1])
                        : other === at
                          ? (value ?? null)
                          : (place[other] ?? null),
                    ),
                  );
                }}
              />
            ))}
            <IconButton
              label={`Remove place ${index + 1}`}
              icon="close"
              onPress={() => {
                const left = places.filter((_, at) => at !== index);
                onChange(left);
              }}
            />
            <Problems problems={wrong.filter(({ path }) => path.length === 0)} />
          </div>
        );
      })}
      <Problems problems={problems.filter(({ path }) => path.length === 0)} />
      <span className="is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={() => onChange([...places, [null, null, 1000]])}>
          Add place
        </Button>
      </span>
    </fieldset>
  );
}

const PAIR = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/;
