import type { TableFacts } from './context.ts';
import { columnsProvenNotNull, parseConstraint } from './not-null-check.ts';
import { parseSqlType, type SqlType } from './sql-type.ts';

/** A check constraint, as far as the lint needs it. */
export interface CheckState {
  provesNotNull: string[];
  validated: boolean;
}

export interface ColumnState {
  type: SqlType | undefined;
  notNull: boolean;
}

/** A table as it stands before a statement runs, as far as it is known. */
export interface TableState {
  /**
   * `new`: an earlier pending statement made it, so nobody else sees it yet. `absent`: it is not there, and the
   * statement says IF EXISTS. `unknown`: it should be there, but neither the target nor the statements tell.
   */
  origin: 'existing' | 'new' | 'absent' | 'unknown';
  /** Undefined where they are not known. */
  rows: number | undefined;
  sizeBytes: number;
  columns: Map<string, ColumnState>;
  checks: Map<string, CheckState>;
  /** Constraints that earlier pending statements added NOT VALID. */
  addedNotValid: Set<string>;
}

/** A table of which nothing is known but where it comes from. */
export function blankTable(origin: TableState['origin']): TableState {
  const rows = origin === 'new' || origin === 'absent' ? 0 : undefined;
  return { origin, rows, sizeBytes: 0, columns: new Map(), checks: new Map(), addedNotValid: new Set() };
}

/** A table of the target. */
export function existingTable({ rows, sizeBytes, columns = new Map(), checks = [] }: TableFacts): TableState {
  const table = blankTable('existing');
  table.rows = rows < 0 ? undefined : rows;
  table.sizeBytes = sizeBytes;
  for (const [name, { type, notNull }] of columns) {
    table.columns.set(name, { type: parseSqlType(type), notNull });
  }
  for (const { name, definition, validated } of checks) {
    const provesNotNull = columnsProvenNotNull(parseConstraint(definition)?.raw_expr);
    table.checks.set(name, { provesNotNull, validated });
  }
  return table;
}
