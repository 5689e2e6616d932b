import { useEffect, useRef, useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/field.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { ImportPanel, type ImportStart } from './import-panel.tsx';
import { KeyTable } from './key-table.tsx';
import { StoreLine } from './store-line.tsx';
import './keys.css';

export function KeysView() {
  const { keys } = useSession();
  const { value, error } = useLive(keys);
  const [filter, setFilter] = useState('');
  const [importing, setImporting] = useState<ImportStart | undefined>(undefined);
  const [deleting, setDeleting] = useState<KeyRecord | undefined>(undefined);
  const [selected, setSelected] = useState<KeyRecord['id'] | undefined>(undefined);
  const importButton = useRef<HTMLButtonElement>(null);
  const request = useNavigation((navigation) => navigation.request);
  const settle = useNavigation((navigation) => navigation.settle);

  useEffect(() => {
    if (request?.kind !== 'import-key') return;
    setImporting(request.kid === undefined ? {} : { kid: request.kid });
    settle();
  }, [request, settle]);

  const closeImport = () => {
    setImporting(undefined);
    importButton.current?.focus();
  };

  return (
    <div className="view-keys">
      <div className="vh" data-region>
        <h1>Keys</h1>
        <SearchField
          label="Filter keys"
          placeholder="Filter by name, kid, environment"
          value={filter}
          onChange={setFilter}
        />
        <span className="vh-end">
          <Button variant="primary" icon="upload" ref={importButton} onPress={() => setImporting({})}>
            Import…
          </Button>
        </span>
      </div>
      <StoreLine />
      {error === undefined ? null : (
        <div className="k-err">
          <ErrorNote error={error} />
        </div>
      )}
      <div className={importing === undefined ? 'kg' : 'kg kg-two'}>
        <KeyTable
          keys={value}
          filter={filter}
          onClearFilter={() => setFilter('')}
          selected={selected}
          onSelect={setSelected}
          onDelete={setDeleting}
          onEnterAgain={(key) => setImporting({ replaces: key })}
          onImport={() => setImporting({})}
          onDropText={(text, name) => setImporting({ text, name })}
        />
        {importing === undefined ? null : (
          <ImportPanel
            // a new start is a new form: nothing typed for one key stands in the next
            key={importing.replaces?.id ?? importing.kid ?? importing.name ?? 'new'}
            start={importing}
            onClose={closeImport}
            onImported={(key) => {
              closeImport();
              setSelected(key.id);
            }}
          />
        )}
      </div>
      <DeleteDialog target={deleting} onClose={() => setDeleting(undefined)} />
    </div>
  );
}
