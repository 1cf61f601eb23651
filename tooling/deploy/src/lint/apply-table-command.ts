import type { AlterTableCmd, ColumnDef, Constraint } from 'libpg-query';
import { columnConstraints } from './alter-table.ts';
import { sqlType } from './sql-type.ts';
import { type ColumnState, checkState, type TableState } from './table-state.ts';

/** Commands of `ALTER TABLE` that let reads and writes go on. */
const WEAKLY_LOCKED = new Set<string>([
  'AT_ValidateConstraint',
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_AttachPartition',
]);

/** Changes what is known of a table as a command of `ALTER TABLE` will. */
export function applyTableCommand(table: TableState, { subtype, name = '', def }: AlterTableCmd): void {
  if (subtype !== undefined && !WEAKLY_LOCKED.has(subtype)) table.lockedBy ??= 'ALTER TABLE';
  const column = table.columns.get(name);
  const constraint = def && 'Constraint' in def ? def.Constraint : undefined;
  const definition = def && 'ColumnDef' in def ? def.ColumnDef : undefined;
  if (subtype === 'AT_AddColumn' && definition)
    table.columns.set(definition.colname ?? '', columnState(definition));
  if (subtype === 'AT_DropColumn') table.columns.delete(name);
  if (subtype === 'AT_AlterColumnType' && column && definition) column.type = columnState(definition).type;
  if (subtype === 'AT_SetNotNull' && column) column.notNull = true;
  if (subtype === 'AT_DropNotNull' && column) column.notNull = false;
  if (subtype === 'AT_AddConstraint' && constraint) addConstraint(table, constraint);
  if (subtype === 'AT_ValidateConstraint') {
    const check = table.checks.get(name);
    if (check) check.validated = true;
  }
  if (subtype === 'AT_DropConstraint') {
    table.checks.delete(name);
    table.addedNotValid.delete(name);
  }
}

/** What a column's definition says of it. */
export function columnState(definition: ColumnDef): ColumnState {
  const makesNotNull = columnConstraints(definition).some(
    ({ contype }) =>
      contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_IDENTITY',
  );
  return { type: definition.typeName && sqlType(definition.typeName), notNull: makesNotNull };
}

function addConstraint(table: TableState, constraint: Constraint): void {
  const { conname: name, skip_validation: notValid = false } = constraint;
  if (name === undefined) return;
  if (notValid) table.addedNotValid.add(name);
  if (constraint.contype === 'CONSTR_CHECK') {
    table.checks.set(name, checkState(constraint.raw_expr, !notValid));
  }
}
