import type { FoundToken } from '../../../shared/carrier/found.ts';
import type { ByteItem, CharacterRun } from './token-view.ts';

/**
 * Which characters of the pasted text belong to which item. A base64 character belongs to the item that owns its first
 * bit; in the dot form a character is a byte.
 */
export function readRuns(token: FoundToken, items: readonly ByteItem[]): readonly CharacterRun[] {
  const { positions } = token;
  const isDot = token.kind === 'c4m-dot';
  const firstCharacter = (byte: number): number => Math.min(isDot ? byte : Math.ceil((byte * 4) / 3), positions.length);
  const inputAt = (character: number): number =>
    character < positions.length ? (positions[character] ?? token.end) : token.end;
  const repaired = token.repairs.flatMap((repair) => repair.ranges);

  return items.flatMap((item) => {
    const from = firstCharacter(item.start);
    const to = firstCharacter(item.end);
    if (from >= to) return [];
    return cutAtRepairs(
      { start: inputAt(from), end: inputAt(to), id: item.id, segment: item.segment, isRepaired: false },
      repaired,
    );
  });
}

function cutAtRepairs(run: CharacterRun, repaired: readonly (readonly [number, number])[]): readonly CharacterRun[] {
  const inside = repaired
    .filter(([start, end]) => start < run.end && end > run.start)
    .map(([start, end]) => [Math.max(start, run.start), Math.min(end, run.end)] as const)
    .sort(([a], [b]) => a - b);
  const pieces: CharacterRun[] = [];
  let at = run.start;
  for (const [start, end] of inside) {
    if (end <= at) continue;
    if (start > at) pieces.push({ ...run, start: at, end: start });
    pieces.push({ ...run, start: Math.max(start, at), end, isRepaired: true });
    at = end;
  }
  if (at < run.end) pieces.push({ ...run, start: at });
  return pieces;
}
