import type { ClaimEntry } from '../claims/claims-set.ts';
import type { DialectId } from '../claims/dialects.ts';
import type { Rules } from '../verifiers/rules.ts';

/** Whether a verifier knows the claim by the label it stands at. */
export function understandsLabel({ dialects, label }: ClaimEntry, rules: Rules['dialects']): boolean {
  for (const dialect of dialects) {
    switch (dialect) {
      case 'akamai-composites':
        if (!rules.compositesAt41) return false;
        break;
      case 'quicr-composites':
        if (!rules.compositesAt324) return false;
        break;
      case 'cattprint-324':
        if (!rules.cattprintAt324) return false;
        break;
      case 'legacy-2024':
        if (!rules.legacyLabels) return false;
        break;
      case 'text-keys':
        // keys inside the value are a matter of shape
        if (typeof label === 'string' && !rules.textKeys) return false;
        break;
      case 'aws-docs':
        if (!rules.awsLabels) return false;
        break;
      case 'nan-keys':
        return false;
      default:
    }
  }
  return true;
}

const OLD_SHAPES: ReadonlySet<DialectId> = new Set(['array-matches', 'draft-2023-catu', 'catu-usage-counter']);

/** Whether a verifier reads the form that the claim's value has. */
export function understandsShape({ dialects }: ClaimEntry, rules: Rules['dialects']): boolean {
  if (dialects.length === 0) return true;
  return rules.arrayMatches || !dialects.some((dialect) => OLD_SHAPES.has(dialect));
}
