import { useState } from 'react';
import { COMMAND_IDS, COMMAND_TABLE, type CommandGroup } from '../../shared/commands/command-table.ts';
import { changeKeys, type KeyChanges, keysOf } from '../../shared/commands/keys.ts';
import type { AppError } from '../../shared/errors.ts';
import { useSession } from '../platform/session.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { SearchField } from '../ui/field.tsx';
import { Kbd, printKeys } from '../ui/kbd.tsx';
import { useKeyChanges } from './commands.ts';
import { CONTROL_KEYS } from './control-keys.ts';
import { ShortcutRow } from './shortcut-row.tsx';
import './shortcut-sheet.css';

const GROUPS: readonly { readonly id: CommandGroup; readonly title: string }[] = [
  { id: 'anywhere', title: 'Anywhere' },
  { id: 'inspect', title: 'On Inspect' },
  { id: 'issue', title: 'On Issue' },
  { id: 'preview', title: 'On Preview' },
  { id: 'batch', title: 'On Batch' },
  { id: 'keys', title: 'On Keys' },
];

/** Every key there is, and the place to choose others. */
export function ShortcutSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose} width="wide">
      <Sheet />
    </Dialog>
  );
}

function Sheet() {
  const { platform, settings } = useSession();
  const changes = useKeyChanges();
  const [search, setSearch] = useState('');
  const [error, setError] = useState<AppError | undefined>(undefined);
  const save = async (shortcuts: KeyChanges) => {
    const answer = await platform.settings.set({ shortcuts });
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) settings.set(answer.value);
  };
  const isFound = (title: string, keys: string) =>
    `${title} ${keys} ${printKeys(keys)}`.toLowerCase().includes(search.trim().toLowerCase());
  const groups = GROUPS.map((group) => ({
    ...group,
    ids: COMMAND_IDS.filter(
      (id) => COMMAND_TABLE[id].group === group.id && isFound(COMMAND_TABLE[id].title, keysOf(id, changes)),
    ),
  })).filter(({ ids }) => ids.length > 0);
  const fixed = CONTROL_KEYS.filter(({ title, keys }) => isFound(title, keys));
  const changed = Object.keys(changes).length;

  return (
    <>
      <div className="ks-find">
        <SearchField
          label="Search shortcuts"
          placeholder="Search by name or keys"
          value={search}
          onChange={setSearch}
          isFocusedFirst
        />
      </div>
      <div className="ks-list">
        {error === undefined ? null : <ErrorNote error={error} />}
        {groups.map((group) => (
          <section key={group.id} aria-label={group.title}>
            <h3>{group.title}</h3>
            <ul>
              {group.ids.map((id) => (
                <ShortcutRow
                  key={id}
                  id={id}
                  changes={changes}
                  onChange={(keys) => void save(changeKeys(changes, id, keys))}
                  onTake={(keys, from) => void save(changeKeys(changeKeys(changes, from, ''), id, keys))}
                />
              ))}
            </ul>
          </section>
        ))}
        {fixed.length === 0 ? null : (
          <section aria-label="In controls">
            <h3>In controls, always the same</h3>
            <ul>
              {fixed.map(({ title, keys }) => (
                <li key={title} className="ks-row">
                  <span className="grow">{title}</span>
                  <Kbd keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {groups.length === 0 && fixed.length === 0 ? (
          <p className="muted">
            No shortcut matches “{search}”. <LinkButton onPress={() => setSearch('')}>Clear the search</LinkButton>
          </p>
        ) : null}
      </div>
      <DialogFoot hint="Keys without Ctrl or Alt work only while no field has the focus.">
        <Button
          icon="reset"
          onPress={() => void save({})}
          disabledReason={changed === 0 ? 'All keys are as they came' : undefined}
        >
          Reset all
        </Button>
      </DialogFoot>
    </>
  );
}
