import { useEffect, useState } from 'react';

const DEBOUNCE_MILLIS = 400;

/** Says a text politely once it has stood still; a text that changes meanwhile is said only in its last form. */
export function LiveRegion({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), DEBOUNCE_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="sr" role="status">
      {said}
    </div>
  );
}
