import type { ClaimsSet } from '../../../shared/claims/claims-set.ts';
import { nodeToJson } from '../../../shared/claims/codec/node-json.ts';
import type { Json } from '../../../shared/json.ts';
import type { CodeLine } from './token-view.ts';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly json: Json;
}

/** Members of the claims JSON in received order, with the row each belongs to; a repeated claim is numbered: `exp#2`. */
export function claimsMembers(claims: ClaimsSet): readonly Member[] {
  const seen = new Map<string, number>();
  return claims.entries.map(({ name, definition, value, node }, index) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const json = definition !== undefined && value !== undefined ? definition.toJson(value) : nodeToJson(node);
    return { id: `payload/${index}`, name: count === 1 ? name : `${name}#${count}`, json };
  });
}

/** Claims JSON, each line with the claim it comes from. */
export function readJsonLines(members: readonly Member[]): readonly CodeLine[] {
  const line = (text: string, indent: number, id?: string): CodeLine => ({
    text,
    indent,
    id,
    segment: undefined,
    comment: undefined,
  });
  if (members.length === 0) return [line('{}', 0)];
  const inner = members.flatMap(({ id, name, json }, index) => {
    const comma = index === members.length - 1 ? '' : ',';
    const lines = `${JSON.stringify(name)}: ${JSON.stringify(json, null, 1)}${comma}`.split('\n');
    return lines.map((text) => {
      const depth = text.length - text.trimStart().length;
      return line(text.slice(depth), depth + 1, id);
    });
  });
  return [line('{', 0), ...inner, line('}', 0)];
}
