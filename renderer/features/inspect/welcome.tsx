import { useNavigation } from '../../shell/navigation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useInspectModel } from './model.ts';
import { NextStep, NextSteps, WhereKept } from './next-steps.tsx';
import { SAMPLE } from './sample.ts';
import './welcome.css';

/** The empty paste zone teaches what can be pasted, and what comes next. */
export function Welcome({ onOpenFile }: { readonly onOpenFile: () => void }) {
  const model = useInspectModel();
  const go = useNavigation((navigation) => navigation.go);
  return (
    <div className="wl" data-region>
      <div className="wl-in">
        <header>
          <h2>What does this token say?</h2>
          <p className="wl-lead">
            And who will let it in. Catwalk reads media access tokens on this computer; nothing is sent.
          </p>
        </header>
        <div className="wl-zone">
          <EmptyState
            icon="paste"
            title="Paste anything with a token in it"
            actions={
              <>
                <Kbd keys="Ctrl V" />
                <span className="hint">or</span>
                <LinkButton onPress={onOpenFile}>open a file</LinkButton>
                <span className="hint">or</span>
                <LinkButton onPress={() => model.setText(SAMPLE)}>use a sample</LinkButton>
                <span className="hint">or</span>
                <LinkButton onPress={() => model.setEditing(true)}>type it</LinkButton>
              </>
            }
          >
            URL, curl, header, cookie, HAR, log line, embed code, hex or base64.
          </EmptyState>
        </div>
        <NextSteps>
          <NextStep icon="inspect" title="Read it">
            Each claim in words, beside its bytes. Damaged input is shown up to the bad byte.
          </NextStep>
          <NextStep
            icon="keys"
            title="Check who made it"
            actions={<LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key…</LinkButton>}
          >
            With its key Catwalk can tell whether the token is genuine. The secret is kept in <WhereKept />.
          </NextStep>
        </NextSteps>
      </div>
    </div>
  );
}
