/** Long ids keep both ends: what tells them apart is rarely in the middle. The whole belongs into the tooltip. */
export const shortenId = (id: string): string => (id.length > 24 ? `${id.slice(0, 8)}…${id.slice(-5)}` : id);
