import { int } from '../../cbor/build.ts';
import { isComplete } from '../../cbor/is-complete.ts';
import type { CborNode, CborValue } from '../../cbor/node.ts';
import { isJsonObject, type Json } from '../../json.ts';
import type { JsonProblem, ReadContext } from '../claim.ts';
import { bare, type Codec, problem, under, wrongType } from './codec.ts';
import { nodeFromJson, nodeToJson, numberRepeats, parseKey, spellKey } from './node-json.ts';

/** One member of a map with fixed integer labels. */
export interface GroupMember<T> {
  readonly label: number;
  /** its name in claims JSON */
  readonly json: string;
  /** other spellings that are taken */
  readonly aliases?: readonly string[];
  readonly codec: Codec<T>;
}

/** An entry of a map that its definition does not know, kept as it stands. */
export interface OtherEntry {
  readonly key: CborValue;
  readonly value: CborValue;
}

/** What every group value may carry beside its own members. */
export interface WithOthers {
  readonly others?: readonly OtherEntry[];
}

type Members<T> = { readonly [K in keyof Omit<T, 'others'>]-?: GroupMember<Exclude<T[K], undefined>> };
type Loose = Record<string, unknown>;

/**
 * Map with fixed integer labels ↔ JSON object. `required` members make the value unusable when they are missing; labels
 * that are not listed are said, and kept in `others`.
 */
export function groupCodec<T extends WithOthers>(
  members: Members<T>,
  required: readonly (keyof Members<T> & string)[] = [],
): Codec<T> {
  const rows = Object.entries<GroupMember<unknown>>(members);
  const byLabel = new Map(rows.map(([property, member]) => [member.label, { property, member }]));
  const byName = new Map(
    rows.flatMap(([property, member]) =>
      [member.json, String(member.label), ...(member.aliases ?? [])].map((name) => [name, { property, member }]),
    ),
  );
  return {
    read(node, ctx) {
      const map = bare(node, ctx);
      if (map.kind !== 'map') return wrongType(map, 'a map', ctx);
      const value: Loose = {};
      const others: OtherEntry[] = [];
      for (const entry of map.entries) {
        const row = byLabel.get(labelOf(entry.key, ctx) ?? Number.NaN);
        if (row === undefined) {
          ctx.issue(entry.key, 'ERR_CLAIM_UNKNOWN', `No member ${spellKey(entry.key)} is known here`, 'warning');
          if (isComplete(entry.key) && isComplete(entry.value)) others.push({ key: entry.key, value: entry.value });
        } else if (row.property in value) {
          ctx.issue(entry.key, 'ERR_CLAIM_CONFLICT', `${row.member.json} stands twice; the first counts`);
        } else {
          const read = row.member.codec.read(entry.value, ctx);
          if (read !== undefined) value[row.property] = read;
        }
      }
      if (others.length > 0) value['others'] = others;
      for (const property of required) {
        if (property in value) continue;
        if (!map.entries.some(({ key }) => key.kind === 'int' && key.value === members[property].label)) {
          ctx.issue(map, 'ERR_CLAIM_EMPTY', `Must have ${members[property].json} (${members[property].label})`);
        }
        return undefined;
      }
      return value as T;
    },
    write(value) {
      const loose = value as Loose;
      const own = rows.flatMap(([property, { label, codec }]) =>
        loose[property] === undefined ? [] : [{ key: int(label), value: codec.write(loose[property]) }],
      );
      return { kind: 'map', entries: [...own, ...(value.others ?? [])] };
    },
    toJson(value) {
      const loose = value as Loose;
      const own = rows.flatMap(([property, { json, codec }]): [string, Json][] =>
        loose[property] === undefined ? [] : [[json, codec.toJson(loose[property])]],
      );
      const others = (value.others ?? []).map((entry): [string, Json] => [
        spellKey(entry.key),
        nodeToJson(entry.value),
      ]);
      return numberRepeats([...own, ...others]);
    },
    fromJson(json, ctx) {
      if (!isJsonObject(json)) return problem('Must be an object');
      const value: Loose = {};
      const others: OtherEntry[] = [];
      const problems: JsonProblem[] = [];
      for (const [name, one] of Object.entries(json)) {
        const row = byName.get(name);
        const key = row === undefined ? parseKey(name) : undefined;
        if (row !== undefined) {
          const read = row.member.codec.fromJson(one, ctx);
          if (!read.ok) problems.push(...under(name, read.error));
          else if (row.property in value) problems.push({ path: [name], message: `${row.member.json} stands twice` });
          else value[row.property] = read.value;
        } else if (key !== undefined) {
          const read = nodeFromJson(one);
          if (read.ok) others.push({ key, value: read.value });
          else problems.push(...under(name, read.error));
        } else {
          problems.push({ path: [name], message: `Must be one of ${rows.map(([, { json: own }]) => own).join(', ')}` });
        }
      }
      if (others.length > 0) value['others'] = others;
      for (const property of required) {
        if (!(property in value) && problems.length === 0) {
          problems.push({ path: [], message: `Must have ${members[property].json}` });
        }
      }
      return problems.length === 0 ? { ok: true, value: value as T } : { ok: false, error: problems };
    },
  };
}

/**
 * The integer label of a nested map's key. Decimal digits as text are what old node-cat wrote when it took maps for
 * objects: named, and read as the label.
 */
export function labelOf(key: CborNode, ctx: ReadContext): number | undefined {
  if (key.kind === 'int') return Number(key.value);
  if (key.kind !== 'text' || !/^-?\d{1,5}$/.test(key.value)) return undefined;
  ctx.dialect('text-keys', key);
  return Number(key.value);
}
