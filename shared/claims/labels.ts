import type { CborNode } from '../cbor/node.ts';
import { fromAwsLabels } from './aws-labels.ts';
import type { ClaimDefinition } from './claim.ts';
import { spellKey } from './codec/node-json.ts';
import type { DialectId } from './dialects.ts';
import { CLAIMS, claimByName } from './registry.ts';

/** What a key of a claims map means. */
export interface ResolvedLabel {
  /** as it stands on the wire, see `ClaimEntry` */
  readonly label: number | bigint | string;
  readonly name: string;
  readonly definition?: ClaimDefinition;
  /** the dialect that puts this claim at this label; absent at the registered one */
  readonly dialect?: DialectId;
  /** turns a value of that dialect into the registered shape, at the same offsets */
  readonly translate?: (node: CborNode) => CborNode;
}

type Shape = 'array' | 'map';
interface OddLabel {
  readonly name: string;
  readonly dialect: DialectId;
  /** only a value of this shape means the claim; absent = any */
  readonly shape?: Shape;
  readonly translate?: (node: CborNode) => CborNode;
}

/** Labels that code in the field uses and nobody registered for CAT (CAT.md a.3, a.4). */
const ODD_LABELS = new Map<number, readonly OddLabel[]>([
  [41, [{ name: 'or', dialect: 'akamai-composites', shape: 'array' }]],
  [42, [{ name: 'nor', dialect: 'akamai-composites', shape: 'array' }]],
  [43, [{ name: 'and', dialect: 'akamai-composites', shape: 'array' }]],
  [44, [{ name: 'enc', dialect: 'akamai-composites', shape: 'map' }]],
  [45, [{ name: 'crit', dialect: 'akamai-composites', shape: 'array' }]],
  [
    324,
    [
      { name: 'or', dialect: 'quicr-composites', shape: 'array' },
      { name: 'cattprint', dialect: 'cattprint-324', shape: 'map' },
    ],
  ],
  [325, [{ name: 'nor', dialect: 'quicr-composites', shape: 'array' }]],
  [326, [{ name: 'and', dialect: 'quicr-composites', shape: 'array' }]],
  [401, [{ name: 'catu', dialect: 'aws-docs', shape: 'map', translate: fromAwsLabels.catu }]],
  [402, [{ name: 'catnip', dialect: 'aws-docs', shape: 'array' }]],
  [403, [{ name: 'catm', dialect: 'aws-docs', shape: 'array' }]],
  [404, [{ name: 'catr', dialect: 'aws-docs', shape: 'map', translate: fromAwsLabels.catr }]],
  [65_000, [{ name: 'moqt', dialect: 'c4m', shape: 'array' }]],
  [65_001, [{ name: 'moqt-reval', dialect: 'c4m' }]],
  [65_536, [{ name: 'catifdata', dialect: 'legacy-2024' }]],
]);

/** Labels of the drafts before December 2024; below 308 they collide with EAT (RFC 9711). */
const LEGACY_NAMES = new Map([
  [267, 'catreplay'],
  [269, 'catnip'],
  [270, 'catu'],
  [271, 'catm'],
  [272, 'catalpn'],
  [273, 'catgeoiso3166'],
  [274, 'cattpk'],
  [275, 'catdpopw'],
  [277, 'catif'],
  [278, 'catr'],
  [279, 'catv'],
  [280, 'cath'],
  [281, 'catgeocoord'],
  [283, 'catpor'],
]);

/** Claims that the drafts kept at text keys. */
const LEGACY_TEXT_NAMES: ReadonlySet<string> = new Set(['catdpopjti', 'geohash', 'catgeoalt']);

const registered = new Map<number, ResolvedLabel>(
  CLAIMS.map((definition) => [definition.label, { label: definition.label, name: definition.name, definition }]),
);

/**
 * The claim at a key. `value` tells labels apart that two dialects use (without it the first is taken); `legacy` says
 * that the map keeps its claims at the labels of the 2024 drafts.
 */
export function resolveLabel(key: CborNode, value: CborNode | undefined, legacy: boolean): ResolvedLabel {
  if (key.kind === 'int') return resolveInteger(key.value, value, legacy);
  if (key.kind === 'text') return resolveText(key.value, value, legacy);
  if (key.kind === 'float' && Number.isNaN(key.value)) {
    return { label: Number.NaN, name: 'NaN', dialect: 'nan-keys' };
  }
  const spelled = spellKey(key);
  return { label: spelled, name: spelled };
}

function resolveInteger(label: number | bigint, value: CborNode | undefined, legacy: boolean): ResolvedLabel {
  if (typeof label === 'bigint') return { label, name: label.toString() };
  const odd = ODD_LABELS.get(label)?.find(({ shape }) => shape === undefined || isOfShape(value, shape));
  if (odd !== undefined) return atOddLabel(label, odd);
  const known = registered.get(label);
  if (known !== undefined) return known;
  const name = legacy ? LEGACY_NAMES.get(label) : undefined;
  return name === undefined ? { label, name: String(label) } : atOddLabel(label, { name, dialect: 'legacy-2024' });
}

function resolveText(label: string, value: CborNode | undefined, legacy: boolean): ResolvedLabel {
  if (LEGACY_TEXT_NAMES.has(label)) {
    return atOddLabel(label, { name: label, dialect: legacy || label === 'catdpopjti' ? 'legacy-2024' : 'text-keys' });
  }
  if (claimByName(label) !== undefined) return atOddLabel(label, { name: label, dialect: 'text-keys' });
  if (/^-?\d{1,5}$/.test(label)) {
    const { dialect: _, ...meant } = resolveInteger(Number(label), value, legacy);
    return { ...meant, label, dialect: 'text-keys' };
  }
  return { label, name: JSON.stringify(label) };
}

function atOddLabel(label: number | string, { name, dialect, translate }: OddLabel): ResolvedLabel {
  const definition = claimByName(name);
  return {
    label,
    name,
    dialect,
    ...(definition === undefined ? {} : { definition }),
    ...(translate === undefined ? {} : { translate }),
  };
}

function isOfShape(value: CborNode | undefined, shape: Shape): boolean {
  if (value === undefined) return true;
  let item = value;
  while (item.kind === 'tag') item = item.value;
  return item.kind === shape;
}

/**
 * Whether a map keeps its claims at the labels of the 2024 drafts rather than holding an attestation: one of the draft's
 * catu, catif or catr is there as the map it is, and nothing stands at a registered label (CAT.md a.4).
 */
export function isLegacyMap(entries: readonly { readonly key: CborNode; readonly value: CborNode }[]): boolean {
  let found = false;
  for (const { key, value } of entries) {
    if (key.kind !== 'int' || typeof key.value === 'bigint') continue;
    if (isRegisteredCatLabel(key.value)) return false;
    if (key.value === 270 || key.value === 277 || key.value === 278) found ||= isOfShape(value, 'map');
  }
  return found;
}

/** The range IANA gave to CTA-5007 (CAT.md a.2). */
export const isRegisteredCatLabel = (label: number): boolean => label >= 308 && label <= 323;
