import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { RowTable } from '../../../shared/contract/batch.ts';
import type { AppError } from '../../../shared/errors.ts';
import { guessMapping } from '../../../shared/issue/guess-mapping.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { Template } from '../../../shared/issue/template.ts';
import { BUILT_IN_TEMPLATES } from '../../../shared/issue/templates/built-in.ts';
import type { KeyId } from '../../../shared/units.ts';
import { currentSeconds } from '../../shell/clock.ts';
import {
  type ExtraName,
  findReplacement,
  type JobChoices,
  type OutputFormat,
  type Replacement,
  type Source,
} from './job.ts';

/** A template with the name it is chosen by; a pack of negatives makes no rows. */
export interface NamedTemplate {
  readonly id: string;
  readonly template: Template;
}
export const BUILT_IN: readonly NamedTemplate[] = BUILT_IN_TEMPLATES.filter(
  ({ template }) => template.makes === 'token',
);

type OpenRows =
  /** `isHeld`: pasted or dropped, and in memory alone, where a run over them cannot be resumed */
  { readonly kind: 'table'; readonly table: RowTable; readonly isHeld: boolean } | { readonly kind: 'matrix' };

export interface BatchState extends Omit<JobChoices, 'rows' | 'zone' | 'template'> {
  /** `undefined`: nothing was opened yet */
  readonly rows: OpenRows | undefined;
  readonly template: NamedTemplate;
  readonly keyId: KeyId | undefined;
  /** what was typed to confirm a guarded key */
  readonly confirmName: string;
  readonly error: AppError | undefined;
}

export interface BatchModel {
  readonly store: StoreApi<BatchState>;
  /** the template that takes most of the columns, among those offered */
  readonly openTable: (table: RowTable, templates: readonly NamedTemplate[], isHeld?: boolean) => void;
  readonly openMatrix: () => void;
  readonly close: () => void;
  readonly setTemplate: (template: NamedTemplate) => void;
  /** templates as their files have them now: the chosen one may have been edited */
  readonly takeTemplates: (templates: readonly NamedTemplate[]) => void;
  /** a column fills one variable, and a variable is filled by one column */
  readonly map: (column: string, variable: string | undefined) => void;
  readonly setConstant: (variable: string, text: string) => void;
  readonly setAxis: (variable: string, text: string) => void;
  readonly setExtra: (name: ExtraName, source: Source | undefined) => void;
  /** reads cells of a column as another text, in every row */
  readonly replace: (replacements: readonly Replacement[]) => void;
  readonly undoReplacements: (replacements: readonly Replacement[]) => void;
  readonly set: (
    part: Partial<{
      readonly target: TargetId;
      readonly format: OutputFormat;
      readonly keyId: KeyId;
      readonly confirmName: string;
      readonly error: AppError | undefined;
    }>,
  ) => void;
}

const named = (id: string): NamedTemplate => {
  const found = BUILT_IN.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no template ${id}`);
  return found;
};

export function createBatchModel(): BatchModel {
  const store = createStore<BatchState>(() => ({
    rows: undefined,
    template: named('one-video'),
    mapping: {},
    constants: {},
    axes: {},
    replacements: [],
    target: 'cta-5007-b',
    format: 'csv',
    extras: {},
    keyId: undefined,
    confirmName: '',
    error: undefined,
  }));
  const { getState: get, setState: set } = store;
  const withTemplate = (template: NamedTemplate) => ({
    template,
    target: template.template.target ?? get().target,
    error: undefined,
  });
  const columns = () => {
    const { rows } = get();
    return rows?.kind === 'table' ? rows.table.columns : [];
  };
  return {
    store,
    openTable: (table, templates, isHeld = false) => {
      const [best = get().template] = templates.toSorted((a, b) => suits(table, b) - suits(table, a));
      const mapping = guessMapping(table.columns, best.template.variables);
      set({ ...withTemplate(best), rows: { kind: 'table', table, isHeld }, mapping, replacements: [], extras: {} });
    },
    openMatrix: () => {
      if (get().rows?.kind === 'matrix') return;
      set({ ...withTemplate(named('one-region')), rows: { kind: 'matrix' }, replacements: [], extras: {} });
    },
    close: () => set({ rows: undefined, error: undefined }),
    setTemplate: (template) =>
      set({ ...withTemplate(template), mapping: guessMapping(columns(), template.template.variables) }),
    takeTemplates: (templates) => {
      const { template: before, mapping } = get();
      const template = templates.find(({ id }) => id === before.id);
      if (template === undefined || JSON.stringify(template) === JSON.stringify(before)) return;
      // what was mapped by hand stays, as far as there is a gap for it
      const taken = new Set(Object.values(mapping));
      const guessed = guessMapping(
        columns().filter((column) => !taken.has(column)),
        template.template.variables,
      );
      const known = template.template.variables.map(({ name }) => name);
      set({
        template,
        mapping: Object.fromEntries(
          Object.entries({ ...guessed, ...mapping }).filter(([name]) => known.includes(name)),
        ),
      });
    },
    map: (column, variable) => {
      const others = Object.entries(get().mapping).filter(([name, mapped]) => mapped !== column && name !== variable);
      set({
        mapping: Object.fromEntries(variable === undefined ? others : [...others, [variable, column]]),
        error: undefined,
      });
    },
    setConstant: (variable, text) => set({ constants: { ...get().constants, [variable]: text }, error: undefined }),
    setAxis: (variable, text) => set({ axes: { ...get().axes, [variable]: text }, error: undefined }),
    setExtra: (name, source) => {
      const { [name]: _before, ...others } = get().extras;
      set({ extras: source === undefined ? others : { ...others, [name]: source }, error: undefined });
    },
    replace: (more) =>
      set({
        replacements: [
          ...without(get().replacements, more),
          ...more.map(({ column, cell, use }) => ({ column, cell, use })),
        ],
        error: undefined,
      }),
    undoReplacements: (some) => set({ replacements: without(get().replacements, some), error: undefined }),
    set,
  };
}

const without = (all: readonly Replacement[], some: readonly Replacement[]): readonly Replacement[] =>
  all.filter(({ column, cell }) => findReplacement(some, column, cell) === undefined);

/** How well a template takes a table: columns that it reads, less what it would miss. */
function suits({ columns }: RowTable, { template: { variables } }: NamedTemplate): number {
  const mapping = guessMapping(columns, variables);
  const missing = variables.filter(({ name, otherwise }) => otherwise === undefined && mapping[name] === undefined);
  return Object.keys(mapping).length - 2 * missing.length;
}

/** The zone that moments without one are read in. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const localClock = () => ({ now: currentSeconds(), zone: localZone() });

export function choicesOf(state: BatchState): JobChoices {
  const { rows, template, ...rest } = state;
  return {
    ...rest,
    template: template.template,
    zone: localZone(),
    rows: rows?.kind === 'table' ? { kind: 'table', handle: rows.table.handle, columns: rows.table.columns } : rows,
  };
}

const BatchContext = createContext<BatchModel | undefined>(undefined);
export const BatchProvider = BatchContext.Provider;

export function useBatchModel(): BatchModel {
  const model = useContext(BatchContext);
  if (model === undefined) throw new Error('rendered outside a BatchProvider');
  return model;
}

export const useBatch = <T>(select: (state: BatchState) => T): T => useStore(useBatchModel().store, select);
