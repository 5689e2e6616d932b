import { useEffect, useState } from 'react';
import { useSession } from '../platform/session.ts';
import { IconButton } from './button.tsx';

/** Copies a text and says for a moment that it did. */
export function CopyButton(props: { readonly label: string; readonly text: () => string }) {
  const { platform } = useSession();
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = async () => {
    const answer = await platform.clipboard.write({ text: props.text(), concealed: false });
    setDone(answer.ok);
  };
  return (
    <>
      <IconButton
        label={isDone ? 'Copied' : props.label}
        icon={isDone ? 'copied' : 'copy'}
        onPress={() => void copy()}
      />
      <span className="sr" role="status">
        {isDone ? 'Copied' : ''}
      </span>
    </>
  );
}
