import type { ReactNode } from 'react';
import './verdict.css';
import { Icon, type IconName } from './icon.tsx';

/** How something was judged. `not-checked` and `cannot-know` are neutral: red is for what was checked and failed. */
export type VerdictKind = 'pass' | 'fail' | 'warning' | 'not-checked' | 'cannot-know' | 'info';

const VERDICTS: Readonly<Record<VerdictKind, { readonly icon: IconName; readonly word: string }>> = {
  pass: { icon: 'pass', word: 'Pass' },
  fail: { icon: 'fail', word: 'Fail' },
  warning: { icon: 'warning', word: 'Warning' },
  'not-checked': { icon: 'not-checked', word: 'Not checked' },
  'cannot-know': { icon: 'cannot-know', word: 'Can’t know here' },
  info: { icon: 'no-verdict', word: 'Info' },
};

/** Word, icon and colour together; the word may be more specific than the kind's own. */
export function Verdict(props: { readonly kind: VerdictKind; readonly word?: string }) {
  const { icon, word } = VERDICTS[props.kind];
  return (
    <span className={`v v-${props.kind}`}>
      <Icon name={icon} size={14} />
      {props.word ?? word}
    </span>
  );
}

/** One of the three questions with its answer. The answers stand beside each other and are never merged. */
export function VerdictCell(props: {
  readonly question: string;
  readonly kind: VerdictKind;
  readonly word: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="vd" data-testid={props.question}>
      <span className="vl">{props.question}</span>
      <span className={`vw v-${props.kind}`}>
        <Icon name={VERDICTS[props.kind].icon} size={18} />
        <span className="ell" title={props.word} data-testid="word">
          {props.word}
        </span>
      </span>
      <span className="vx">{props.children}</span>
    </div>
  );
}

/** The same room while an answer is on its way: nothing jumps when it arrives. */
export function VerdictCellSkeleton({ question }: { readonly question: string }) {
  return (
    <div className="vd" aria-busy>
      <span className="vl">{question}</span>
      <i className="sk sk-word" />
      <i className="sk sk-line" />
    </div>
  );
}

export const VerdictStrip = ({ children }: { readonly children: ReactNode }) => (
  <div className="three-box">
    <div className="three">{children}</div>
  </div>
);

export const VerdictIcon = ({ kind, size }: { readonly kind: VerdictKind; readonly size?: number }) => (
  <span className={`v-${kind}`}>
    <Icon name={VERDICTS[kind].icon} size={size ?? 14} />
  </span>
);
