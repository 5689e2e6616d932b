import { useState } from 'react';
import type { SecretStoreKind, SecretStores, StoreChoice } from '../../../shared/contract/secrets.ts';
import { Button } from '../../ui/button.tsx';
import { STORE_TITLES } from './store-words.ts';
import './stores.css';

const MEANINGS: Readonly<Record<SecretStoreKind, string>> = {
  keychain: 'One item each, unlocked with your login',
  vault: 'An encrypted file, opened with a passphrase',
  session: 'Forgotten when you quit',
};

/** The three kinds as buttons, the chosen one marked. */
export function StoreCards(props: {
  readonly kinds: readonly SecretStoreKind[];
  readonly stores: SecretStores;
  readonly selected: SecretStoreKind;
  readonly onSelect: (kind: SecretStoreKind) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid of cards
    <div className="howks" role="group" aria-label="Where secrets live">
      {props.kinds.map((kind) => {
        const store = props.stores.stores.find((candidate) => candidate.kind === kind);
        return (
          <button
            type="button"
            key={kind}
            className="howk"
            aria-pressed={props.selected === kind}
            onClick={() => props.onSelect(kind)}
          >
            <b>
              {kind === 'keychain' && store !== undefined ? `${STORE_TITLES[kind]}: ${store.name}` : STORE_TITLES[kind]}
            </b>
            <span>{store?.state === 'unavailable' ? (store.reason ?? 'It can’t be reached now') : MEANINGS[kind]}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Asked once, before the first choice: where secrets live. Until then the line above says what holds. */
export function StoreChoiceNote(props: {
  readonly stores: SecretStores;
  readonly isBusy: boolean;
  readonly onChoose: (choice: StoreChoice) => void;
}) {
  const keychain = props.stores.stores.find(({ kind }) => kind === 'keychain');
  const isThere = keychain !== undefined && keychain.state !== 'unavailable';
  const [selected, setSelected] = useState<SecretStoreKind>(isThere ? 'keychain' : 'vault');
  const choice: StoreChoice = {
    preferred: selected,
    // memory is what holds when nothing was chosen; a vault is made only when somebody asks for it
    ifMissing: selected === 'vault' ? 'vault' : 'session',
  };
  return (
    <section className="k-choice" aria-label="Choose where secrets live">
      <p>
        <b>{isThere ? 'Where shall secrets live?' : 'No OS keychain was found'}</b>
        <span className="muted">You can change it later here.</span>
      </p>
      <StoreCards
        kinds={isThere ? ['keychain', 'vault', 'session'] : ['vault', 'session']}
        stores={props.stores}
        selected={selected}
        onSelect={setSelected}
      />
      <Button isBusy={props.isBusy} onPress={() => props.onChoose(choice)}>
        {selected === 'vault' ? 'Use the vault…' : 'Use this'}
      </Button>
    </section>
  );
}
