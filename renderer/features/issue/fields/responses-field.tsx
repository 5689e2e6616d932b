import type { Json } from '../../../../shared/json.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { CborField } from './cbor-field.tsx';
import type { FieldProps } from './field-props.ts';
import { numberText, parseNumber } from './field-text.ts';
import {
  type HeaderLine,
  type HeaderPiece,
  type ResponseLine,
  readResponses,
  writeResponses,
} from './response-lines.ts';
import { ScalarField } from './scalar-field.tsx';
import { Problems, TypedField } from './typed-field.tsx';
import { useTyped } from './use-typed.ts';

const FIELD = { kind: 'json' } as const;

/** What is answered when a claim is the reason to refuse: claims, a status, headers made of pieces. */
export function ResponsesField({ label, json, onChange, problems }: FieldProps) {
  const [lines, setLines] = useTyped<readonly ResponseLine[]>(
    json,
    (from) => readResponses(from) ?? [],
    writeResponses,
  );
  const change = (next: readonly ResponseLine[]) => {
    setLines(next);
    onChange(writeResponses(next));
  };
  return (
    <fieldset className="is-group">
      <legend className="lbl">{label}</legend>
      {lines.map((line, index) => {
        const [member = ''] = Object.keys(writeResponses([line]));
        return (
          <Response
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are their places
            key={index}
            line={line}
            label={`Response ${index + 1}`}
            problems={problems.filter(({ path }) => path[0] === member)}
            onChange={(next) => change(lines.map((one, at) => (at === index ? next : one)))}
            onRemove={() => change(lines.filter((_, at) => at !== index))}
          />
        );
      })}
      <Problems problems={problems.filter(({ path }) => path.length === 0)} />
      <span className="is-add">
        <Button
          size="small"
          variant="ghost"
          icon="plus"
          onPress={() =>
            change([...lines, { claims: ['exp'], status: 403, headers: [], hasHeaders: false, kid: undefined }])
          }
        >
          Add response
        </Button>
      </span>
    </fieldset>
  );
}

function Response(props: {
  readonly line: ResponseLine;
  readonly label: string;
  readonly problems: FieldProps['problems'];
  readonly onChange: (line: ResponseLine) => void;
  readonly onRemove: () => void;
}) {
  const { line, label, onChange } = props;
  const setHeader = (index: number, header: HeaderLine) =>
    onChange({ ...line, headers: line.headers.map((one, at) => (at === index ? header : one)) });
  return (
    <fieldset className="is-group is-set">
      <legend className="lbl">{label}</legend>
      <div className="is-two">
        <TypedField
          label="When refused by"
          field={FIELD}
          json={[...line.claims]}
          problems={[]}
          placeholder="exp, nbf"
          read={(json) => (Array.isArray(json) ? json.join(', ') : '')}
          write={(text) => text.split(/[\s,]+/).filter((name) => name !== '')}
          onChange={(names) => onChange({ ...line, claims: Array.isArray(names) ? names.map(String) : [] })}
        />
        <TypedField
          label="Status"
          field={FIELD}
          json={line.status}
          problems={[]}
          placeholder="302"
          read={(json) => numberText(json) ?? ''}
          write={parseNumber}
          onChange={(status) => onChange({ ...line, status: status ?? '' })}
        />
      </div>
      {line.headers.map((header, index) => (
        <Header
          // biome-ignore lint/suspicious/noArrayIndexKey: the headers are their places
          key={index}
          header={header}
          label={`header ${index + 1}`}
          onChange={(next) => setHeader(index, next)}
          onRemove={() => onChange({ ...line, headers: line.headers.filter((_, at) => at !== index) })}
        />
      ))}
      <div className="row is-add">
        <Button
          size="small"
          variant="ghost"
          icon="plus"
          onPress={() =>
            onChange({
              ...line,
              headers: [...line.headers, { name: 'Location', pieces: [emptyPiece('text')], isList: false }],
            })
          }
        >
          Add header
        </Button>
        <Button size="small" variant="ghost" onPress={props.onRemove}>
          Remove {label.toLowerCase()}
        </Button>
      </div>
      <ScalarField
        label="Key id of tokens in headers (optional)"
        field={FIELD}
        isNumber={false}
        json={line.kid}
        problems={[]}
        onChange={(kid) => onChange({ ...line, kid: kid === '' ? undefined : kid })}
      />
      <Problems problems={props.problems.map(({ path, message }) => ({ path: path.slice(1), message }))} />
    </fieldset>
  );
}

