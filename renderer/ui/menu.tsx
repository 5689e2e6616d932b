import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import './select.css';

export interface MenuEntry<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly hint?: string;
}

/** A button (the child) that opens a list of which one is chosen. */
export function Menu<Id extends string>(props: {
  readonly label: string;
  readonly entries: readonly MenuEntry<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly children: ReactElement;
}) {
  return (
    <MenuTrigger>
      {props.children}
      <Popover className="pop" offset={4}>
        <AriaMenu
          className="list"
          aria-label={props.label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[props.selected]}
          onSelectionChange={(keys) => {
            const entry = props.entries.find((candidate) => keys !== 'all' && keys.has(candidate.id));
            if (entry !== undefined) props.onSelect(entry.id);
          }}
        >
          {props.entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} textValue={entry.title} className="list-i">
              <span className="grow">
                {entry.title}
                {entry.hint === undefined ? null : <span className="list-h">{entry.hint}</span>}
              </span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
