/**
 * Memory for what is written and used up at once, again and again: the same bytes each time, so nothing of it may be kept.
 * Rows of one list are mostly of one length, and the view of the last one serves the next.
 */
export function createScratch(): (length: number) => Uint8Array {
  let room = new Uint8Array(0);
  let view = room;
  return (length) => {
    if (view.length === length) return view;
    if (length > room.length) room = new Uint8Array(length * 2);
    view = room.subarray(0, length);
    return view;
  };
}
