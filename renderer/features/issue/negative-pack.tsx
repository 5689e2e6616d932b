import { VERIFIERS } from '../../../shared/verifiers/registry.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import '../../ui/table.css';
import { Verdict } from '../../ui/verdict.tsx';
import type { Pack } from './model.ts';

type Negative = Pack['negatives'][number];

const STOPPED_BY: Readonly<Record<Negative['stoppedBy'], string>> = {
  envelope: 'Envelope',
  integrity: 'Integrity',
  time: 'Time',
  claims: 'Request',
};

/** The right token and those that are wrong in one thing each, with what must happen to every one at the edge. */
export function NegativePackDialog({ pack, onClose }: { readonly pack: Pack; readonly onClose: () => void }) {
  const { platform } = useSession();
  const go = useNavigation((navigation) => navigation.go);
  const inspect = (token: string) => {
    onClose();
    go('inspect', { kind: 'inspect-text', text: token });
  };
  const copyAll = () => void platform.clipboard.write({ text: packAsJson(pack), concealed: false });
  return (
    <Dialog title="Negative pack" isOpen onClose={onClose} width="table">
      <DialogBody>
        <p className="muted">
          One token that must pass, and {pack.negatives.length} that must not, each for one reason. Ask the edge with
          every one of them: what it does otherwise than here is a fault of the edge.
        </p>
        <div className="is-pack scroll">
          <table className="tbl" aria-label="Tokens of the pack">
            <thead>
              <tr>
                <th>Token</th>
                <th className="is-pack-by">Stopped by</th>
                <th className="is-pack-must">What must happen</th>
                <th className="is-pack-who">Who may let it through</th>
                <th className="is-pack-do">
                  <span className="sr">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>
                  <Verdict kind="pass" word="The right token" />
                </td>
                <td>Nothing</td>
                <td>Must be let in: it is the draft as it stands.</td>
                <td className="muted">All that know the key</td>
                <td>
                  <Actions title="the right token" token={pack.right.token} onInspect={inspect} />
                </td>
              </tr>
              {pack.negatives.map((negative) => (
                <tr key={negative.id}>
                  <td>{negative.title}</td>
                  <td>{STOPPED_BY[negative.stoppedBy]}</td>
                  <td>{negative.must}</td>
                  <td>
                    <Lenient negative={negative} />
                  </td>
                  <td>
                    <Actions title={negative.title} token={negative.token} onInspect={inspect} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </DialogBody>
      <DialogFoot hint="The log has one entry for the whole pack.">
        <Button size="large" onPress={onClose}>
          Close
        </Button>
        <Button size="large" variant="primary" icon="copy" onPress={copyAll}>
          Copy all as JSON
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Verifiers that are known, or not known, to stop it: their reasons stand behind their names. */
function Lenient({ negative }: { readonly negative: Negative }) {
  const told = negative.outcomes.filter(({ outcome }) => outcome !== 'refuses');
  if (told.length === 0) return <span className="muted">None</span>;
  return (
    <ul className="is-pack-l">
      {told.map(({ verifier, outcome, why }) => (
        <li key={verifier} title={why}>
          {nameOf(verifier)}
          {outcome === 'not-known' ? <span className="muted"> (not known)</span> : null}
        </li>
      ))}
    </ul>
  );
}

function Actions(props: {
  readonly title: string;
  readonly token: string;
  readonly onInspect: (token: string) => void;
}) {
  return (
    <span className="row">
      <LinkButton onPress={() => props.onInspect(props.token)} aria-label={`Inspect ${props.title}`}>
        Inspect
      </LinkButton>
      <CopyButton label={`Copy ${props.title}`} text={() => props.token} />
    </span>
  );
}

const nameOf = (id: string): string => VERIFIERS.find((verifier) => verifier.id === id)?.name ?? id;

/** The pack as a test harness reads it. */
export const packAsJson = ({ right, negatives }: Pack): string =>
  JSON.stringify(
    [
      { id: 'right', title: 'The right token', must: 'Must be let in.', token: right.token },
      ...negatives.map(({ id, title, stoppedBy, must, token }) => ({ id, title, stoppedBy, must, token })),
    ],
    null,
    2,
  );
