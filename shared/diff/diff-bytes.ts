/** A stretch where two byte strings differ: what one has in place of the other's. Offsets count from their first bytes. */
export interface ByteChange {
  readonly a: { readonly start: number; readonly end: number };
  readonly b: { readonly start: number; readonly end: number };
}

/** Beyond this many edit steps the middle is told as one stretch: tokens that have nothing in common. */
const MAX_STEPS = 256;

/**
 * Where two tokens' bytes differ, as few and short stretches as the shortest edit script has (Myers 1986, greedy): a
 * longer text in the middle shows as one insertion, not as everything after it.
 */
export function diffBytes(a: Uint8Array, b: Uint8Array): readonly ByteChange[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middleA = a.subarray(head, a.length - tail);
  const middleB = b.subarray(head, b.length - tail);
  if (middleA.length === 0 && middleB.length === 0) return [];
  const whole = [{ a: { start: 0, end: middleA.length }, b: { start: 0, end: middleB.length } }];
  return (editScript(middleA, middleB) ?? whole).map((change) => ({
    a: { start: change.a.start + head, end: change.a.end + head },
    b: { start: change.b.start + head, end: change.b.end + head },
  }));
}

function editScript(a: Uint8Array, b: Uint8Array): readonly ByteChange[] | undefined {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let step = 0; step <= Math.min(MAX_STEPS, a.length + b.length); step++) {
    trace.push(new Map(furthest));
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      let x = nextX(furthest, diagonal, step);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return stretches(a.length, b.length, trace);
    }
  }
  return undefined;
}

function nextX(furthest: ReadonlyMap<number, number>, diagonal: number, step: number): number {
  const left = furthest.get(diagonal - 1) ?? -1;
  const up = furthest.get(diagonal + 1) ?? -1;
  return diagonal === -step || (diagonal !== step && left < up) ? up : left + 1;
}

/** Walks the trace back from the end; neighbouring steps join into one stretch. */
function stretches(
  lengthA: number,
  lengthB: number,
  trace: readonly ReadonlyMap<number, number>[],
): readonly ByteChange[] {
  const changes: { a: { start: number; end: number }; b: { start: number; end: number } }[] = [];
  let x = lengthA;
  let y = lengthB;
  for (let step = trace.length - 1; step > 0; step--) {
    const furthest = trace[step] ?? new Map<number, number>();
    const diagonal = x - y;
    const left = furthest.get(diagonal - 1) ?? -1;
    const up = furthest.get(diagonal + 1) ?? -1;
    const down = diagonal === -step || (diagonal !== step && left < up);
    const fromX = down ? up : left;
    const fromY = fromX - (down ? diagonal + 1 : diagonal - 1);
    const toX = down ? fromX : fromX + 1;
    const toY = down ? fromY + 1 : fromY;
    const next = changes[0];
    if (next !== undefined && next.a.start === toX && next.b.start === toY) {
      next.a.start = fromX;
      next.b.start = fromY;
    } else {
      changes.unshift({ a: { start: fromX, end: toX }, b: { start: fromY, end: toY } });
    }
    x = fromX;
    y = fromY;
  }
  return changes;
}
