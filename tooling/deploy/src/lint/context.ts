/** What the target's catalog says of a table. */
export interface TableFacts {
  /** Rows, at least up to the threshold; negative where they are not known. */
  rows: number;
  sizeBytes: number;
  columns?: ReadonlyMap<string, ColumnFacts>;
  checks?: readonly CheckFacts[];
}

export interface ColumnFacts {
  /** As `format_type` prints it, such as `character varying(20)`. */
  type: string;
  notNull: boolean;
}

export interface CheckFacts {
  name: string;
  /** As `pg_get_constraintdef` prints it. */
  definition: string;
  validated: boolean;
}

/** What the lint knows of the target. */
export interface LintContext {
  /** Every table of the target, by `schema.name` without quotes. */
  tables: ReadonlyMap<string, TableFacts>;
  /** The server's major version. */
  serverVersion: number;
  /** Where unqualified names are looked up; `public` when absent. */
  searchPath?: readonly string[];
  /** The target's functions that may give another result at each call; without it only known functions count as safe. */
  volatileFunctions?: ReadonlySet<string>;
  /** From this many rows on, what blocks or rewrites a table is an error and no longer a warning. */
  thresholdRows?: number;
}

/** A table below this size is locked too briefly to matter. */
export const DEFAULT_THRESHOLD_ROWS = 10_000;
