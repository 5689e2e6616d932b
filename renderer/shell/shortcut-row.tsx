import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { COMMAND_TABLE, type CommandId } from '../../shared/commands/command-table.ts';
import { findClashes, type KeyChanges, keysOf, whyReserved } from '../../shared/commands/keys.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Kbd, printKeys } from '../ui/kbd.tsx';
import { namesOfKeyEvent } from './use-shortcuts.ts';

type Ask =
  | { readonly kind: 'press' }
  | { readonly kind: 'reserved'; readonly keys: string; readonly why: string }
  | { readonly kind: 'taken'; readonly keys: string; readonly by: CommandId };

/** One command with its keys. To choose others they are pressed; who has them already is said before anything changes. */
export function ShortcutRow(props: {
  readonly id: CommandId;
  readonly changes: KeyChanges;
  /** `undefined`: as they came */
  readonly onChange: (keys: string | undefined) => void;
  readonly onTake: (keys: string, from: CommandId) => void;
}) {
  const { id, changes, onChange, onTake } = props;
  const { title } = COMMAND_TABLE[id];
  const keys = keysOf(id, changes);
  const isChanged = changes[id] !== undefined;
  const [ask, setAsk] = useState<Ask | undefined>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  const nearer = findClashes(id, keys, changes).filter(({ kind }) => kind === 'nearer');

  const close = () => {
    // the button is there again before it can take the focus
    flushSync(() => setAsk(undefined));
    button.current?.focus();
  };
  const take = (pressed: string) => {
    const why = whyReserved(pressed);
    const taken = findClashes(id, pressed, changes).find(({ kind }) => kind === 'same');
    if (why !== undefined) setAsk({ kind: 'reserved', keys: pressed, why });
    else if (taken !== undefined) setAsk({ kind: 'taken', keys: pressed, by: taken.id });
    else {
      onChange(pressed);
      close();
    }
  };
  return (
    <li className="ks-item">
      <div className="ks-row">
        <span className="grow">{title}</span>
        {ask === undefined ? null : <Recorder title={title} onKeys={take} onCancel={close} />}
        <button
          ref={button}
          type="button"
          className="ks-keys"
          hidden={ask !== undefined}
          aria-label={`Keys of “${title}”: ${keys === '' ? 'none' : printKeys(keys)}. Choose others`}
          onClick={() => setAsk({ kind: 'press' })}
        >
          {keys === '' ? <span className="faint">none</span> : <Kbd keys={keys} />}
        </button>
        <span className="ks-tools">
          {keys === '' ? null : (
            <IconButton label={`No keys for “${title}”`} icon="close" onPress={() => onChange('')} />
          )}
          {isChanged ? (
            <IconButton label={`Reset “${title}”`} icon="reset" onPress={() => onChange(undefined)} />
          ) : null}
        </span>
      </div>
      {ask?.kind === 'reserved' ? (
        <p className="ks-note" role="alert">
          <b>{printKeys(ask.keys)}</b> {ask.why} Press other keys, or Esc.
        </p>
      ) : null}
      {ask?.kind === 'taken' ? (
        <p className="ks-note" role="alert">
          <span className="grow">
            <b>{printKeys(ask.keys)}</b> is “{COMMAND_TABLE[ask.by].title}”, which would have none.
          </span>
          <Button
            size="small"
            onPress={() => {
              onTake(ask.keys, ask.by);
              close();
            }}
          >
            Use them here
          </Button>
          <Button size="small" variant="ghost" onPress={close}>
            Keep
          </Button>
        </p>
      ) : null}
      {ask === undefined && nearer.length > 0 && isChanged ? (
        <p className="ks-note">
          {COMMAND_TABLE[id].group === 'anywhere'
            ? `Where “${COMMAND_TABLE[nearer[0]?.id ?? id].title}” is offered, that goes first.`
            : `Goes before “${COMMAND_TABLE[nearer[0]?.id ?? id].title}”, which has the same keys everywhere.`}
        </p>
      ) : null}
    </li>
  );
}

/** Takes the next keys that are pressed. Esc and leaving it change nothing. */
function Recorder(props: {
  readonly title: string;
  readonly onKeys: (keys: string) => void;
  readonly onCancel: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return props.onCancel();
    const [keys] = namesOfKeyEvent(event.nativeEvent);
    if (keys !== undefined) props.onKeys(keys);
  };
  return (
    <input
      ref={field}
      className="ks-press"
      aria-label={`Press the keys for “${props.title}”`}
      placeholder="Press keys, Esc keeps"
      value=""
      onChange={() => undefined}
      onKeyDownCapture={onKeyDown}
    />
  );
}
