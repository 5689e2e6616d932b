import { useId, useMemo, useState } from 'react';
import { claimByName } from '../../../shared/claims/registry.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { CodeEditor, type CodeLanguage, type CodeProblem } from '../../ui/code-editor.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { draftToEdn, ednToDraft } from './edn-text.ts';
import { locateInEdn } from './locate-in-edn.ts';
import { localClock, useIssue, useIssueModel } from './model.ts';
import { locateInJson, parseJsonText, type Span } from './parse-json-text.ts';
import type { Preview } from './use-preview.ts';

/** The claims as JSON. Whatever reads as JSON is the draft at once; the rest waits in the editor. */
export function JsonView({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const claims = useIssue((state) => state.draft.claims);
  // no longer once the claims were changed elsewhere, in the form or by a template
  const typed = useIssue((state) => (state.typedJson?.of === claims ? state.typedJson : undefined));
  const text = useMemo(() => typed?.text ?? JSON.stringify(claims, undefined, 2), [typed, claims]);
  const problems = useMemo(
    () => (typed?.problem === undefined ? placeSaid(preview, (path) => locateInJson(text, path)) : [typed.problem]),
    [typed, preview, text],
  );
  return (
    <TextView
      label="Claims as JSON"
      language="json"
      text={text}
      problems={problems}
      onChange={(next) => {
        const read = parseJsonText(next);
        if (read.ok && isJsonObject(read.value)) {
          model.set({ typedJson: { text: next, of: read.value, problem: undefined } });
          model.setClaims(read.value);
        } else {
          const problem: CodeProblem = {
            severity: 'error',
            ...(read.ok
              ? { from: 0, to: next.length, message: 'Claims are an object: { "exp": "+2h" }' }
              : { from: read.error.from, to: read.error.to, message: read.error.message }),
          };
          model.set({ typedJson: { text: next, of: claims, problem } });
        }
      }}
    />
  );
}

/** The claims in diagnostic notation, by their labels; moments in words stay until their number is changed. */
export function EdnView({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const draft = useIssue((state) => state.draft);
  const typed = useIssue((state) => (state.typedEdn?.of === draft ? state.typedEdn : undefined));
  const [clock] = useState(() => typed?.clock ?? localClock());
  const shown = useMemo(
    () => (typed === undefined ? draftToEdn(draft, clock) : { text: typed.text, problems: [] }),
    [typed, draft, clock],
  );
  const problems = useMemo(
    () =>
      typed?.problem === undefined
        ? placeSaid(preview, ([name]) => locateInEdn(shown.text, String(claimByName(String(name))?.label ?? name)))
        : [typed.problem],
    [typed, preview, shown],
  );
  if (shown.problems.length > 0)
    return (
      <div className="is-unread">
        <Note kind="info">There is EDN once all claims can be read. Mend them in the form or as JSON.</Note>
        {shown.problems.map((problem) => (
          <Problem key={problem} message={problem} severity="error" />
        ))}
      </div>
    );
  return (
    <TextView
      label="Claims in EDN"
      language="edn"
      text={shown.text}
      problems={problems}
      onChange={(text) => {
        const read = ednToDraft(text, draft, clock);
        const problem: CodeProblem | undefined = read.ok
          ? undefined
          : { severity: 'error', from: read.error.at, to: read.error.at + 1, message: read.error.message };
        model.set({ typedEdn: { text, of: read.ok ? read.value : draft, problem, clock } });
        if (read.ok) model.setDraft(read.value);
      }}
    />
  );
}

interface Said {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly severity: CodeProblem['severity'];
}

/** What is wrong with single claims, and what the target makes of them. */
function saidOf({ result }: Preview): readonly Said[] {
  if (!result.ok) return result.error.map(({ path, message }) => ({ path, message, severity: 'error' }));
  return result.value.notes.flatMap(({ kind, claim, message }) =>
    claim === undefined || kind === 'hint'
      ? []
      : [{ path: [claim], message, severity: kind === 'refused' ? 'error' : 'warning' }],
  );
}

/** What can be placed in the text; what is wrong and cannot is said all the same. */
const placeSaid = (preview: Preview, locate: (path: Said['path']) => Span | undefined): readonly CodeProblem[] =>
  saidOf(preview).flatMap(({ path, message, severity }) => {
    const place = locate(path);
    if (place === undefined && severity === 'warning') return [];
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    return [{ from: 0, to: 0, ...place, severity, message: `${where}${message}` }];
  });

function TextView(props: {
  readonly label: string;
  readonly language: CodeLanguage;
  readonly text: string;
  readonly problems: readonly CodeProblem[];
  readonly onChange: (text: string) => void;
}) {
  const { problems } = props;
  const id = useId();
  return (
    <div className="is-text">
      <CodeEditor
        label={props.label}
        language={props.language}
        value={props.text}
        onChange={props.onChange}
        problems={problems}
        describedBy={id}
      />
      <div className="is-text-f" id={id} role="status">
        {problems.length === 0 ? (
          <span className="hint">In step with the form.</span>
        ) : (
          problems.map(({ message, severity }) => <Problem key={message} message={message} severity={severity} />)
        )}
      </div>
    </div>
  );
}

function Problem({ message, severity }: Pick<CodeProblem, 'message' | 'severity'>) {
  return (
    <p className={severity === 'error' ? 'er' : 'is-warn'}>
      <Icon name={severity === 'error' ? 'fail' : 'warning'} size={12} />
      <span>
        <Literal text={message} />
      </span>
    </p>
  );
}
