import { type RefObject, useEffect, useState } from 'react';
import type { ViewBounds } from '../../../shared/contract/preview.ts';
import { useSession } from '../../platform/session.ts';

/** What of the window can lie over the page: dialogs, the palette, menus and lists. Tooltips are too small to hide for. */
const OVER = '.scrim, .pop';

/**
 * Tells main where the picture belongs. The player's view is always on top of the page, so it is hidden while something of
 * the window would lie over it, or while its place is scrolled out of sight. Answers what hides it.
 */
export function useStageBounds(
  stage: RefObject<HTMLElement | null>,
  isWanted: boolean,
): 'something' | 'scrolling' | undefined {
  const { platform } = useSession();
  const [hiddenBy, setHiddenBy] = useState<'something' | 'scrolling' | undefined>(undefined);

  useEffect(() => {
    const element = stage.current;
    if (element === null || !isWanted) return;
    let told = '';
    let frame = 0;
    const tell = (bounds: ViewBounds | null) => {
      const next = JSON.stringify(bounds);
      if (next === told) return;
      told = next;
      void platform.preview.setBounds({ bounds });
    };
    const measure = () => {
      const place = element.getBoundingClientRect();
      const by = isUnderSomething(place) ? 'something' : isOutOfSight(element, place) ? 'scrolling' : undefined;
      setHiddenBy(by);
      tell(by !== undefined ? null : { x: place.x, y: place.y, width: place.width, height: place.height });
    };
    /** after the layout that the change leads to: a list is placed a frame after it appeared */
    const later = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        measure();
        frame = requestAnimationFrame(measure);
      });
    };
    const resized = new ResizeObserver(later);
    resized.observe(element);
    resized.observe(document.body);
    // dialogs and lists are children of the body
    const added = new MutationObserver(later);
    added.observe(document.body, { childList: true });
    document.addEventListener('scroll', later, true);
    // the panels above it may grow without it changing its size
    const panel = element.closest('.pv');
    if (panel !== null) resized.observe(panel);
    measure();
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      added.disconnect();
      document.removeEventListener('scroll', later, true);
      tell(null);
    };
  }, [stage, isWanted, platform]);

  return isWanted ? hiddenBy : undefined;
}

/** a pixel is lost to rounding */
const SLACK = 1;

function isOutOfSight(element: HTMLElement, place: DOMRect): boolean {
  const around = element.closest('.pv')?.getBoundingClientRect();
  if (around === undefined) return false;
  return place.top < around.top - SLACK || place.bottom > around.bottom + SLACK || place.width < 1;
}

const isUnderSomething = (place: DOMRect): boolean =>
  [...document.querySelectorAll(OVER)].some((over) => {
    const box = over.getBoundingClientRect();
    return box.left < place.right && box.right > place.left && box.top < place.bottom && box.bottom > place.top;
  });
