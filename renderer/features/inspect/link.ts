import type { MouseEvent } from 'react';
import { type InspectModel, useInspect } from './model.ts';

/** What lies inside an item is lit with it: ids are paths. */
const isWithin = (id: string, target: string | undefined): boolean =>
  target !== undefined && (id === target || id.startsWith(`${target}/`));

/** Whether an item's mark is lit or selected, as the attributes that draw it. */
export function useLink(id: string | undefined): {
  readonly 'data-link': string | undefined;
  readonly 'data-lit': boolean | undefined;
  readonly 'data-selected': boolean | undefined;
} {
  const isLit = useInspect((state) => id !== undefined && isWithin(id, state.hovered));
  const isSelected = useInspect((state) => id !== undefined && isWithin(id, state.selected?.id));
  return { 'data-link': id, 'data-lit': isLit || undefined, 'data-selected': isSelected || undefined };
}

/** The link under the pointer: one handler for a whole panel. */
export const hoverLinks = (model: InspectModel) => ({
  onMouseOver: (event: MouseEvent) => model.hover(linkOf(event.target)),
  onMouseLeave: () => model.hover(undefined),
});

export const linkOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? (target.closest('[data-link]')?.getAttribute('data-link') ?? undefined) : undefined;
