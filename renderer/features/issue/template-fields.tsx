import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { useIssue, useIssueModel } from './model.ts';
import { OwnTemplate } from './own-template.tsx';
import { StreamCheck } from './stream-check.tsx';
import { VideoPicker } from './video-picker.tsx';

/** What a template asks for. */
export function TemplateFields() {
  const model = useIssueModel();
  const start = useIssue((state) => state.start);
  const [isPicking, setPicking] = useState(false);
  if (start.kind !== 'template') return null;
  const { template, filled, problems } = start;
  const own = problems.filter(({ variable }) => variable === undefined);
  return (
    <section className="is-sec" aria-label={template.title}>
      <h2>Template</h2>
      <div className="is-sec-b">
        {template.variables.map((variable) => {
          const text = filled[variable.name] ?? '';
          const problem = problems.find((one) => one.variable === variable.name)?.message;
          const isBlank = text.trim() === '';
          return (
            <TextField
              key={variable.name}
              label={variable.label}
              value={text}
              onChange={(next) => model.fill(variable.name, next)}
              placeholder={variable.otherwise ?? variable.example ?? ''}
              hint={
                (variable.type === 'id'
                  ? 'An id, or an embed or address to read it from. A livestream’s path may have another id than the OVP.'
                  : variable.hint) ??
                (variable.otherwise === undefined ? undefined : `${variable.otherwise} when it is left blank.`)
              }
              isRequired={variable.otherwise === undefined}
              // an empty field that nobody came to yet is not wrong
              error={isBlank ? undefined : problem}
              end={
                variable.type === 'id' ? (
                  <IconButton label="Choose from the OVP’s list…" icon="search" onPress={() => setPicking(true)} />
                ) : undefined
              }
            />
          );
        })}
        {template.variables.some(({ type }) => type === 'id') ? <StreamCheck /> : null}
        {isPicking ? <VideoPicker onClose={() => setPicking(false)} /> : null}
        {start.id.startsWith('own/') ? <OwnTemplate id={start.id.slice('own/'.length)} title={template.title} /> : null}
        {own.map(({ message }) => (
          <Note key={message} kind="fail">
            {message}
          </Note>
        ))}
      </div>
    </section>
  );
}
