import { formatEdn } from '../../../shared/cbor/edn.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from '../../../shared/claims/claims-set.ts';
import { type RichText, rich } from '../../../shared/explain/rich-text.ts';
import { formatKey, timeOf } from './describe.ts';
import { readBranches, readRules } from './rules.ts';
import type { ClaimGroup, ClaimRow } from './token-view.ts';

const MAX_RAW = 4000;

/**
 * The claims table's rows in received order: every entry, known or not, with the rules inside URL and header claims and
 * the claims inside composites.
 */
export const readClaimRows = (claims: ClaimsSet): readonly ClaimRow[] => rowsOf(claims, 'payload', [], 0, undefined);

/** `group`: of the claim they stand in, for those inside a composite */
function rowsOf(
  claims: ClaimsSet,
  id: string,
  verdictPath: readonly number[],
  depth: number,
  group: ClaimGroup | undefined,
): readonly ClaimRow[] {
  return claims.entries.flatMap((entry, index) => {
    const row = claimRow(entry, `${id}/${index}`, [...verdictPath, index], depth, group);
    const rules = readRules(entry).map(
      (rule): ClaimRow => ({
        ...row,
        id: `${row.id}/${rule.path.join('/')}`,
        verdictPath: [...row.verdictPath, ...rule.verdictPath],
        depth: depth + 1,
        name: rule.name,
        label: `${row.label}/${rule.label}`,
        summary: undefined,
        means: rule.means,
        raw: formatRaw(rule.node),
        problems: [],
      }),
    );
    const branches = readBranches(entry).flatMap((set, place) => [
      branchRow(row, set, place),
      ...rowsOf(set, `${row.id}/${place}`, [...row.verdictPath, place], depth + 2, row.group),
    ]);
    return [row, ...rules, ...branches];
  });
}

const branchRow = (row: ClaimRow, set: ClaimsSet, place: number): ClaimRow => ({
  ...row,
  id: `${row.id}/${place}`,
  verdictPath: [...row.verdictPath, place],
  depth: row.depth + 1,
  name: `branch ${place + 1}`,
  label: `${row.label}/${place}`,
  summary: undefined,
  means:
    set.entries.length === 1 ? rich`One claim` : rich`${String(set.entries.length)} claims, all of which must hold`,
  raw: formatRaw(set.node),
  problems: [],
});

function claimRow(
  entry: ClaimEntry,
  id: string,
  verdictPath: readonly number[],
  depth: number,
  group: ClaimGroup | undefined,
): ClaimRow {
  return {
    id,
    verdictPath,
    depth,
    name: entry.name,
    label: formatKey(entry.keyNode),
    // nobody registered it, so nobody can say that it is never a reason to deny
    group: group ?? entry.definition?.group ?? 'request',
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