const PIECES = [
  { id: 'text', text: 'Text' },
  { id: 'url', text: 'The refused URL' },
  { id: 'token', text: 'A new token' },
] as const satisfies readonly { readonly id: HeaderPiece['kind']; readonly text: string }[];

const emptyPiece = (kind: HeaderPiece['kind']): HeaderPiece =>
  kind === 'text' ? { kind, text: '' } : kind === 'url' ? { kind } : { kind, claims: [['exp', null]] };

function Header(props: {
  readonly header: HeaderLine;
  readonly label: string;
  readonly onChange: (header: HeaderLine) => void;
  readonly onRemove: () => void;
}) {
  const { header, label, onChange } = props;
  const { pieces } = header;
  const put = (next: readonly HeaderPiece[]) => onChange({ ...header, pieces: next });
  return (
    <>
      <div className="is-item">
        <TextField label={`Name of ${label}`} value={header.name} onChange={(name) => onChange({ ...header, name })} />
        <IconButton label={`Remove ${label}`} icon="close" onPress={props.onRemove} />
      </div>
      {pieces.map((piece, index) => {
        const name = `piece ${index + 1} of ${label}`;
        const set = (next: HeaderPiece) => put(pieces.map((one, at) => (at === index ? next : one)));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are their places
          <div className="is-item" key={index}>
            <span className="is-piece">
              <Select
                label={`What ${name} is`}
                isLabelHidden
                options={PIECES}
                selected={piece.kind}
                onSelect={(kind) => set(emptyPiece(kind))}
              />
            </span>
            <Piece piece={piece} label={name} onChange={set} />
            <IconButton
              label={`Remove ${name}`}
              icon="close"
              isDisabled={pieces.length === 1}
              onPress={() => put(pieces.filter((_, at) => at !== index))}
            />
          </div>
        );
      })}
      <span className="is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={() => put([...pieces, emptyPiece('url')])}>
          Add piece
        </Button>
      </span>
    </>
  );
}

function Piece(props: {
  readonly piece: HeaderPiece;
  readonly label: string;
  readonly onChange: (piece: HeaderPiece) => void;
}) {
  const { piece, label, onChange } = props;
  if (piece.kind === 'url') return <span className="hint grow">The URL that was asked for is put here.</span>;
  if (piece.kind === 'text')
    return (
      <div className="field grow">
        <TextField
          aria-label={`Text of ${label}`}
          isMono
          value={piece.text}
          onChange={(text) => onChange({ ...piece, text })}
        />
      </div>
    );
  const put = (claims: readonly (readonly [string, Json])[]) => onChange({ ...piece, claims });
  return (
    <div className="field grow">
      {piece.claims.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the claims are their places
        <div className="is-item" key={index}>
          <TextField
            label={`Claim ${index + 1}`}
            value={name}
            onChange={(next) => put(piece.claims.map((one, at) => (at === index ? [next, value] : one)))}
          />
          <CborField
            label={`Value ${index + 1}`}
            field={FIELD}
            json={value}
            blank={null}
            placeholder="the recipient’s own"
            problems={[]}
            onChange={(next) => put(piece.claims.map((one, at) => (at === index ? [name, next ?? null] : one)))}
          />
          <IconButton
            label={`Remove claim ${index + 1}`}
            icon="close"
            onPress={() => put(piece.claims.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <span className="is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={() => put([...piece.claims, ['', null]])}>
          Add claim of the token
        </Button>
      </span>
    </div>
  );
}
