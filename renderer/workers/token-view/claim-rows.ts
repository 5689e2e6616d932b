import { formatEdn } from '../../../shared/cbor/edn.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from '../../../shared/claims/claims-set.ts';
import { type RichText, rich } from '../../../shared/explain/rich-text.ts';
import { formatKey, timeOf } from './describe.ts';
import { readRules } from './rules.ts';
import type { ClaimRow } from './token-view.ts';

const MAX_RAW = 4000;

/** The claims table's rows in received order: every entry, known or not, with the rules inside URL and header claims. */
export function readClaimRows(claims: ClaimsSet): readonly ClaimRow[] {
  return claims.entries.flatMap((entry, index) => {
    const row = claimRow(entry, `payload/${index}`);
    const rules = readRules(entry).map((rule): ClaimRow => ({
      ...row,
      id: `${row.id}/${rule.path.join('/')}`,
      depth: 1,
      name: rule.name,
      label: `${row.label}/${rule.label}`,
      summary: undefined,
      means: rule.means,
      raw: formatRaw(rule.node),
      problems: [],
    }));
    return [row, ...rules];
  });
}

function claimRow(entry: ClaimEntry, id: string): ClaimRow {
  return {
    id,
    depth: 0,
    name: entry.name,
    label: formatKey(entry.keyNode),
    // nobody registered it, so nobody can say that it is never a reason to deny
    group: entry.definition?.group ?? 'request',
    summary: entry.definition?.summary,
    means: meaningOf(entry),
    raw: formatRaw(entry.node),
    problems: entry.issues.map((issue) => issue.message),
    at: timeOf(entry),
  };
}

function meaningOf(entry: ClaimEntry): RichText {
  if (entry.definition === undefined) return rich`Not a registered claim`;
  if (entry.value === undefined) return rich`Can’t be read`;
  return capitalise(entry.definition.explain(entry.value));
}

/** The claims' clauses stand in a sentence; in the table each begins one. */
export function capitalise(text: RichText): RichText {
  const [first, ...rest] = text;
  if (first?.kind !== 'text') return text;
  return [{ kind: 'text', text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}

function formatRaw(node: CborNode): string {
  const { text } = formatEdn(node);
  return text.length > MAX_RAW ? `${text.slice(0, MAX_RAW)}… (${text.length} characters, see EDN)` : text;
}
