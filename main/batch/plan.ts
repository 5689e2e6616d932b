import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyFacts } from '../../shared/issue/key-defaults.ts';
import type { TargetId } from '../../shared/issue/target.ts';
import type { Template } from '../../shared/issue/template.ts';

/** Where rows come from. */
export type RowOrigin =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly format: 'csv' | 'json' | 'ndjson';
      readonly delimiter?: string | undefined;
    }
  /** pasted: gone when the app ends */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly format: 'csv' | 'json' | 'ndjson';
      readonly delimiter?: string | undefined;
    }
  | {
      readonly kind: 'matrix';
      readonly axes: readonly { readonly column: string; readonly cells: readonly string[] }[];
    };

/** From a column, or the same for all rows. */
export type ColumnSource =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'constant'; readonly constant: string };

/** Cells of a column that are read as another text; those of the output stay as they are. */
export type CellReplacement = NonNullable<ParsedInput<'issueMany.start'>['job']['replacements']>[number];

export type OutputChoice = ParsedInput<'issueMany.start'>['output'];

/** All that a run needs but the key's secret: it stands in the run's journal, so that it can go on after a crash. */
export interface BatchPlan {
  readonly origin: RowOrigin;
  readonly template: Template;
  readonly mapping: Readonly<Record<string, ColumnSource>>;
  readonly replacements?: readonly CellReplacement[] | undefined;
  readonly target: TargetId;
  readonly zone: string;
  /** NumericDate: "+2h" counts from here in every row, also in those that are made later */
  readonly now: number;
  readonly output: OutputChoice;
  readonly key: KeyFacts;
}
