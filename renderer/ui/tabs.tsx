import type { ReactNode } from 'react';
import { Tab as AriaTab, Tabs as AriaTabs, TabList, TabPanel } from 'react-aria-components';
import './tabs.css';

export interface TabItem {
  readonly id: string;
  readonly title: string;
  /** how many things are behind it */
  readonly count?: number;
  readonly content: ReactNode;
}

/** Tabs over one panel; `end` stands at the right of the tab row. */
export function Tabs(props: {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly end?: ReactNode;
}) {
  return (
    <AriaTabs
      className="tabbed"
      selectedKey={props.selected}
      onSelectionChange={(key) => props.onSelect(String(key))}
      keyboardActivation="automatic"
    >
      <div className="tabs">
        <TabList aria-label={props.label} className="tablist">
          {props.items.map((item) => (
            <AriaTab key={item.id} id={item.id} className="tab">
              {item.title}
              {item.count === undefined ? null : <span className="n">{item.count}</span>}
            </AriaTab>
          ))}
        </TabList>
        {props.end === undefined ? null : <span className="ph-end">{props.end}</span>}
      </div>
      {props.items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="tabpanel">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
