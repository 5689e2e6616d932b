import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { columnsOf, type ExtraName, type OutputFormat } from './job.ts';
import { useBatch, useBatchModel } from './model.ts';
import type { RowsPreview } from './use-rows-preview.ts';

const FORMATS: readonly { readonly id: OutputFormat; readonly text: string; readonly hint: string }[] = [
  { id: 'csv', text: 'CSV', hint: 'the columns of the rows, and “token”' },
  { id: 'json', text: 'JSON', hint: 'an array with an object for each row' },
  { id: 'ndjson', text: 'JSON lines', hint: 'an object a line' },
  { id: 'embeds', text: 'Embeds', hint: 'HTML with a player for each row' },
];

/** What is written beside the tokens, and how. */
export function OutputFields({ preview }: { readonly preview: RowsPreview }) {
  const model = useBatchModel();
  const format = useBatch((state) => state.format);
  return (
    <section className="bt-sec" aria-label="Output">
      <h3>Output</h3>
      <Select
        label="Format"
        options={FORMATS}
        selected={format}
        onSelect={(id) => model.set({ format: id, error: undefined })}
      />
      {format === 'embeds' ? null : <Extra name="url" label="Stream URL, tokenised" preview={preview} />}
      <Extra name="playerId" label="Player id of the embed" preview={preview} />
      <Extra name="mediaId" label="Video id of the embed" preview={preview} />
    </section>
  );
}

const NONE = 'none';
const SAME = 'same';

/** Nothing, a column, or a text that is the same in every row. */
function Extra(props: { readonly name: ExtraName; readonly label: string; readonly preview: RowsPreview }) {
  const { name, label, preview } = props;
  const model = useBatchModel();
  const source = useBatch((state) => state.extras[name]);
  const selected = source === undefined ? NONE : source.kind === 'constant' ? SAME : `column ${source.column}`;
  return (
    <>
      <Select
        label={label}
        selected={selected}
        options={[
          { id: NONE, text: 'not written' },
          { id: SAME, text: 'the same in every row' },
          ...columnsOf(preview.choices).map((column) => ({ id: `column ${column}`, text: column })),
        ]}
        onSelect={(id) =>
          model.setExtra(
            name,
            id === NONE
              ? undefined
              : id === SAME
                ? { kind: 'constant', constant: '' }
                : { kind: 'column', column: id.slice('column '.length) },
          )
        }
      />
      {source?.kind === 'constant' ? (
        <TextField
          aria-label={`${label}, in every row`}
          isMono
          placeholder={name === 'url' ? 'https://cdn.example.com/hls/master.m3u8' : ''}
          value={source.constant}
          onChange={(constant) => model.setExtra(name, { kind: 'constant', constant })}
        />
      ) : null}
    </>
  );
}
