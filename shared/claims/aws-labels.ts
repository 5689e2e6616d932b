import { int, text } from '../cbor/build.ts';
import type { CborNode } from '../cbor/node.ts';

/**
 * The CloudFront documentation's sample numbers the inside of its claims differently (CAT.md a.4). These turn its
 * values into the registered shape; every new node stands where the old one stood.
 */
export const fromAwsLabels = {
  /** `{2: {1: "/path"}}`: host 1, path 2, extension 3; prefix 1, suffix 2, exact 3 */
  catu: (node: CborNode): CborNode =>
    relabel(node, AWS_COMPONENTS, (component) => relabel(component, AWS_MATCHES, (match) => match)),
  /** `{1: "cookie", 2: time, 3: uses}`: the use counter has no counterpart, so it keeps a name of its own */
  catr: (node: CborNode): CborNode =>
    relabel(node, AWS_RENEWAL, (member) => {
      const type = member.kind === 'text' ? RENEWAL_TYPES.get(member.value) : undefined;
      return type === undefined ? member : { ...spanOf(member), ...int(type) };
    }),
};

const AWS_COMPONENTS = new Map<number, number>([
  [1, 1],
  [2, 3],
  [3, 8],
]);
const AWS_MATCHES = new Map<number, number>([
  [1, 1],
  [2, 2],
  [3, 0],
]);
const AWS_RENEWAL = new Map<number, number | string>([
  [1, 0],
  [2, 2],
  [3, 'max_uses'],
]);
const RENEWAL_TYPES = new Map([
  ['automatic', 0],
  ['cookie', 1],
  ['header', 2],
  ['redirect', 3],
]);

function relabel(
  node: CborNode,
  labels: ReadonlyMap<number, number | string>,
  translate: (value: CborNode) => CborNode,
): CborNode {
  if (node.kind !== 'map') return node;
  return {
    ...node,
    entries: node.entries.map(({ key, value }) => {
      const label = key.kind === 'int' ? labels.get(Number(key.value)) : undefined;
      if (label === undefined) return { key, value: translate(value) };
      const renamed = typeof label === 'number' ? int(label) : text(label);
      return { key: { ...spanOf(key), ...renamed }, value: translate(value) };
    }),
  };
}

const spanOf = ({ start, headEnd, end, width }: CborNode) => ({ start, headEnd, end, width });
