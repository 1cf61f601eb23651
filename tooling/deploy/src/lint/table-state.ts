import type { Node } from 'libpg-query';
import { nameParts, walk } from '../sql/tree.ts';
import type { TableFacts } from './context.ts';
import { columnsProvenNotNull, parseConstraint } from './not-null-check.ts';
import { parseSqlType, type SqlType } from './sql-type.ts';

/** A check constraint, as far as the lint needs it. */
export interface CheckState {
  provesNotNull: string[];
  /** The columns that it names. */
  columns: string[];
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
  /** The earlier pending command by which it refuses reads and writes until the commit. */
  lockedBy: string | undefined;
}

/** An index as far as the lint needs it. */
export interface IndexState {
  table: TableState;
  /** Its key columns, without expressions. */
  columns: readonly string[];
}

/** A table of which nothing is known but where it comes from. */
export function blankTable(origin: TableState['origin'], assumedRows?: number): TableState {
  return {
    origin,
    rows: origin === 'new' || origin === 'absent' ? 0 : assumedRows,
    sizeBytes: 0,
    columns: new Map(),
    checks: new Map(),
    addedNotValid: new Set(),
    lockedBy: undefined,
  };
}

/** A table of the target. */
export function existingTable(
  { rows, sizeBytes, columns = new Map(), checks = [] }: TableFacts,
  assumedRows?: number,
): TableState {
  const table = blankTable('existing');
  table.rows = rows < 0 ? assumedRows : rows;
  table.sizeBytes = sizeBytes;
  for (const [name, { type, notNull }] of columns) {
    table.columns.set(name, { type: parseSqlType(type), notNull });
  }
  for (const { name, definition, validated } of checks) {
    table.checks.set(name, checkState(parseConstraint(definition)?.raw_expr, validated));
  }
  return table;
}

/** What a check's expression says, as far as the lint needs it. */
export function checkState(expression: Node | undefined, validated: boolean): CheckState {
  const columns: string[] = [];
  walk(expression, (fields, tag) => {
    if (tag === 'ColumnRef') columns.push(...nameParts(fields['fields']).slice(-1));
  });
  return { provesNotNull: columnsProvenNotNull(expression), columns, validated };
}
