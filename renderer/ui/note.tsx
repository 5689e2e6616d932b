import type { ReactNode } from 'react';
import './note.css';
import { Icon, type IconName } from './icon.tsx';

export type NoteKind = 'warning' | 'fail' | 'info';
const ICON: Readonly<Record<NoteKind, IconName>> = { warning: 'warning', fail: 'fail', info: 'info' };

/** What happened, what it means, what to do next. */
export function Note(props: { readonly kind: NoteKind; readonly children: ReactNode; readonly isAlert?: boolean }) {
  return (
    <div className={`note note-${props.kind}`} role={props.isAlert ? 'alert' : undefined}>
      <Icon name={ICON[props.kind]} />
      <span>{props.children}</span>
    </div>
  );
}
