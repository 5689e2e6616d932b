import { useState } from 'react';
import type { SettingsImported } from '../../../shared/contract/settings.ts';
import type { AppError } from '../../../shared/errors.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Row, Section } from './section.tsx';

type Outcome =
  | { readonly kind: 'exported'; readonly fileName: string }
  | { readonly kind: 'imported'; readonly result: SettingsImported }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Settings out of this installation and into another; secrets stay where they are. */
export function Transfer() {
  const { platform, settings } = useSession();
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const [busy, setBusy] = useState<'export' | 'import' | undefined>(undefined);

  const exportAll = async () => {
    setBusy('export');
    const answer = await platform.settings.export();
    setBusy(undefined);
    if (!answer.ok) setOutcome({ kind: 'failed', error: answer.error });
    else if (answer.value !== null) setOutcome({ kind: 'exported', fileName: answer.value.fileName });
  };
  const importAll = async () => {
    setBusy('import');
    const answer = await platform.settings.import();
    setBusy(undefined);
    if (!answer.ok) setOutcome({ kind: 'failed', error: answer.error });
    else if (answer.value !== null) {
      settings.set(answer.value.settings);
      setOutcome({ kind: 'imported', result: answer.value });
    }
  };
  return (
    <Section title="Another computer">
      <Row
        title="Settings file"
        hint="Settings, shortcuts, templates, names of keys and workspaces. No secret is in it, and nothing that helps to guess one."
      >
        <Button icon="export" isBusy={busy === 'export'} onPress={() => void exportAll()}>
          Export…
        </Button>
        <Button icon="upload" isBusy={busy === 'import'} onPress={() => void importAll()}>
          Import…
        </Button>
      </Row>
      {outcome === undefined ? null : (
        <div className="st-out" role="status">
          {outcome.kind === 'failed' ? (
            <ErrorNote error={outcome.error} />
          ) : outcome.kind === 'exported' ? (
            <Note kind="info">
              Written to <Literal text={outcome.fileName} />.
            </Note>
          ) : (
            <Imported result={outcome.result} />
          )}
        </div>
      )}
    </Section>
  );
}

function Imported({ result }: { readonly result: SettingsImported }) {
  const go = useNavigation((navigation) => navigation.go);
  const { workspaces, templates, refused, keys } = result;
  const kept = workspaces.kept.length + templates.kept.length;
  const [first] = keys;
  return (
    <>
      <Note kind="info">
        The settings of <Literal text={result.fileName} /> are in use. {count(workspaces.added, 'workspace')} and{' '}
        {count(templates.added, 'template')} were added
        {kept === 0 ? '.' : `; ${kept} of the same name stayed as they were.`}
      </Note>
      {first === undefined ? null : (
        <Note kind="warning">
          {keys.length === 1 ? 'One key comes' : `${keys.length} keys come`} without a secret:{' '}
          <Literal text={keys.map(({ name, environment }) => `${name} (${environment})`).join(', ')} />.{' '}
          <LinkButton
            onPress={() => go('keys', { kind: 'import-key', ...(first.kid === undefined ? {} : { kid: first.kid }) })}
          >
            Enter a key
          </LinkButton>
        </Note>
      )}
      {refused.map(({ name, reason }) => (
        <Note key={name} kind="fail">
          <b>
            <Literal text={name} />
          </b>{' '}
          was not added. <Literal text={reason} />
        </Note>
      ))}
    </>
  );
}

const count = (names: readonly string[], what: string): string =>
  `${names.length === 0 ? 'no' : names.length} ${what}${names.length === 1 ? '' : 's'}`;
