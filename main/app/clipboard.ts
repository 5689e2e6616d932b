import { createHash } from 'node:crypto';

/** Electron's clipboard answers at once up to 33 and by promise in 45; waiting for it serves both. */
export interface ClipboardPorts {
  write(text: string): void | Promise<void>;
  /** with the marks that keep clipboard managers and histories out */
  writeConcealed(text: string): void | Promise<void>;
  read(): string | Promise<string>;
  clear(): void;
}

export const CLEAR_AFTER_SECONDS = 30;

/** The system's clipboard. What was copied concealed is taken off again, unless something else was copied since. */
export interface Clipboard {
  write(text: string, concealed: boolean): Promise<{ readonly clearedAfterSeconds?: number }>;
  /** at the end of the app, which no timer outlives */
  clearConcealed(): Promise<void>;
}

export function createClipboard(ports: ClipboardPorts): Clipboard {
  // a digest, so that main does not keep the text for the clipboard's sake
  let concealed: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  const clearConcealed = async () => {
    clearTimeout(timer);
    if (concealed === undefined) return;
    const expected = concealed;
    concealed = undefined;
    if (digest(await ports.read()) === expected) ports.clear();
  };
  return {
    write: async (text, isConcealed) => {
      clearTimeout(timer);
      await (isConcealed ? ports.writeConcealed(text) : ports.write(text));
      concealed = isConcealed ? digest(text) : undefined;
      if (!isConcealed) return {};
      timer = setTimeout(() => void clearConcealed().catch(() => undefined), CLEAR_AFTER_SECONDS * 1000);
      timer.unref();
      return { clearedAfterSeconds: CLEAR_AFTER_SECONDS };
    },
    clearConcealed,
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
