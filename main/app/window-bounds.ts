import { z } from '../../shared/contract/zod.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const DEFAULT_SIZE = { width: 1360, height: 860 } as const;
export const MIN_SIZE = { width: 1100, height: 680 } as const;
/** so much of the window must be on a screen that it can be taken hold of */
const VISIBLE = 64;

const coordinate = z.number().int().min(-100_000).max(100_000);
export const windowPlaceSchema = z.object({
  bounds: z.object({ x: coordinate, y: coordinate, width: coordinate.min(1), height: coordinate.min(1) }).optional(),
  maximised: z.boolean(),
});
export type WindowPlace = z.output<typeof windowPlaceSchema>;

/**
 * Where the window opens: where it was, if enough of that is still on a screen, else in the middle of the first one.
 * `areas` are the screens' work areas, the primary first. A screen smaller than the least size gets that size anyway.
 */
export function fitBounds(saved: Rectangle | undefined, areas: readonly Rectangle[]): Rectangle {
  const home = saved && areas.find((area) => isReachable(saved, area));
  const area = home ?? areas[0];
  const wanted = saved ?? DEFAULT_SIZE;
  const width = clamp(wanted.width, MIN_SIZE.width, area?.width);
  const height = clamp(wanted.height, MIN_SIZE.height, area?.height);
  if (saved && home) return { x: saved.x, y: saved.y, width, height };
  const { x, y, width: areaWidth, height: areaHeight } = area ?? { x: 0, y: 0, width, height };
  return {
    x: Math.round(x + Math.max(areaWidth - width, 0) / 2),
    y: Math.round(y + Math.max(areaHeight - height, 0) / 2),
    width,
    height,
  };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const height = Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y);
  return width >= VISIBLE && height >= VISIBLE;
}

const clamp = (value: number, least: number, most = Number.POSITIVE_INFINITY) => Math.max(least, Math.min(value, most));
