import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { describeStore } from '../../shell/describe-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Where secrets are kept, said in full above the table. */
export function StoreLine() {
  const { platform, secrets } = useSession();
  const { value } = useLive(secrets);
  if (value === undefined) return <div className="kc" aria-busy />;
  const store = describeStore(value);
  const isFine = value.kind === 'keychain' && value.state === 'unlocked';
  const lookAgain = async () => {
    const answer = await platform.secrets.recheck();
    if (answer.ok) secrets.set(answer.value);
  };
  return (
    <section className="kc" aria-label="Where secrets are kept">
      <span className={store.isOdd ? 'v-warning' : 'muted'}>
        <Icon name={store.icon} size={16} />
      </span>
      <p>
        <b>{store.title}</b>
        <span className="muted">{store.meaning}</span>
      </p>
      {isFine ? null : (
        <span className="kc-end">
          <Button size="small" onPress={() => void lookAgain()}>
            Look again
          </Button>
        </span>
      )}
    </section>
  );
}
