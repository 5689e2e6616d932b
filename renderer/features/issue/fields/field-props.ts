import type { ReactNode } from 'react';
import type { JsonProblem } from '../../../../shared/claims/claim.ts';
import type { FieldSpec } from '../../../../shared/claims/field-spec.ts';
import type { Json } from '../../../../shared/json.ts';
import type { RuleLine } from './field-text.ts';

export interface FieldProps {
  readonly label: string;
  readonly field: FieldSpec;
  /** claims JSON of the value; `undefined`: it is not there */
  readonly json: Json | undefined;
  readonly onChange: (json: Json | undefined) => void;
  /** paths count from this value */
  readonly problems: readonly JsonProblem[];
  readonly hint?: ReactNode;
  /** of rules: what stands at the end of each */
  readonly endOf?: (line: RuleLine) => ReactNode;
}
