import { jsonLanguage } from '@codemirror/lang-json';
import type { Json } from '../../../shared/json.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

type SyntaxNode = ReturnType<typeof jsonLanguage.parser.parse>['topNode'];

/** Offsets in a text, in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface JsonTextError extends Span {
  /** a sentence with the place in it */
  readonly message: string;
}

/** JSON as people type it; the error says where. A member that stands twice is one: one of its values would be lost. */
export function parseJsonText(text: string): Result<Json, JsonTextError> {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const told = /position (\d+)/.exec(said)?.[1];
    const from = told === undefined ? brokenAt(text) : Number(told);
    const what = said.split(/ in JSON| at position|, "|, \.\.\./, 1)[0] ?? '';
    const message = `Not JSON at ${placeOf(text, from)}: ${what === '' ? 'it ends early' : what}`;
    return err({ from, to: Math.min(from + 1, text.length), message });
  }
  const twice = repeatedMember(text);
  if (twice === undefined) return ok(json);
  const name = text.slice(twice.from, twice.to);
  return err({ ...twice, message: `${name} stands twice, again at ${placeOf(text, twice.from)}: keep one` });
}

/** Where the value at a path stands, or the nearest one around it; `undefined`: there is nothing of the path. */
export function locateInJson(text: string, path: readonly (string | number)[]): Span | undefined {
  let node = jsonLanguage.parser.parse(text).topNode.firstChild;
  if (node === null) return undefined;
  let name: Span | undefined;
  for (const [depth, step] of path.entries()) {
    const member = valueAt(text, node, step);
    if (member === undefined && depth === 0) return undefined;
    if (member === undefined) break;
    node = member.value;
    name = member.name;
  }
  // a long value is named by its member, else half the text would be underlined
  const isLong = text.slice(node.from, node.to).includes('\n');
  return isLong && name !== undefined ? name : { from: node.from, to: node.to };
}

function valueAt(text: string, node: SyntaxNode, step: string | number) {
  if (node.name === 'Object')
    for (const property of node.getChildren('Property')) {
      const name = property.getChild('PropertyName');
      const value = property.lastChild;
      if (name !== null && value !== null && memberName(text, name) === String(step)) return { name, value };
    }
  if (node.name === 'Array' && typeof step === 'number') {
    let left = step;
    for (let child = node.firstChild; child !== null; child = child.nextSibling)
      if (VALUES.has(child.name) && left-- === 0) return { name: undefined, value: child };
  }
  return undefined;
}
const VALUES: ReadonlySet<string> = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

function memberName(text: string, { from, to }: Span): string | undefined {
  try {
    return String(JSON.parse(text.slice(from, to)));
  } catch {
    return undefined;
  }
}

function repeatedMember(text: string): Span | undefined {
  const objects: Set<string | undefined>[] = [];
  let repeated: Span | undefined;
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'Object') objects.push(new Set());
      if (name !== 'PropertyName') return;
      const seen = objects.at(-1);
      const spelled = memberName(text, { from, to });
      if (seen?.has(spelled)) repeated ??= { from, to };
      seen?.add(spelled);
    },
    leave: ({ name }) => {
      if (name === 'Object') objects.pop();
    },
  });
  return repeated;
}

/** Where the text stops being JSON, for messages that do not say it. */
function brokenAt(text: string): number {
  let at = text.length;
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) at = Math.min(at, from);
    },
  });
  return at;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
