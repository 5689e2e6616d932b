import { useId, useState } from 'react';
import type { JsonProblem } from '../../../shared/claims/claim.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { Icon } from '../../ui/icon.tsx';
import { draftToEdn, ednToDraft } from './edn-text.ts';
import { localClock, useIssue, useIssueModel } from './model.ts';
import { parseJsonText } from './parse-json-text.ts';

const sentences = (problems: readonly JsonProblem[]): readonly string[] =>
  problems.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));

/** The claims as JSON. Whatever reads as JSON is the draft at once; the rest waits in the editor. */
export function JsonView({ problems }: { readonly problems: readonly JsonProblem[] }) {
  const model = useIssueModel();
  const claims = useIssue((state) => state.draft.claims);
  const [typed, setTyped] = useState({ text: JSON.stringify(claims, undefined, 2), of: claims });
  const [error, setError] = useState<string | undefined>(undefined);
  // changed elsewhere, by a template or a clone
  const text = typed.of === claims ? typed.text : JSON.stringify(claims, undefined, 2);
  return (
    <TextView
      label="Claims as JSON"
      text={text}
      errors={error === undefined ? sentences(problems) : [error]}
      onChange={(next) => {
        const read = parseJsonText(next);
        if (read.ok && isJsonObject(read.value)) {
          setTyped({ text: next, of: read.value });
          setError(undefined);
          model.setClaims(read.value);
        } else {
          setTyped({ text: next, of: claims });
          setError(read.ok ? 'Claims are an object: { "exp": "+2h" }' : read.error.message);
        }
      }}
    />
  );
}

/** The claims in diagnostic notation, by their labels; moments in words stay until their number is changed. */
export function EdnView() {
  const model = useIssueModel();
  const draft = useIssue((state) => state.draft);
  const [start] = useState(() => ({ draft, clock: localClock() }));
  const [typed, setTyped] = useState(() => ({ ...draftToEdn(draft, start.clock), of: draft }));
  const shown = typed.of === draft ? typed : { ...draftToEdn(draft, start.clock), of: draft };
  const [error, setError] = useState<string | undefined>(undefined);
  return (
    <TextView
      label="Claims in EDN"
      text={shown.text}
      errors={error === undefined ? shown.problems : [error]}
      onChange={(text) => {
        const read = ednToDraft(text, draft, start.clock);
        setTyped({ text, problems: [], of: read.ok ? read.value : draft });
        setError(read.ok ? undefined : read.error);
        if (read.ok) model.setDraft(read.value);
      }}
    />
  );
}

function TextView(props: {
  readonly label: string;
  readonly text: string;
  readonly errors: readonly string[];
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="is-text">
      <textarea
        className="is-code"
        aria-label={props.label}
        aria-describedby={id}
        value={props.text}
        spellCheck={false}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <div className="is-text-f" id={id} role="status">
        {props.errors.length === 0 ? (
          <span className="hint">In step with the form.</span>
        ) : (
          props.errors.map((error) => (
            <p key={error} className="er">
              <Icon name="fail" size={12} />
              <span>{error}</span>
            </p>
          ))
        )}
      </div>
    </div>
  );
}
