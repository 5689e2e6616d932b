import type { ReactNode } from 'react';
import './panel.css';

/** A box of the page with a name for assistive technology. */
export function Panel(props: { readonly label: string; readonly children: ReactNode; readonly className?: string }) {
  return (
    <section className={props.className === undefined ? 'panel' : `panel ${props.className}`} aria-label={props.label}>
      {props.children}
    </section>
  );
}
