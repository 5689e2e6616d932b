import { Button as AriaButton } from 'react-aria-components';
import type { Mend, MendChange } from '../../../shared/evaluate/mend.ts';
import { type RichText, toPlainText } from '../../../shared/explain/rich-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { localStyle } from '../../ui/local-time.ts';
import { Rich } from '../../ui/rich.tsx';
import { cloneRequest } from './clone-request.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';
import type { RowFix } from './row-fixes.ts';

/** Takes a clone with the changes to Issue, where before and after stand side by side; nothing is signed by it. */
export function useFix(): (changes: readonly MendChange[]) => void {
  const model = useInspectModel();
  const go = useNavigation((navigation) => navigation.go);
  const token = useInspect((state) => chosenView(state)?.token.text);
  return (changes) => {
    if (token !== undefined) go('issue', cloneRequest(model, token, changes));
  };
}

/** The smallest fix of one claim, or why none is offered. */
export function FixButton({ fix, at }: { readonly fix: RowFix; readonly at: Seconds }) {
  const apply = useFix();
  if (fix.kind === 'decision') {
    const reason = toPlainText(fix.decision.reason, localStyle(at));
    return (
      <span className="hint ell" title={escapeText(`No fix is offered: ${reason}`)}>
        No fix is offered: {escapeText(lowerFirst(reason))}
      </span>
    );
  }
  const sentence = toPlainText(fix.change.sentence, localStyle(at));
  return (
    <AriaButton
      className="fixline"
      aria-label={`Smallest fix: ${escapeText(sentence)}. Opens Issue with this change`}
      onPress={() => apply([fix.change])}
    >
      <Icon name="repaired" size={12} />
      <span className="ell" title={escapeText(sentence)}>
        Smallest fix: <Rich text={lowered(fix.change.sentence)} now={at} />
      </span>
    </AriaButton>
  );
}

/** All changes at once; what stays a person's decision is not among them. */
export function WholeFix({ mend }: { readonly mend: Mend }) {
  const apply = useFix();
  const { changes, decisions, sufficient } = mend;
  if (changes.length < 2) return null;
  return (
    <span className="ct-all">
      <LinkButton onPress={() => apply(changes)}>Apply all {changes.length} fixes in Issue</LinkButton>
      <span className="hint">
        {sufficient
          ? ''
          : decisions.length > 0
            ? ', not enough: a rights decision is left'
            : ', which may not be enough'}
      </span>
    </span>
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function lowered(text: RichText): RichText {
  const [first, ...rest] = text;
  return first?.kind === 'text' ? [{ kind: 'text', text: lowerFirst(first.text) }, ...rest] : text;
}
