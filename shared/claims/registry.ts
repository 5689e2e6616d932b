import type { ClaimDefinition } from './claim.ts';
import { exp } from './definitions/exp.ts';
import { iss } from './definitions/iss.ts';

/** Every claim the house knows. A new claim is one file in `definitions/` and one line here. */
export const CLAIMS: readonly ClaimDefinition[] = [iss, exp] satisfies readonly unknown[] as readonly ClaimDefinition[];

const byLabel = new Map(CLAIMS.map((claim) => [claim.label, claim]));
const byName = new Map(CLAIMS.map((claim) => [claim.name, claim]));

/** The claim registered at a label; other dialects' labels are `labels.ts`. */
export const claimByLabel = (label: number): ClaimDefinition | undefined => byLabel.get(label);
export const claimByName = (name: string): ClaimDefinition | undefined => byName.get(name);
