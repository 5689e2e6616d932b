import type { ReactNode } from 'react';
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';
import './select.css';
import { Icon } from './icon.tsx';

export interface Option<Id extends string> {
  readonly id: Id;
  /** for type-ahead and assistive technology */
  readonly text: string;
  readonly hint?: string;
  readonly content?: ReactNode;
}

/** One of a few: a button that opens a list. */
export function Select<Id extends string>(props: {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly options: readonly Option<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly hint?: ReactNode;
}) {
  return (
    <AriaSelect
      className="field"
      selectedKey={props.selected}
      onSelectionChange={(key) => {
        const option = props.options.find((candidate) => candidate.id === key);
        if (option !== undefined) props.onSelect(option.id);
      }}
      {...(props.isLabelHidden ? { 'aria-label': props.label } : {})}
    >
      {props.isLabelHidden ? null : <Label>{props.label}</Label>}
      <Button className="input sel">
        <SelectValue className="sel-v">
          {() => {
            const option = props.options.find((candidate) => candidate.id === props.selected);
            return option?.content ?? option?.text;
          }}
        </SelectValue>
        <Icon name="down" size={12} />
      </Button>
      {props.hint === undefined ? null : <span className="hint">{props.hint}</span>}
      <Popover className="pop" offset={4}>
        <ListBox className="list" items={props.options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.text} className="list-i">
              <span className="grow">
                {option.content ?? option.text}
                {option.hint === undefined ? null : <span className="list-h">{option.hint}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
