import { useMemo, useState } from 'react';
import { useNavigation } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { CodeEditor, type CodeProblem } from '../../ui/code-editor.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { cloneRequest } from './clone-request.ts';
import { ednToToken, linesText } from './edn-text.ts';
import { useInspectModel } from './model.ts';

/**
 * The token as notation that can be changed. What is typed can be looked at as it is, with the MAC it had, or taken to
 * Issue, where it is signed.
 */
export function EdnEditor({ view, onClose }: { readonly view: TokenView; readonly onClose: () => void }) {
  const model = useInspectModel();
  const go = useNavigation((navigation) => navigation.go);
  const [original] = useState(() => linesText(view.edn));
  const [text, setText] = useState(original);
  const token = useMemo(() => ednToToken(text), [text]);
  const problems = useMemo((): readonly CodeProblem[] => {
    if (token.ok || token.error.at === undefined) return [];
    const { at, message } = token.error;
    return [{ from: at, to: at + 1, message, severity: 'error' }];
  }, [token]);
  const reason = token.ok ? undefined : 'The notation does not read yet';
  return (
    <div className="edn-edit">
      <CodeEditor
        label="Token in diagnostic notation"
        language="edn"
        value={text}
        onChange={setText}
        problems={problems}
        describedBy="edn-said"
        isWrapped={false}
      />
      <p id="edn-said" role="status" className={token.ok ? 'hint edn-said' : 'er edn-said'}>
        {token.ok ? (
          text === original ? (
            'Not changed yet.'
          ) : (
            'Changed: the MAC or signature no longer fits until it is signed anew.'
          )
        ) : (
          <>
            <Icon name="fail" size={12} />
            <span>{token.error.message}</span>
          </>
        )}
      </p>
      <div className="edn-foot">
        <Button size="small" onPress={onClose}>
          Back
        </Button>
        <Button
          size="small"
          icon="inspect"
          disabledReason={reason}
          onPress={() => {
            if (token.ok) model.setText(token.value);
            onClose();
          }}
        >
          Inspect it
        </Button>
        <Button
          size="small"
          variant="primary"
          icon="ticket"
          disabledReason={reason}
          onPress={() => {
            if (token.ok) go('issue', cloneRequest(model, token.value));
          }}
        >
          Sign in Issue
        </Button>
      </div>
    </div>
  );
}
