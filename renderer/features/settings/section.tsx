import type { ReactNode } from 'react';
import { Panel } from '../../ui/panel.tsx';

/** Choices that belong together. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="st-s">
      <h2>{title}</h2>
      <Panel label={title}>{children}</Panel>
    </div>
  );
}

/** One choice: what it is, what it means, and the control at the right. */
export function Row(props: { readonly title: string; readonly hint?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="st-r">
      <div className="grow">
        <h3>{props.title}</h3>
        {props.hint === undefined ? null : <p>{props.hint}</p>}
      </div>
      <span className="st-c">{props.children}</span>
    </div>
  );
}
