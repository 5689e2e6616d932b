import { type EdnRange, formatEdn } from '../../../shared/cbor/edn.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import type { Inspection } from '../../../shared/inspect/inspection.ts';
import { formatTimeOfDay, zoneAt } from '../../ui/local-time.ts';
import { timeOf } from './describe.ts';
import type { ByteItem, CodeLine } from './token-view.ts';

/** Columns of the panel at its usual width; wider lines scroll. */
const WIDTH = 52;

/** The token as diagnostic notation, a line an entry, each line linked to the item that starts on it. */
export function readEdnLines(inspection: Inspection, items: readonly ByteItem[]): readonly CodeLine[] {
  const { envelope, root } = inspection;
  const inside = new Map<CborNode, CborNode>();
  const embed = (outer: CborNode | undefined, inner: CborNode | undefined) => {
    if (outer && inner && outer !== inner) inside.set(outer, inner);
  };
  embed(envelope.protected.node, envelope.protected.map);
  if (envelope.payload?.form === 'bytes') embed(envelope.payload.node, envelope.payload.claims);

  const remarks = readRemarks(inspection);
  const { text, ranges } = formatEdn(root, {
    width: WIDTH,
    embedded: (node) => inside.get(node),
    comment: (node) => remarks.get(node),
  });
  const known = new Set(remarks.values());
  const itemAt = finder(items);
  let from = 0;
  let next = 0;
  return text.split('\n').map((line): CodeLine => {
    const end = from + line.length;
    const first = firstRange(ranges, next, end);
    while (next < ranges.length && (ranges[next]?.start ?? end) < end) next += 1;
    from = end + 1;
    const item = first === undefined ? undefined : itemAt(first.node.start);
    const { code, comment } = splitComment(line, known);
    const indent = code.length - code.trimStart().length;
    return { text: code.slice(indent), indent: indent / 2, id: item?.id, segment: item?.segment, comment };
  });
}

/** The first item that begins on the line; ranges stand in the order their items start. */
const firstRange = (ranges: readonly EdnRange[], next: number, end: number): EdnRange | undefined => {
  const range = ranges[next];
  return range !== undefined && range.start < end ? range : undefined;
};

function readRemarks({ envelope, claims }: Inspection): Map<CborNode, string> {
  const remarks = new Map<CborNode, string>();
  const name = { 'cose-mac0': 'COSE_Mac0', 'cose-sign1': 'COSE_Sign1', 'cose-encrypt0': 'COSE_Encrypt0' };
  if (envelope.kind in name) remarks.set(envelope.root, name[envelope.kind as keyof typeof name]);
  if (envelope.alg !== undefined && envelope.protected.node !== undefined && envelope.alg.in === 'protected')
    remarks.set(envelope.protected.node, `alg ${envelope.alg.name}`);
  if (envelope.kid?.text !== undefined && envelope.unprotected.node !== undefined && envelope.kid.in === 'unprotected')
    remarks.set(envelope.unprotected.node, `kid ${envelope.kid.text}`);
  for (const entry of claims?.entries ?? []) {
    const at = timeOf(entry);
    if (at !== undefined) remarks.set(entry.keyNode, `${entry.name} ${formatTimeOfDay(at)} ${zoneAt(at)}`);
    else if (entry.definition !== undefined) remarks.set(entry.keyNode, entry.name);
  }
  return remarks;
}

function splitComment(
  line: string,
  known: ReadonlySet<string>,
): { readonly code: string; readonly comment: string | undefined } {
  if (line.endsWith(' /')) {
    const at = line.lastIndexOf(' / ', line.length - 3);
    const comment = at === -1 ? undefined : line.slice(at + 3, -2);
    if (comment?.split('; ').every((part) => known.has(part))) return { code: line.slice(0, at), comment };
  }
  return { code: line, comment: undefined };
}

/** The item whose bytes hold an offset, by halving. */
export function finder(items: readonly ByteItem[]): (offset: number) => ByteItem | undefined {
  return (offset) => {
    let low = 0;
    let high = items.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const item = items[middle];
      if (item === undefined) return undefined;
      if (offset < item.start) high = middle - 1;
      else if (offset >= item.end) low = middle + 1;
      else return item;
    }
    return undefined;
  };
}
