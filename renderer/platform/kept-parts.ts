import { MAX_KEPT_TEXT } from '../../shared/contract/kept.ts';
import { fromKeptText, toKeptText } from './kept-json.ts';
import type { Session } from './session.ts';

/**
 * A part of the window that survives a quit and a crash. It gives plain data (JSON, bytes allowed) and takes the same back;
 * where and how it is kept is not its business. A model joins with these three functions and one line in `main.tsx`.
 */
export interface KeptPart {
  readonly name: string;
  /** `undefined`: there is nothing worth keeping */
  readonly read: () => unknown;
  /** what `read` gave last time. It may come late, once a store was unlocked: what is open by then must not be lost */
  readonly restore: (value: unknown) => void;
  readonly subscribe: (changed: () => void) => unknown;
}

/** Changes that pause for this long are written. A crash loses no more than this. */
const PAUSE_MILLIS = 400;

/** Brings back what was kept, and keeps what changes from then on. Until it was read it is never written over. */
export function keepParts(session: Session, parts: readonly KeptPart[]): void {
  const { kept } = session.platform;
  const written = new Map<string, string | null>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  let isLoaded = false;
  let loading: Promise<void> | undefined;

  const load = async () => {
    const answer = await kept.load();
    if (!answer.ok || !answer.value.state.isKept || isLoaded) return;
    isLoaded = true;
    for (const part of parts) {
      const text = answer.value.parts[part.name];
      written.set(part.name, text ?? null);
      const value = text === undefined ? undefined : fromKeptText(text);
      if (value !== undefined) part.restore(value);
      save(part);
    }
  };
  const tryLoad = () => {
    if (!isLoaded) loading ??= load().finally(() => (loading = undefined));
  };
  const save = (part: KeptPart) => {
    clearTimeout(waiting.get(part.name));
    waiting.delete(part.name);
    if (!isLoaded) return;
    const value = part.read();
    const text = value === undefined ? null : toKeptText(value);
    if (text === written.get(part.name) || (text !== null && text.length > MAX_KEPT_TEXT)) return;
    written.set(part.name, text);
    void kept.save({ name: part.name, text }).then((answer) => {
      if (answer.ok && answer.value.isKept) return;
      // it is tried again with the next change, or once there is a place for it
      written.delete(part.name);
      if (answer.ok) isLoaded = false;
    });
  };

  for (const part of parts) {
    part.subscribe(() => {
      if (isLoaded && !waiting.has(part.name))
        waiting.set(
          part.name,
          setTimeout(() => save(part), PAUSE_MILLIS),
        );
    });
  }
  const flush = () => {
    for (const part of parts) if (waiting.has(part.name)) save(part);
  };
  document.addEventListener('visibilitychange', flush);
  window.addEventListener('pagehide', flush);
  window.addEventListener('beforeunload', flush);
  session.secrets.store.subscribe(tryLoad);
  session.settings.store.subscribe((now, before) => {
    if (now.value?.startClean !== before.value?.startClean) tryLoad();
  });
  tryLoad();
}
