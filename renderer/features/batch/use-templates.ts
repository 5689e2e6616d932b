import { useEffect, useMemo, useState } from 'react';
import { useSession } from '../../platform/session.ts';
import { BUILT_IN, type NamedTemplate, useBatch, useBatchModel } from './model.ts';

/**
 * Built-in templates, and one's own as their folder has them: read when the screen opens, and when somebody comes back to
 * the window, who may have edited a file meanwhile. The chosen one is offered also when its file is gone.
 */
export function useTemplates(): readonly NamedTemplate[] {
  const { platform, window } = useSession();
  const model = useBatchModel();
  const chosen = useBatch((state) => state.template);
  const [own, setOwn] = useState<readonly NamedTemplate[]>([]);
  useEffect(() => {
    let asked = 0;
    const read = async () => {
      const mine = ++asked;
      const answer = await platform.templates.list();
      if (mine !== asked || !answer.ok) return;
      const named = answer.value.templates
        .filter(({ template }) => template.makes === 'token')
        .map(({ id, template }) => ({ id: `own/${id}`, template }));
      setOwn(named);
      model.takeTemplates(named);
    };
    void read();
    const stop = window.store.subscribe((now, before) => {
      if (now.value?.focused === true && before.value?.focused !== true) void read();
    });
    return () => {
      asked++;
      stop();
    };
  }, [platform, window, model]);
  return useMemo(() => {
    const all = [...BUILT_IN, ...own];
    return all.some(({ id }) => id === chosen.id) ? all : [...all, chosen];
  }, [own, chosen]);
}
