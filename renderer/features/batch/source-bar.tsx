import { TARGETS } from '../../../shared/issue/targets.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { IconButton, LinkButton } from '../../ui/button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Select } from '../../ui/select.tsx';
import { matrixSize } from './job.ts';
import { type BatchState, type NamedTemplate, useBatch, useBatchModel } from './model.ts';
import type { RowsPreview } from './use-rows-preview.ts';

/** What the rows are, and the three choices that hold for all of them. */
export function SourceBar(props: { readonly preview: RowsPreview; readonly templates: readonly NamedTemplate[] }) {
  const { preview, templates } = props;
  const model = useBatchModel();
  const go = useNavigation((navigation) => navigation.go);
  const rows = useBatch((state) => state.rows);
  const template = useBatch((state) => state.template);
  const target = useBatch((state) => state.target);
  const { key, keys } = preview;
  if (rows === undefined) return null;
  const name = rows.kind === 'table' ? rows.table.fileName : 'Matrix';
  return (
    <section className="bt-bar" aria-label="Rows, template, key and target" data-region>
      <span className="bt-src">
        <Icon name={rows.kind === 'table' ? 'table' : 'matrix'} />
        <b className="ell" title={escapeText(name)}>
          <Literal text={name} />
        </b>
        <span className="muted ell">{describe(rows, preview)}</span>
        <IconButton label="Close these rows" icon="close" size={12} onPress={model.close} />
      </span>
      <span className="bt-pick">
        <span className="lbl">Template</span>
        <Select
          label="Template"
          isLabelHidden
          selected={template.id}
          options={templates.map(({ id, template: one }) => ({ id, text: one.title, hint: one.summary }))}
          onSelect={(id) => {
            const chosen = templates.find((one) => one.id === id);
            if (chosen !== undefined) model.setTemplate(chosen);
          }}
        />
      </span>
      <span className="bt-pick">
        <span className="lbl">Key</span>
        {key === undefined ? (
          <LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key</LinkButton>
        ) : (
          <Select
            label="Key"
            isLabelHidden
            selected={key.id}
            options={keys.map((one) => ({
              id: one.id,
              text: one.name,
              content: (
                <span className="row">
                  <EnvTag environment={one.environment} />
                  <Literal text={one.name} />
                </span>
              ),
            }))}
            onSelect={(id) => model.set({ keyId: id, confirmName: '', error: undefined })}
          />
        )}
      </span>
      <span className="bt-pick">
        <span className="lbl">Target</span>
        <Select
          label="Target"
          isLabelHidden
          selected={target}
          options={TARGETS.map((one) => ({ id: one.id, text: one.name, hint: one.summary }))}
          onSelect={(id) => model.set({ target: id, error: undefined })}
        />
      </span>
    </section>
  );
}

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function describe(rows: NonNullable<BatchState['rows']>, { result, choices }: RowsPreview): string {
  if (rows.kind === 'matrix') return `${count(matrixSize(choices), 'combination')}`;
  const { columns, format, delimiter } = rows.table;
  const parts = [
    ...(result === undefined ? [] : [count(result.rows, 'row')]),
    count(columns.length, 'column'),
    format === 'csv'
      ? delimiter === undefined
        ? 'CSV'
        : DELIMITERS[delimiter]
      : format === 'json'
        ? 'JSON'
        : 'JSON lines',
  ];
  return parts.join(', ');
}

export const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : `${noun}s`}`;
