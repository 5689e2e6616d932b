export interface Mend {
  readonly x: 1;
}
export const suggestMend = (..._: unknown[]): Mend | undefined => undefined;
