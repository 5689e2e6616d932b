import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { MenuEntry } from '../../ui/menu.tsx';
import '../../ui/select.css';

/** A button (the child) that opens a list of things to do. */
export function ActionMenu<Id extends string>(props: {
  readonly label: string;
  readonly entries: readonly MenuEntry<Id>[];
  readonly onAction: (id: Id) => void;
  readonly children: ReactElement;
}) {
  return (
    <MenuTrigger>
      {props.children}
      <Popover className="pop" offset={4} placement="bottom end">
        <Menu
          className="list"
          aria-label={props.label}
          onAction={(key) => {
            const entry = props.entries.find(({ id }) => id === key);
            if (entry !== undefined) props.onAction(entry.id);
          }}
        >
          {props.entries.map(({ id, title, hint }) => (
            <MenuItem key={id} id={id} textValue={title} className="list-i">
              <span className="grow">
                {title}
                {hint === undefined ? null : <span className="list-h">{hint}</span>}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
