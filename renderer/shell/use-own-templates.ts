import { useEffect, useState } from 'react';
import type { TemplateList } from '../../shared/contract/templates.ts';
import { useSession } from '../platform/session.ts';

/**
 * One's own templates as their folder has them: read when a screen opens, when `changes` says that one was saved or deleted
 * here, and when somebody comes back to the window, who may have edited a file meanwhile. `undefined`: not read yet.
 */
export function useOwnTemplates(changes = 0): TemplateList | undefined {
  const { platform, window } = useSession();
  const [own, setOwn] = useState<TemplateList | undefined>(undefined);
  useEffect(() => {
    void changes;
    let asked = 0;
    const read = async () => {
      const mine = ++asked;
      const answer = await platform.templates.list();
      if (mine === asked && answer.ok) setOwn(answer.value);
    };
    void read();
    const stop = window.store.subscribe((now, before) => {
      if (now.value?.focused === true && before.value?.focused !== true) void read();
    });
    return () => {
      asked++;
      stop();
    };
  }, [platform, window, changes]);
  return own;
}
