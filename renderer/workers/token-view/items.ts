import { encodeHex } from '../../../shared/bytes/hex.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from '../../../shared/claims/claims-set.ts';
import type { Envelope } from '../../../shared/cose/envelope.ts';
import { STRUCTURE_NAME } from '../../../shared/cose/words.ts';
import type { Inspection } from '../../../shared/inspect/inspection.ts';
import { describeClaim, describeNode, formatKey, unwrapMap } from './describe.ts';
import { headerName, ruleName, ruleWord } from './names.ts';
import { readBranches } from './rules.ts';
import type { ByteItem, Segment } from './token-view.ts';

/** The token's bytes, cut into one line an item. Each byte is in exactly one line, damaged and trailing ones too. */
export function readItems(inspection: Inspection): readonly ByteItem[] {
  const { envelope } = inspection;
  return envelope.kind === 'c4m-dot' ? dotItems(envelope) : new ItemWalk(inspection).run();
}

/** Header, claims and MAC of the dot form: three stretches of text. */
function dotItems(envelope: Envelope): readonly ByteItem[] {
  const text = new TextDecoder().decode(envelope.bytes);
  const lines: ByteItem[] = [];
  let start = 0;
  text.split('.').forEach((part, index, parts) => {
    const end = Math.min(start + part.length + 1, text.length);
    const isLast = index === parts.length - 1;
    const [id, segment, note] =
      index === 0
        ? (['protected', 'protected', 'header'] as const)
        : isLast
          ? (['proof', 'mac', 'MAC'] as const)
          : (['payload', 'payload', 'claims'] as const);
    lines.push({ id, segment, start, end, wholeEnd: end, depth: 0, title: note, note: `${note}, base64url` });
    start = end;
  });
  return lines;
}

type Entry = { readonly key: CborNode; readonly value: CborNode };
type EntryLine = Pick<ByteItem, 'id' | 'depth' | 'title' | 'note'> & { readonly name: string };

class ItemWalk {
  private readonly lines: ByteItem[] = [];
  private readonly inspection: Inspection;
  /** where the next line begins: heads that belong to nobody else go to the line that follows them */
  private at = 0;

  constructor(inspection: Inspection) {
    this.inspection = inspection;
  }

  run(): readonly ByteItem[] {
    const { envelope, root } = this.inspection;
    let inner = root;
    while (inner.kind === 'tag' && inner.tag !== 259) inner = inner.value;
    const size = envelope.bytes.length;

    if (inner.kind === 'array' && inner.items.length > 0) {
      this.take(
        inner.items[0]?.start ?? inner.headEnd,
        size,
        'envelope',
        'tag',
        0,
        'envelope',
        describeOutside(envelope, inner),
      );
      for (const [index, item] of inner.items.entries()) this.takePart(item, index);
    } else if (envelope.payload?.form === 'bare') {
      this.takePayload(inner);
    } else {
      this.take(inner.end, inner.end, 'envelope', 'tag', 0, 'envelope', describeNode(inner));
    }
    if (this.at < size)
      this.take(size, size, 'rest', 'tag', 0, 'rest', envelope.damagedAt === undefined ? 'trailing bytes' : 'not read');
    return this.lines;
  }

  private takePart(item: CborNode, index: number): void {
    const { envelope } = this.inspection;
    if (item === envelope.payload?.node) this.takePayload(item);
    else if (item === envelope.protected.node) this.takeHeaders(item, envelope.protected.map, 'protected');
    else if (item === envelope.unprotected.node) this.takeHeaders(item, envelope.unprotected.map, 'unprotected');
    else if (item === envelope.proof?.node)
      this.take(item.end, item.end, 'proof', 'mac', 1, 'proof', describeProof(envelope));
    else this.take(item.end, item.end, `part/${index}`, 'tag', 1, `item ${index + 1}`, describeNode(item));
  }

  private takeHeaders(item: CborNode, map: CborNode | undefined, segment: 'protected' | 'unprotected'): void {
    if (map?.kind === 'map' && map.entries.length > 0) {
      map.entries.forEach(({ key, value }, index) => {
        const name = headerName(key);
        const { alg, kid } = this.inspection.envelope;
        const text =
          name === 'alg' && alg !== undefined
            ? `${alg.name} (${alg.id})`
            : name === 'kid' && kid?.node === value
              ? (kid.text ?? encodeHex(kid.bytes))
              : describeNode(value);
        const id = `${segment}/${index}`;
        this.take(value.end, value.end, id, segment, 1, name, `${name} (${formatKey(key)}): ${text}`);
      });
      this.takeBreak(map.end, segment, segment);
      return;
    }
    const note = map !== undefined || item.end === item.headEnd ? `${segment} headers, empty` : describeNode(item);
    this.take(item.end, item.end, segment, segment, 1, `${segment} headers`, note);
  }

