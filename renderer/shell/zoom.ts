/** Factors that a step of the zoom stops at, as browsers have them. */
const STEPS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The next larger or smaller factor; at the end it stays. */
export const stepZoom = (zoom: number, step: 1 | -1): number =>
  (step === 1 ? STEPS.find((factor) => factor > zoom + 0.001) : STEPS.findLast((factor) => factor < zoom - 0.001)) ??
  zoom;

/** `125 %` */
export const formatZoom = (zoom: number): string => `${Math.round(zoom * 100)} %`;
