/** One row of a table; `fault` says why it is none, in a sentence. */
export interface RawRow {
  readonly cells: readonly string[];
  /** of CSV: its line, where it may be written as it stands */
  readonly line?: string | undefined;
  readonly fault?: string;
}

/** A table that is read from its start to its end, some rows at a time. */
export interface RowStream {
  readonly columns: readonly string[];
  /** of CSV: what stands between two cells */
  readonly delimiter?: string;
  /**
   * Hands on the rows in order until `take` answers `false`, which ends it. What `take` does is finished before more is read,
   * so memory holds a few rows and never the table. Rejects when the table cannot be read on.
   */
  read(take: (rows: readonly RawRow[]) => boolean): Promise<void>;
  /** how much of the table was read, 0 to 1 */
  share(): number;
}

/** The table cannot be read on, and no row is to blame alone. */
export class TableError extends Error {}
