import type { CborNode } from '../cbor/node.ts';
import type { ClaimIssue, ReadContext } from './claim.ts';
import type { ClaimEntry, ClaimsSet } from './claims-set.ts';
import { bare, wrongType } from './codec/codec.ts';
import type { DialectId } from './dialects.ts';
import { isLegacyMap, isRegisteredCatLabel, type ResolvedLabel, resolveLabel } from './labels.ts';

/**
 * Reads a claims map: every entry in received order, known or not, duplicates kept, labels and shapes of all dialects
 * resolved and named. Never throws; a node that is no map gives a set without entries and an issue that says so.
 */
export const readClaims = (node: CborNode): ClaimsSet => new ClaimsReader().read(node);

const NO_ISSUES: readonly ClaimIssue[] = [];
const NO_DIALECTS: readonly DialectId[] = [];

/** One for a token: the context of every definition's `read`, nested sets included. */
class ClaimsReader implements ReadContext {
  /** of the set being read, nested sets included */
  private issues: ClaimIssue[] = [];
  private dialects: DialectId[] = [];
  private registered = false;
  private legacy = false;
  /** of the claim being read */
  private claim = '';
  private claimIssues: ClaimIssue[] | undefined;
  private claimDialects: DialectId[] | undefined;

  read(node: CborNode): ClaimsSet {
    const map = bare(node, this);
    if (map.kind === 'map') return this.readMap(map);
    wrongType(map, 'a map of claims', this);
    return { node, entries: [], dialects: this.allDialects(), issues: this.issues };
  }

  private readMap(map: CborNode & { readonly kind: 'map' }): ClaimsSet {
    this.legacy ||= isLegacyMap(map.entries);
    const entries: ClaimEntry[] = [];
    let odd = false;
    for (const { key, value } of map.entries) {
      const resolved = resolveLabel(key, value, this.legacy);
      odd ||= resolved.dialect !== undefined;
      entries.push(this.entry(key, value, resolved));
    }
    if (odd) this.sayConflicts(entries);
    return { node: map, entries, dialects: this.allDialects(), issues: this.issues };
  }

  private entry(keyNode: CborNode, node: CborNode, resolved: ResolvedLabel): ClaimEntry {
    const { label, name, definition, dialect, translate } = resolved;
    this.claim = name;
    this.claimIssues = undefined;
    this.claimDialects = undefined;
    if (dialect !== undefined) this.dialect(dialect);
    else if (typeof label === 'number' && isRegisteredCatLabel(label)) this.registered = true;
    const value = definition?.read(translate === undefined ? node : translate(node), this);
    const issues = this.claimIssues ?? NO_ISSUES;
    return {
      label,
      name,
      keyNode,
      node,
      ...(definition === undefined ? undefined : { definition }),
      value,
      illFormed: issues.length > 0 && issues.some(({ severity }) => severity === 'error'),
      issues,
      dialects: this.claimDialects ?? NO_DIALECTS,
    };
  }

  issue(node: CborNode, code: ClaimIssue['code'], message: string, severity: ClaimIssue['severity'] = 'error'): void {
    const issue: ClaimIssue = { code, severity, message, node, claim: this.claim };
    this.issues.push(issue);
    this.claimIssues ??= [];
    this.claimIssues.push(issue);
  }

  dialect(id: DialectId): void {
    if (!this.dialects.includes(id)) this.dialects.push(id);
    this.claimDialects ??= [];
    if (!this.claimDialects.includes(id)) this.claimDialects.push(id);
  }

  claimName(key: CborNode): string {
    return resolveLabel(key, undefined, this.legacy).name;
  }

  /** A claim of a nested set may be ill-formed or odd without the composite around it being so. */
  readClaims(node: CborNode): ClaimsSet | undefined {
    const map = bare(node, this);
    if (map.kind !== 'map') return wrongType(map, 'a map of claims', this);
    const outer = { ...this };
    this.issues = [];
    this.dialects = [];
    this.registered = false;
    const set = this.readMap(map);
    const { registered } = this;
    Object.assign(this, outer);
    this.registered ||= registered;
    for (const issue of set.issues) this.issues.push(issue);
    for (const id of set.dialects) if (id !== 'cta-5007' && !this.dialects.includes(id)) this.dialects.push(id);
    return set;
  }

  /** `cta-5007` comes first: when a claim stands where it is registered, or nothing speaks for another dialect. */
  private allDialects(): readonly DialectId[] {
    return this.registered || this.dialects.length === 0 ? ['cta-5007', ...this.dialects] : this.dialects;
  }

  /** One claim at two labels, of two dialects: recipients take one, the other, or neither. */
  private sayConflicts(entries: readonly ClaimEntry[]): void {
    const first = new Map<string, ClaimEntry>();
    for (const entry of entries) {
      const before = first.get(entry.name);
      if (before === undefined) first.set(entry.name, entry);
      else if (before.label !== entry.label && !Number.isNaN(entry.label)) {
        this.claim = entry.name;
        const message = `${entry.name} stands at ${before.label} and again at ${entry.label}`;
        this.issues.push({
          code: 'ERR_CLAIM_CONFLICT',
          severity: 'warning',
          message,
          node: entry.keyNode,
          claim: entry.name,
        });
      }
    }
  }
}
