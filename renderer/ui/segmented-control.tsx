import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import './segmented-control.css';

/** One of a few, all visible. `selected` may be none of them. */
export function SegmentedControl<Id extends string>(props: {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly title: string }[];
  readonly selected: Id | undefined;
  readonly onSelect: (id: Id) => void;
}) {
  return (
    <ToggleButtonGroup
      className="segc"
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection={props.selected !== undefined}
      selectedKeys={props.selected === undefined ? [] : [props.selected]}
      onSelectionChange={(keys) => {
        const option = props.options.find((candidate) => keys.has(candidate.id));
        if (option !== undefined) props.onSelect(option.id);
      }}
    >
      {props.options.map((option) => (
        <ToggleButton key={option.id} id={option.id} className="seg">
          {option.title}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
