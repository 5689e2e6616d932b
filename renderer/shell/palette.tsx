import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { keysOf } from '../../shared/commands/keys.ts';
import { Icon } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { type Command, titleOf, useAllCommands, useKeyChanges } from './commands.ts';
import './palette.css';

/** Everything that can be done now, found by typing. */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <ModalOverlay className="scrim scrim-top" isOpen={isOpen} onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className="pal-m">
        <Dialog className="pal" aria-label="Command palette">
          <Search onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Search({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const id = useId();
  const changes = useKeyChanges();
  const printed = (command: Command) => (command.id === undefined ? '' : keysOf(command.id, changes));
  const matches = useAllCommands().filter((command) => command.id !== 'palette' && isMatch(command, text));
  const current = Math.min(place, matches.length - 1);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    // the command may move the focus: the palette gives it back first
    setTimeout(command.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') run(matches[current]);
    else if (event.key === 'ArrowDown') setPlace((current + 1) % matches.length);
    else if (event.key === 'ArrowUp') setPlace((current + matches.length - 1) % matches.length);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="pal-i">
        <Icon name="search" />
        <input
          // biome-ignore lint/a11y/noAutofocus: a palette is opened to type into
          autoFocus
          className="grow"
          role="combobox"
          aria-label="Search commands"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={matches.length === 0 ? undefined : `${id}-${current}`}
          placeholder="Search commands"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="pal-l" id={id} role="listbox" aria-label="Commands">
        {matches.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus
          <div
            key={titleOf(command)}
            id={`${id}-${index}`}
            className="pal-o"
            role="option"
            aria-selected={index === current}
            onPointerMove={() => setPlace(index)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <span className="grow">{titleOf(command)}</span>
            {printed(command) === '' ? null : <Kbd keys={printed(command)} />}
          </div>
        ))}
      </div>
      {matches.length === 0 ? <p className="pal-n">No command matches.</p> : null}
    </>
  );
}

const isMatch = (command: Command, text: string): boolean =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => titleOf(command).toLowerCase().includes(word));
