import type { ReactNode } from 'react';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { nameStore } from '../../shell/name-store.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import './next-steps.css';

/** What may come next, side by side under an empty paste zone. */
export const NextSteps = ({ children }: { readonly children: ReactNode }) => (
  <ol className="next" aria-label="Next steps">
    {children}
  </ol>
);

/** One of them; `actions` are its ways to begin. */
export const NextStep = (props: {
  readonly icon: IconName;
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) => (
  <li>
    <Icon name={props.icon} size={18} />
    <div>
      <h3>{props.title}</h3>
      <p>{props.children}</p>
      {props.actions === undefined ? null : <p className="next-a">{props.actions}</p>}
    </div>
  </li>
);

/** Where a secret would be kept now, inside a sentence. */
export function WhereKept() {
  const store = useLive(useSession().secrets).value;
  return store === undefined ? 'the store of this computer' : nameStore(store);
}
