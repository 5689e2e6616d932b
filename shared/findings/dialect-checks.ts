import type { CborNode } from '../cbor/node.ts';
import type { ClaimEntry } from '../claims/claims-set.ts';
import type { DialectId } from '../claims/dialects.ts';
import type { Check, ClaimsFacts } from './check.ts';
import { nestedSets } from './check.ts';

interface DialectRow {
  readonly dialect: DialectId;
  readonly code: string;
  readonly title: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** the sentence about the first such claim: its name, then its label */
  message(name: string, label: string): string;
  readonly mend: string;
}

/** Spellings of claims that are not today's registered ones, with who wrote them and who reads them (CAT.md a.3, a.4, b). */
const DIALECT_ROWS: readonly DialectRow[] = [
  {
    dialect: 'legacy-2024',
    code: 'legacy-label',
    title: 'Labels of the 2024 drafts (267–283)',
    severity: 'error',
    message: (name, label) =>
      `${name} stands at label ${label}, where drafts before December 2024 had it. Today’s recipients do not know it there, and the label means something else by now (RFC 9711).`,
    mend: 'Issue it with the registered labels, 308 to 323.',
  },
  {
    dialect: 'array-matches',
    code: 'array-matches',
    title: 'Matches as arrays',
    severity: 'error',
    message: (name) =>
      `${name} writes its matches as [type, value], as drafts of mid-2024 did and Flowplayer’s API takes them in JSON. In a token node-cat throws on it, and Akamai calls it ill-formed.`,
    mend: 'Write each match as a map: {type: value}.',
  },
  {
    dialect: 'draft-2023-catu',
    code: 'draft-2023-catu',
    title: 'catu of the 2023 draft',
    severity: 'error',
    message: (name) =>
      `${name} has the shape of the 2023 draft: type, pattern and group in one map. No recipient of today reads it.`,
    mend: 'Write it as {component: {type: value}}.',
  },
  {
    dialect: 'catu-usage-counter',
    code: 'catu-usage-counter',
    title: 'catu as a number',
    severity: 'error',
    message: () =>
      'catu is a number. Early CAT-4-MOQT software counted uses with it; for everybody else it is an ill-formed URL rule.',
    mend: 'Leave it out, or write URL rules.',
  },
  {
    dialect: 'akamai-composites',
    code: 'akamai-composites',
    title: 'Composites at labels 41–45',
    severity: 'warning',
    message: (name, label) =>
      `${name} stands at label ${label}, where only Akamai looks for it. To others it is an unknown claim, and some then let the token through without it.`,
    mend: 'Make sure that the recipient is Akamai’s.',
  },
  {
    dialect: 'quicr-composites',
    code: 'quicr-composites',
    title: 'Composites at labels 324–326',
    severity: 'warning',
    message: (name, label) =>
      `${name} stands at label ${label}, where cat-token and catapult look for it. No label is registered; to others it is an unknown claim, and some then let the token through without it.`,
    mend: 'Make sure that the recipient knows it.',
  },
  {
    dialect: 'cattprint-324',
    code: 'cattprint-324',
    title: 'cattprint at label 324',
    severity: 'info',
    message: (name) =>
      `${name} stands at label 324, which Fastly and zig’s library use; others keep “or” there. It is not registered.`,
    mend: 'Make sure that the recipient is Fastly’s.',
  },
  {
    dialect: 'aws-docs',
    code: 'aws-labels',
    title: 'Labels of the CloudFront sample (401–404)',
    severity: 'error',
    message: (name, label) =>
      `${name} stands at label ${label}, as CloudFront’s documentation sample has it. Nothing but code made from that sample reads it.`,
    mend: 'Issue it with the registered labels, 308 to 323.',
  },
  {
    dialect: 'akamai-catr-labels',
    code: 'akamai-catr-labels',
    title: 'catr with Akamai’s labels',
    severity: 'warning',
    message: () =>
      'catr keeps cookie parameters, header parameters and status at 6, 7 and 8, as Akamai’s label table has them. Others look at 5, 6 and 7.',
    mend: 'Use labels 5 to 7.',
  },
  {
    dialect: 'nan-keys',
    code: 'lost-claim',
    title: 'Claims lost as NaN keys',
    severity: 'error',
    message: () =>
      'A claim has NaN for its label: node-cat writes that for names it does not know, and two such claims become one. What it was is lost.',
    mend: 'Issue it again with a library that knows the claim.',
  },
  {
    dialect: 'text-keys',
    code: 'text-key',
    title: 'Claims with text keys',
    severity: 'error',
    message: (name) =>
      `${name} has a text key where the standard has a number. Recipients do not know it so, and some then let the token through without it.`,
    mend: 'Issue it with the registered label.',
  },
  {
    dialect: 'c4m',
    code: 'c4m-claim',
    title: 'Claims as early C4M drafts wrote them',
    severity: 'warning',
    message: (name) => `${name} is written as CAT-4-MOQT’s early examples have it, which CTA-5007 does not.`,
    mend: 'Write it in the registered shape.',
  },
];

/** One finding a dialect, at the first claim that shows it. */
export const DIALECT_CHECKS: readonly Check<ClaimsFacts>[] = DIALECT_ROWS.map(({ dialect, message, mend, ...row }) => ({
  ...row,
  find: ({ claims }) => {
    if (!claims.dialects.includes(dialect)) return [];
    const entry = firstOf(claims.entries, dialect);
    if (entry === undefined) return [];
    return [
      { message: message(entry.name, String(entry.label)), at: placeOf(entry, dialect), claim: entry.name, mend },
    ];
  },
}));

function firstOf(entries: readonly ClaimEntry[], dialect: DialectId): ClaimEntry | undefined {
  for (const entry of entries) {
    if (entry.dialects.includes(dialect)) return entry;
    for (const set of nestedSets(entry)) {
      const nested = firstOf(set.entries, dialect);
      if (nested) return nested;
    }
  }
  return undefined;
}

const OF_LABEL: ReadonlySet<DialectId> = new Set([
  'legacy-2024',
  'akamai-composites',
  'quicr-composites',
  'cattprint-324',
  'aws-docs',
  'nan-keys',
  'text-keys',
]);

/** A dialect of the label is the key's, one of the shape the value's. */
const placeOf = (entry: ClaimEntry, dialect: DialectId): CborNode =>
  OF_LABEL.has(dialect) ? entry.keyNode : entry.node;
