/** What the target's catalog says of a table or materialized view. */
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

export interface IndexFacts {
  /** `schema.name` of its table. */
  table: string;
  /** Its key columns, without expressions. */
  columns: readonly string[];
}

/** What the lint knows of the target. */
export interface LintContext {
  /** Every table of the target, by `schema.name` without quotes; undefined where nobody could be asked. */
  tables: ReadonlyMap<string, TableFacts> | undefined;
  /** Every index of the target, by `schema.name`. */
  indexes?: ReadonlyMap<string, IndexFacts>;
  /** The server's version; undefined means that what is right for every supported one is wanted. */
  serverVersion: number | undefined;
  /** The second part of the version, where it is known. */
  serverMinor?: number;
  /** Where unqualified names are looked up; `public` when absent. */
  searchPath?: readonly string[];
  /** The target's functions that may give another result at each call; without it only known functions count as safe. */
  volatileFunctions?: ReadonlySet<string>;
  /** What the catalog knows of a relation by its unqualified name: an index's table, a partition's ancestors. */
  relatedRelations?: (name: string) => readonly string[];
  /** From this many rows on, what blocks or rewrites a table is an error and no longer a warning. */
  thresholdRows?: number;
  /** How many rows a table counts as having whose size is not known. */
  assumedRows?: number;
  /** Names of the rules that judge taste and are only asked where somebody wants them. */
  preferences?: readonly string[];
}

/** A table below this size is locked too briefly to matter. */
export const DEFAULT_THRESHOLD_ROWS = 10_000;
