import { useCallback } from 'react';
import { useNavigation } from '../../shell/navigation.ts';
import { usePreviewModel } from './model.ts';

/** Looks at the token and the request of a row in Inspect. */
export function useOpenInInspect(): (row: number) => void {
  const model = usePreviewModel();
  const go = useNavigation((navigation) => navigation.go);
  return useCallback(
    (row: number) =>
      void model.curlOf(row).then((text) => {
        if (text !== undefined) go('inspect', { kind: 'inspect-text', text });
      }),
    [model, go],
  );
}
