import { useCallback, useEffect, useRef } from 'react';

const FOCUSABLE =
  'a[href], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]):not([tabindex="-1"]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/**
 * Walks the regions of the window (`data-region`) in the order of the page, forwards with 1 and back with -1; each gets its
 * focus back where it last was.
 */
export function useRegions(): (step: 1 | -1) => void {
  const last = useRef(new WeakMap<Element, HTMLElement>());
  useEffect(() => {
    const onFocus = (event: FocusEvent) => {
      if (!(event.target instanceof HTMLElement)) return;
      const region = event.target.closest('[data-region]');
      if (region !== null) last.current.set(region, event.target);
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);

  return useCallback((step) => {
    const regions = [...document.querySelectorAll('[data-region]')].filter((region) => region.checkVisibility());
    const here = regions.findIndex((region) => region.contains(document.activeElement));
    const start = here === -1 && step === -1 ? 0 : here;
    for (let count = 1; count <= regions.length; count += 1) {
      const region = regions[(start + step * count + regions.length * 2) % regions.length];
      if (region === undefined) continue;
      const before = last.current.get(region);
      const target = before?.isConnected ? before : region.querySelector<HTMLElement>(FOCUSABLE);
      if (target === null || target === undefined) continue;
      target.focus({ focusVisible: true });
      return;
    }
  }, []);
}
