import { useEffect, useState } from 'react';
import type { ClipboardOffer as Offer } from '../../shared/contract/clipboard.ts';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { IconButton, LinkButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import './clipboard-offer.css';

/** Where somebody wants it: a word that a token was copied, and one press to look at it. Nothing is opened by itself. */
export function ClipboardOffer({ onTake }: { readonly onTake: (text: string) => void }) {
  const { platform, settings, window } = useSession();
  const isOn = useLive(settings).value?.suggestClipboard === true;
  const [offer, setOffer] = useState<Offer | null>(null);

  useEffect(() => {
    if (!isOn) return;
    let isHere = true;
    const look = () =>
      void platform.clipboard.look().then((answer) => {
        if (isHere) setOffer(answer.ok ? answer.value : null);
      });
    look();
    // each time it comes to the front, also after a moment that nothing was drawn in
    const stop = window.store.subscribe((now, before) => {
      if (now.value?.focused === true && before.value?.focused !== true) look();
    });
    return () => {
      isHere = false;
      stop();
      setOffer(null);
    };
  }, [platform, window, isOn]);

  const take = async ({ id }: Offer) => {
    setOffer(null);
    const answer = await platform.clipboard.take({ id });
    if (answer.ok && answer.value !== null) onTake(answer.value.text);
  };
  const dismiss = ({ id }: Offer) => {
    setOffer(null);
    void platform.clipboard.dismiss({ id });
  };
  return (
    <div className="clip" role="status" data-region>
      {offer === null ? null : (
        <div className="toast">
          <Icon name="paste" />
          <span>The clipboard holds {offer.tokens === 1 ? 'a token' : `${offer.tokens} tokens`}.</span>
          <LinkButton onPress={() => void take(offer)}>{offer.tokens === 1 ? 'Look at it' : 'Look at them'}</LinkButton>
          <IconButton label="Not now" icon="close" size={12} placement="top" onPress={() => dismiss(offer)} />
        </div>
      )}
    </div>
  );
}
