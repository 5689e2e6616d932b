import { useEffect, useMemo } from 'react';
import { useOwnTemplates } from '../../shell/use-own-templates.ts';
import { BUILT_IN, type NamedTemplate, useBatch, useBatchModel } from './model.ts';

/** Built-in templates and one's own; the chosen one is offered also when its file is gone, and as its file has it now. */
export function useTemplates(): readonly NamedTemplate[] {
  const model = useBatchModel();
  const chosen = useBatch((state) => state.template);
  const list = useOwnTemplates();
  const own = useMemo(
    () =>
      (list?.templates ?? [])
        .filter(({ template }) => template.makes === 'token')
        .map(({ id, template }): NamedTemplate => ({ id: `own/${id}`, template })),
    [list],
  );
  useEffect(() => model.takeTemplates(own), [model, own]);
  return useMemo(() => {
    const all = [...BUILT_IN, ...own];
    return all.some(({ id }) => id === chosen.id) ? all : [...all, chosen];
  }, [own, chosen]);
}
