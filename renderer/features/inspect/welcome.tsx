import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useInspectModel } from './model.ts';
import { SAMPLE } from './sample.ts';
import './welcome.css';

/** The empty paste zone teaches what can be pasted, and what comes next. */
export function Welcome({ onOpenFile }: { readonly onOpenFile: () => void }) {
  const model = useInspectModel();
  const go = useNavigation((navigation) => navigation.go);
  const store = useLive(useSession().secrets).value;
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
        <ol className="wl-steps" aria-label="Next steps">
          <li>
            <Icon name="inspect" size={18} />
            <div>
              <h3>Read it</h3>
              <p>Each claim in words, beside its bytes. Damaged input is shown up to the bad byte.</p>
            </div>
          </li>
          <li>
            <Icon name="keys" size={18} />
            <div>
              <h3>Check who made it</h3>
              <p>
                With its key Catwalk can tell whether the token is genuine. The secret is kept{' '}
                {store?.kind === 'keychain' ? `in ${store.name}` : 'in memory'}, not in Catwalk’s files.
              </p>
              <p className="wl-a">
                <LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key…</LinkButton>
              </p>
            </div>
          </li>
        </ol>
      </div>
    </div>
  );
}
