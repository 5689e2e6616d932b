import { findRespelling } from '../../../shared/issue/read-variable.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { Template, TemplateVariable } from '../../../shared/issue/template.ts';
import { seconds } from '../../../shared/units.ts';

/** A value of each row: from a column, or the same for all. */
export type Source =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'constant'; readonly constant: string };

/** Where a cell of a column is read as another text, in every row that has it so. */
export interface Replacement {
  readonly column: string;
  readonly cell: string;
  readonly use: string;
}

/** Where rows come from: a table that main holds, or all combinations of the values of `axes`. */
export type RowsFrom =
  | { readonly kind: 'table'; readonly handle: string; readonly columns: readonly string[] }
  | { readonly kind: 'matrix' };

export type OutputFormat = 'csv' | 'json' | 'ndjson' | 'embeds';

/** What stands in the output beside the token. */
export type ExtraName = 'url' | 'playerId' | 'mediaId';

/** What was chosen in the screen, of which a job of the contract is made. */
export interface JobChoices {
  readonly rows: RowsFrom | undefined;
  readonly template: Template;
  /** columns by the variable they fill */
  readonly mapping: Readonly<Record<string, string>>;
  /** texts by the variable they fill in every row, for variables without a column */
  readonly constants: Readonly<Record<string, string>>;
  /** of a matrix: by the variable, one value a line */
  readonly axes: Readonly<Record<string, string>>;
  /** taken over from the offers of the rows */
  readonly replacements: readonly Replacement[];
  readonly target: TargetId;
  readonly zone: string;
  readonly format: OutputFormat;
  readonly extras: Readonly<Partial<Record<ExtraName, Source>>>;
}

type RowSource =
  | { readonly kind: 'table'; readonly handle: string }
  | { readonly kind: 'matrix'; readonly axes: { readonly column: string; readonly cells: string[] }[] };

export interface Job {
  readonly source: RowSource;
  readonly template: Template;
  readonly mapping: Readonly<Record<string, Source>>;
  readonly replacements?: { readonly column: string; readonly cell: string; readonly use: string }[];
  readonly target: TargetId;
  readonly zone: string;
}

/** The values of an axis: one a line, blank lines left out, each once. */
export const valuesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

const axesOf = ({ axes, template }: JobChoices) =>
  template.variables
    .map(({ name }) => ({ column: name, cells: [...valuesOf(axes[name] ?? '')] }))
    .filter(({ cells }) => cells.length > 0);

/** How many rows the matrix makes. */
export const matrixSize = (choices: JobChoices): number => {
  const axes = axesOf(choices);
  return axes.length === 0 ? 0 : axes.reduce((size, { cells }) => size * cells.length, 1);
};

/** The names over the rows' cells. */
export const columnsOf = (choices: JobChoices): readonly string[] =>
  choices.rows?.kind === 'table' ? choices.rows.columns : axesOf(choices).map(({ column }) => column);

/** Where each variable gets its text; one that is left out gets the template's `otherwise`. */
export function sourcesOf(choices: JobChoices): Readonly<Record<string, Source>> {
  if (choices.rows?.kind === 'matrix')
    return Object.fromEntries(axesOf(choices).map(({ column }) => [column, { kind: 'column', column } as const]));
  return Object.fromEntries(
    choices.template.variables.flatMap(({ name }): [string, Source][] => {
      const column = choices.mapping[name];
      if (column !== undefined) return [[name, { kind: 'column', column }]];
      const constant = choices.constants[name]?.trim() ?? '';
      return constant === '' ? [] : [[name, { kind: 'constant', constant }]];
    }),
  );
}

/** Those that still hold: a column that fills another variable now may have none of its cells read in another way. */
export function replacementsOf(choices: JobChoices): readonly Replacement[] {
  const known = holding.get(choices);
  if (known !== undefined) return known;
  const { replacements, template, zone } = choices;
  const sources = sourcesOf(choices);
  // the spellings that are offered are about no moment that moves
  const clock = { now: seconds(0), zone };
  const held = replacements.filter(({ column, cell, use }) =>
    template.variables.some((variable) => {
      const source = sources[variable.name];
      if (source?.kind !== 'column' || source.column !== column) return false;
      return findRespelling(variable, cell, clock)?.use === use;
    }),
  );
  holding.set(choices, held);
  return held;
}
/** asked for by every row and column: worked out once for the same choices */
const holding = new WeakMap<JobChoices, readonly Replacement[]>();

/** Variables that nothing fills and nothing stands for. */
export function missingOf(choices: JobChoices): readonly TemplateVariable[] {
  const sources = sourcesOf(choices);
  return choices.template.variables.filter(({ name, otherwise }) => otherwise === undefined && !(name in sources));
}

/** `undefined` while something is missing. */
export function jobOf(choices: JobChoices): Job | undefined {
  const { rows, template, target, zone } = choices;
  if (rows === undefined || missingOf(choices).length > 0) return undefined;
  const axes = axesOf(choices);
  if (rows.kind === 'matrix' && axes.length === 0) return undefined;
  const source: RowSource = rows.kind === 'table' ? { kind: 'table', handle: rows.handle } : { kind: 'matrix', axes };
  const replacements = [...replacementsOf(choices)];
  return {
    ...{ source, template, mapping: sourcesOf(choices), target, zone },
    ...(replacements.length > 0 && { replacements }),
  };
}

/** What is written; a player without a video, or the other way round, makes no embed yet. */
export function outputOf({ format, extras }: JobChoices) {
  const { url, playerId, mediaId } = Object.fromEntries(
    Object.entries(extras).filter(([, source]) => source.kind === 'column' || source.constant.trim() !== ''),
  ) as JobChoices['extras'];
  return {
    format,
    ...(url !== undefined && format !== 'embeds' && { url }),
    ...(playerId !== undefined && mediaId !== undefined && { embed: { playerId, mediaId } }),
  };
}

/** The texts of a row by the variable they fill, as `fillTemplate` takes them. */
export function filledOf(choices: JobChoices, cells: readonly string[]): Readonly<Record<string, string>> {
  const columns = columnsOf(choices);
  const replacements = replacementsOf(choices);
  const read = (column: string): string => {
    const text = cells[columns.indexOf(column)] ?? '';
    return findReplacement(replacements, column, text)?.use ?? text;
  };
  return Object.fromEntries(
    Object.entries(sourcesOf(choices)).map(([name, source]) => [
      name,
      source.kind === 'constant' ? source.constant : read(source.column),
    ]),
  );
}

/** The one that is about a cell, if there is one; blanks around its text do not count. */
export function findReplacement<R extends Replacement>(all: readonly R[], column: string, text: string): R | undefined {
  if (all.length === 0) return undefined;
  const index = indexes.get(all) ?? new Map(all.map((one) => [idOf(one.column, one.cell), one]));
  indexes.set(all, index);
  return index.get(idOf(column, text)) as R | undefined;
}
const indexes = new WeakMap<readonly Replacement[], ReadonlyMap<string, Replacement>>();
const idOf = (column: string, text: string): string => JSON.stringify([column, text.trim()]);

/** Whether pasted text is a table, and not something to inspect: the first lines have as many cells, two at least. */
export function looksLikeTable(text: string): boolean {
  if (/^\s*\[\s*\{/.test(text)) return true;
  const [first = '', second = ''] = text.trim().split(/\r?\n/, 2);
  return ['\t', ';', ',', '|'].some((delimiter) => {
    const cells = first.split(delimiter).length;
    return cells > 1 && second.split(delimiter).length === cells && !/[{}'"\\]|:\/\//.test(first);
  });
}
