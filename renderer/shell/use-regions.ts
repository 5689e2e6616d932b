import { useEffect } from 'react';

const FOCUSABLE =
  'a[href], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]):not([tabindex="-1"]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/**
 * F6 and Shift F6 walk the regions of the window (`data-region`) in the order of the page; each gets its focus back where
 * it last was.
 */
export function useRegions(): void {
  useEffect(() => {
    const last = new WeakMap<Element, HTMLElement>();
    const onFocus = (event: FocusEvent) => {
      if (!(event.target instanceof HTMLElement)) return;
      const region = event.target.closest('[data-region]');
      if (region !== null) last.set(region, event.target);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return; // a dialog keeps the focus
      event.preventDefault();
      const regions = [...document.querySelectorAll('[data-region]')];
      const here = regions.findIndex((region) => region.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const start = here === -1 && event.shiftKey ? 0 : here;
      for (let count = 1; count <= regions.length; count += 1) {
        const region = regions[(start + step * count + regions.length * 2) % regions.length];
        if (region === undefined) continue;
        const before = last.get(region);
        const target = before?.isConnected ? before : region.querySelector<HTMLElement>(FOCUSABLE);
        if (target === null || target === undefined) continue;
        target.focus({ focusVisible: true });
        return;
      }
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}