  private takePayload(item: CborNode): void {
    const { envelope, claims } = this.inspection;
    const map = unwrapMap(envelope.payload?.claims);
    if (map === undefined || claims === undefined) {
      const note =
        envelope.payload?.form === 'ciphertext' ? `ciphertext, ${item.end - item.headEnd} bytes` : describeNode(item);
      this.take(item.end, item.end, 'payload', 'payload', 1, 'payload', note);
      return;
    }
    const form = envelope.payload?.form === 'hex-text' ? 'payload as hex text' : 'payload';
    const length = item.end - item.headEnd;
    const note =
      envelope.payload?.form === 'bare'
        ? `claims, map of ${map.entries.length}`
        : `${form} ${length} bytes, map of ${map.entries.length}`;
    this.take(map.headEnd, item.end, 'payload', 'payload', 1, 'claims', note);
    for (const [index, entry] of claims.entries.entries()) this.takeClaim(entry, `payload/${index}`);
    this.takeBreak(item.end, 'payload', 'payload');
  }

  private takeClaim(entry: ClaimEntry, id: string, depth = 2): void {
    const label = formatKey(entry.keyNode);
    const line = {
      id,
      depth,
      title: entry.name,
      name: entry.name === label ? label : `${entry.name} (${label})`,
      note: describeClaim(entry),
    };
    const sets = readBranches(entry);
    if (sets.length > 0) this.takeComposite(entry, line, sets);
    else this.takeEntry({ key: entry.keyNode, value: entry.node }, line, entry.name, 0);
  }

  private takeComposite(entry: ClaimEntry, line: EntryLine, sets: readonly ClaimsSet[]): void {
    const { end } = entry.node;
    const [first] = sets;
    const head = first === undefined ? end : first.node.start;
    this.take(head, end, line.id, 'payload', line.depth, line.title, `${line.name}: ${describeNode(entry.node)}`);
    sets.forEach((set, index) => {
      const map = unwrapMap(set.node);
      if (map === undefined) return;
      const id = `${line.id}/${index}`;
      this.take(
        map.headEnd,
        map.end,
        id,
        'payload',
        line.depth + 1,
        `${line.title} branch ${index + 1}`,
        `branch ${index + 1}, ${describeNode(map)}`,
      );
      for (const [place, inner] of set.entries.entries()) this.takeClaim(inner, `${id}/${place}`, line.depth + 2);
      this.takeBreak(map.end, id, 'payload');
    });
    this.takeBreak(end, line.id, 'payload');
  }

  /** One entry of a map: a line, or a head line with a line for each entry inside it. `level`: maps around it in its claim. */
  private takeEntry(entry: Entry, line: EntryLine, claim: string, level: number): void {
    const { id, depth, title, name, note } = line;
    const { end } = entry.value;
    const map = unwrapMap(entry.value);
    const [first] = map?.entries ?? [];
    if (map === undefined || first === undefined) {
      this.take(end, end, id, 'payload', depth, title, `${name}: ${note}`);
      return;
    }
    if (map.entries.length === 1 && level > 0 && unwrapMap(first.value) === undefined) {
      // a component with one rule is one line: “path (3) starts with (1)”
      this.take(end, end, id, 'payload', depth, title, `${name} ${ruleName(claim, level, first.key)}`);
      return;
    }
    this.take(map.headEnd, end, id, 'payload', depth, title, `${name}: ${note}`);
    map.entries.forEach((inner, index) => {
      const inside = {
        id: `${id}/${index}`,
        depth: depth + 1,
        title: `${title}.${ruleWord(claim, level, inner.key) ?? formatKey(inner.key)}`,
        name: ruleName(claim, level, inner.key),
        note: describeNode(inner.value),
      };
      this.takeEntry(inner, inside, claim, level + 1);
    });
    this.takeBreak(end, id, 'payload');
  }

  /** What is left of an item after its content: the byte that ends one of indefinite length. */
  private takeBreak(end: number, id: string, segment: Segment): void {
    if (this.at < end) this.take(end, end, id, segment, 2, 'end of the item', 'end of the item');
  }

  private take(
    end: number,
    wholeEnd: number,
    id: string,
    segment: Segment,
    depth: number,
    title: string,
    note: string,
  ): void {
    if (end <= this.at) return;
    this.lines.push({ id, segment, start: this.at, end, wholeEnd: Math.max(end, wholeEnd), depth, title, note });
    this.at = end;
  }
}

function describeOutside(envelope: Envelope, array: CborNode): string {
  const cose = envelope.tags.find((tag) => tag >= 16 && tag <= 18);
  const names = envelope.tags.filter((tag) => tag !== cose).map((tag) => (tag === 61 ? 'CWT (tag 61)' : `tag ${tag}`));
  names.push(
    cose === undefined ? `${STRUCTURE_NAME[envelope.kind]}, no tag` : `${STRUCTURE_NAME[envelope.kind]} (tag ${cose})`,
  );
  return `${names.join(', ')}, array of ${array.kind === 'array' ? array.items.length : 0}`;
}

function describeProof(envelope: Envelope): string {
  const length = `${envelope.proof?.bytes.length ?? 0} bytes`;
  const kind = envelope.kind === 'cose-sign1' ? 'signature' : envelope.kind === 'cose-mac0' ? 'MAC' : 'proof';
  return envelope.alg === undefined ? `${kind}: ${length}` : `${kind}: ${envelope.alg.name}, ${length}`;
}
