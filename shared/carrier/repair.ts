import type { Repair, RepairKind } from './found.ts';
import { endPositionAt, positionAt, type Slice } from './slice.ts';

type Range = readonly [start: number, end: number];

/** The order in which the layers come off: the transport's escapes, what was put around the token, what crept into it, its alphabet. */
const ORDER: readonly RepairKind[] = [
  'quotes',
  'bearer',
  'json-escapes',
  'percent-double',
  'percent',
  'invisible',
  'line-breaks',
  'whitespace',
  'hex',
  'base64-mixed',
  'base64-standard',
  'padding',
  'punctuation',
  'ellipsis',
];

/** Collects what is repaired while a token is read, in places of the slice it is read from. */
export class RepairNotes {
  private readonly ranges = new Map<RepairKind, Range[]>();

  add(kind: RepairKind, start: number, end: number): void {
    const ranges = this.ranges.get(kind);
    const last = ranges?.[ranges.length - 1];
    if (ranges === undefined) this.ranges.set(kind, [[start, end]]);
    // a run of blanks or breaks is one place
    else if (last !== undefined && last[1] === start && !COUNTED.has(kind)) ranges[ranges.length - 1] = [last[0], end];
    else ranges.push([start, end]);
  }

  has(kind: RepairKind): boolean {
    return this.ranges.has(kind);
  }

  /** Standard characters beside URL-safe ones are a mixture, not the standard alphabet. */
  rename(from: RepairKind, to: RepairKind): void {
    const ranges = this.ranges.get(from);
    if (ranges === undefined) return;
    this.ranges.delete(from);
    this.ranges.set(to, ranges);
  }

  /** Takes back everything from a place on: the reading turned back there. */
  forget(from: number): void {
    for (const [kind, ranges] of this.ranges) {
      const kept = ranges.filter(([start]) => start < from);
      if (kept.length === 0) this.ranges.delete(kind);
      else this.ranges.set(kind, kept);
    }
  }

  merge(other: RepairNotes): void {
    for (const [kind, ranges] of other.ranges) for (const [start, end] of ranges) this.add(kind, start, end);
  }

  /** The repairs with places of the input. */
  build(slice: Slice): readonly Repair[] {
    const repairs: Repair[] = [];
    for (const kind of ORDER) {
      const ranges = this.ranges.get(kind);
      if (ranges === undefined) continue;
      const placed = ranges
        .map(([start, end]): Range => [positionAt(slice, start), endPositionAt(slice, end)])
        .sort((a, b) => a[0] - b[0]);
      repairs.push({ kind, places: placed.length, ranges: placed });
    }
    return repairs;
  }
}

/** Of these every character is a place of its own. */
const COUNTED: ReadonlySet<RepairKind> = new Set([
  'base64-standard',
  'percent',
  'percent-double',
  'json-escapes',
  'quotes',
]);
