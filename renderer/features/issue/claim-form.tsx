import type { ReactNode } from 'react';
import type { ClaimDefinition } from '../../../shared/claims/claim.ts';
import { CLAIMS, claimByName } from '../../../shared/claims/registry.ts';
import type { Draft } from '../../../shared/issue/draft.ts';
import { useClock } from '../../shell/clock.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Rich } from '../../ui/rich.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { describeClaim } from './describe-claim.ts';
import { ClaimField } from './fields/claim-field.tsx';
import { emptyOf } from './fields/empty-of.ts';
import { JsonField } from './fields/json-field.tsx';
import { MatchTester, RuleHits } from './match-tester.tsx';
import { useIssue, useIssueModel } from './model.ts';
import { TemplateFields } from './template-fields.tsx';
import { type Preview, problemsOf } from './use-preview.ts';

const LENGTHS = [
  { id: '+15m', title: '15 min' },
  { id: '+1h', title: '1 h' },
  { id: '+2h', title: '2 h' },
  { id: '+6h', title: '6 h' },
  { id: '+24h', title: '24 h' },
  { id: 'tonight 23:59', title: 'Tonight' },
] as const;

/** Claims that have a place of their own, there or not; all others are added. */
const PLACED: ReadonlySet<string> = new Set([
  'nbf',
  'exp',
  'catu',
  'catgeoiso3166',
  'catnip',
  'catm',
  'iss',
  'cti',
  'sub',
]);

/** The claims of the draft, each edited as its definition says. */
export function ClaimForm({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const claims = useIssue((state) => state.draft.claims);
  const now = useClock((clock) => clock.now);
  const { exp } = claims;
  const others = Object.keys(claims).filter((name) => !PLACED.has(name));
  const addable = CLAIMS.filter(({ name }) => !PLACED.has(name) && claims[name] === undefined);
  const { result } = preview;
  return (
    <div className="scroll">
      <TemplateFields />
      <Section title="Valid">
        <SegmentedControl
          label="Valid for"
          options={LENGTHS}
          selected={LENGTHS.find(({ id }) => id === exp)?.id}
          onSelect={(length) => model.setClaim('exp', length)}
        />
        <div className="is-two">
          <Claim name="nbf" label="From" preview={preview} hint="At once." />
          <Claim name="exp" label="Until" preview={preview} hint="No expiry." />
        </div>
      </Section>
      <Section title="URL">
        <Claim name="catu" preview={preview} endOf={(line) => <RuleHits line={line} preview={preview} />} />
        <MatchTester preview={preview} />
      </Section>
      <Section title="Viewer">
        <div className="is-two">
          <Claim name="catgeoiso3166" label="Countries" preview={preview} />
          <Claim name="catnip" label="Network" preview={preview} hint="Anywhere." />
        </div>
        <Claim name="catm" label="Methods" preview={preview} hint="Any method." />
      </Section>
      <Section title="Identity">
        <div className="is-three">
          <Claim name="iss" label="Issuer" preview={preview} />
          <Claim name="cti" label="Token id" preview={preview} />
          <Claim name="sub" label="Subject" preview={preview} />
        </div>
      </Section>
      <Section title="More">
        {others.map((name) => (
          <div className="is-item" key={name}>
            <Claim name={name} preview={preview} />
            <IconButton label={`Remove ${name}`} icon="close" onPress={() => model.setClaim(name, undefined)} />
          </div>
        ))}
        <KeptClaims />
        <span className="is-addclaim">
          <Select
            label="Add a claim"
            isLabelHidden
            selected=""
            options={[
              { id: '', text: 'Add a claim…' },
              ...addable.map(({ name, title, summary }) => ({ id: name, text: `${title} (${name})`, hint: summary })),
            ]}
            onSelect={(name) => {
              const definition = claimByName(name);
              if (definition !== undefined) model.setClaim(name, emptyOf(definition.form));
            }}
          />
        </span>
      </Section>
      <Section title="In words">
        <p className="is-words copyable" data-testid="in-words">
          {result.ok ? <Rich text={result.value.sentence} now={now} /> : 'It can be said once the claims can be read.'}
        </p>
      </Section>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="is-sec" aria-label={title}>
      <h2>{title}</h2>
      <div className="is-sec-b">{children}</div>
    </section>
  );
}

function Claim(props: {
  readonly name: string;
  readonly preview: Preview;
  readonly label?: string;
  readonly hint?: string;
  readonly endOf?: Parameters<typeof ClaimField>[0]['endOf'];
}) {
  const { name, preview, hint, endOf } = props;
  const model = useIssueModel();
  const json = useIssue((state) => state.draft.claims[name]);
  const original = useIssue((state) => (state.start.kind === 'clone' ? state.start.original : undefined));
  const definition = claimByName(name.replace(/#\d+$/, ''));
  const problems = problemsOf(preview.problems, name);
  const notes =
    preview.result.ok && !preview.isUntouched ? preview.result.value.notes.filter((note) => note.claim === name) : [];
  const isWanted = notes.some(({ kind }) => kind === 'refused') && !preview.isUntouched;
  const label = props.label ?? (definition === undefined ? name : `${definition.title} (${name})`);
  const common = { label, json, problems, onChange: (next: typeof json) => model.setClaim(name, next) };
  return (
    <div className="field grow">
      {definition === undefined ? (
        <JsonField {...common} field={{ kind: 'json' }} />
      ) : (
        <ClaimField
          {...common}
          field={definition.form}
          // what an absent claim means is no longer so once it is there, or once it must be there
          {...(hint === undefined || json !== undefined || isWanted ? {} : { hint })}
          {...(endOf === undefined ? {} : { endOf })}
        />
      )}
      {notes.map(({ code, kind, message }) => (
        <p key={code} className={kind === 'refused' ? 'er' : 'hint'}>
          {message}
        </p>
      ))}
      {original === undefined ? null : <Was definition={definition} name={name} original={original} />}
    </div>
  );
}

/** What a cloned claim was before it was changed. */
function Was(props: {
  readonly definition: ClaimDefinition | undefined;
  readonly name: string;
  readonly original: Draft;
}) {
  const json = useIssue((state) => state.draft.claims[props.name]);
  const now = useClock((clock) => clock.now);
  const before = props.original.claims[props.name];
  if (JSON.stringify(before) === JSON.stringify(json)) return null;
  return (
    <p className="is-was">
      {before === undefined ? (
        'Changed: was not there'
      ) : (
        <>
          Changed: was <s>{describeClaim(props.name, before, now)}</s>
        </>
      )}
    </p>
  );
}

/** Claims of a cloned token that are carried over byte by byte. */
function KeptClaims() {
  const model = useIssueModel();
  const draft = useIssue((state) => state.draft);
  return draft.kept.map(({ label, value }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same claim may stand twice
    <div className="is-item" key={index}>
      <span className="grow">
        <span className="lbl">Kept byte for byte: label {label}</span>
        <code className="is-kept copyable">
          <Literal text={value} />
        </code>
      </span>
      <Button
        size="small"
        variant="ghost"
        onPress={() => model.setDraft({ ...draft, kept: draft.kept.filter((_, at) => at !== index) })}
      >
        Leave out
      </Button>
    </div>
  ));
}
