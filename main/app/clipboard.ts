import { createHash } from 'node:crypto';

export interface ClipboardPorts {
  write(text: string): void;
  read(): string;
  clear(): void;
}

export const CLEAR_AFTER_SECONDS = 30;

/** The system's clipboard. What was copied concealed is taken off again, unless something else was copied since. */
export interface Clipboard {
  write(text: string, concealed: boolean): { readonly clearedAfterSeconds?: number };
  /** at the end of the app, which no timer outlives */
  clearConcealed(): void;
}

export function createClipboard(ports: ClipboardPorts): Clipboard {
  // a digest, so that main does not keep the text for the clipboard's sake
  let concealed: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  const clearConcealed = () => {
    clearTimeout(timer);
    if (concealed !== undefined && digest(ports.read()) === concealed) ports.clear();
    concealed = undefined;
  };
  return {
    write: (text, isConcealed) => {
      clearTimeout(timer);
      concealed = isConcealed ? digest(text) : undefined;
      ports.write(text);
      if (!isConcealed) return {};
      timer = setTimeout(clearConcealed, CLEAR_AFTER_SECONDS * 1000);
      timer.unref();
      return { clearedAfterSeconds: CLEAR_AFTER_SECONDS };
    },
    clearConcealed,
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
