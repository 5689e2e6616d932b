import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { LinkButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Literal } from '../ui/literal.tsx';
import { useClock } from './clock.ts';
import { describeWait } from './use-sending.ts';

/** The queue to the OVP, while there is one: how many wait, when the next one leaves, and the way to stop them. */
export function QueueLine() {
  const { platform, queue } = useSession();
  const now = useClock((clock) => clock.now);
  const { value } = useLive(queue);
  if (value === undefined || value.entries.length === 0) return null;
  const sending = value.entries.find(({ state }) => state === 'sending');
  const cancel = async () => {
    const answer = await platform.ovp.cancel({});
    if (answer.ok) queue.set(answer.value);
  };
  return (
    <section className="note note-info" aria-label="Requests to the OVP">
      <Icon name="queue" />
      <span className="grow">
        {sending === undefined ? null : (
          <>
            Sending: <Literal text={sending.what} />.{' '}
          </>
        )}
        {value.waiting === 0 ? null : <Literal text={`${describeWait(value, now * 1000)}. `} />}
        <LinkButton onPress={() => void cancel()}>{value.entries.length === 1 ? 'Cancel' : 'Cancel all'}</LinkButton>
      </span>
    </section>
  );
}
