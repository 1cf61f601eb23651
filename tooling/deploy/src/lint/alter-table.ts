import type { AlterTableCmd, ColumnDef, Constraint, Node, RangeVar } from 'libpg-query';

/** One command of an `ALTER TABLE`. */
export interface TableCommand {
  table: RangeVar;
  /** The statement says `IF EXISTS`. */
  ifExists: boolean;
  command: AlterTableCmd;
}

/** A column that `ALTER TABLE … ADD COLUMN` adds, with the constraints written behind it. */
export interface AddedColumn extends TableCommand {
  column: ColumnDef;
  constraints: Constraint[];
}

/** A constraint that `ALTER TABLE` adds, on its own or behind a new column. */
export interface AddedConstraint extends TableCommand {
  constraint: Constraint;
  /** The new column behind which it is written. */
  column: AddedColumn | undefined;
}

/** The commands of a statement that alters a table; none for any other statement. */
export function tableCommands(node: Node): TableCommand[] {
  if (!('AlterTableStmt' in node)) return [];
  const { relation, cmds = [], objtype, missing_ok: ifExists = false } = node.AlterTableStmt;
  if (relation === undefined || objtype !== 'OBJECT_TABLE') return [];
  return cmds.flatMap((cmd) =>
    'AlterTableCmd' in cmd ? { table: relation, ifExists, command: cmd.AlterTableCmd } : [],
  );
}

/** The columns that a statement adds to a table that was there before it. */
export function addedColumns(node: Node): AddedColumn[] {
  return tableCommands(node).flatMap((added) => {
    const { subtype, def } = added.command;
    if (subtype !== 'AT_AddColumn' || !def || !('ColumnDef' in def)) return [];
    return { ...added, column: def.ColumnDef, constraints: columnConstraints(def.ColumnDef) };
  });
}

/** The constraints written behind a column. */
export function columnConstraints({ constraints = [] }: ColumnDef): Constraint[] {
  const all = constraints.flatMap((node) => ('Constraint' in node ? node.Constraint : []));
  // Behind a column, NOT ENFORCED is a constraint of its own, about the one before it.
  return all.map((constraint, index) =>
    all[index + 1]?.contype === 'CONSTR_ATTR_NOT_ENFORCED'
      ? { ...constraint, is_enforced: false, skip_validation: true }
      : constraint,
  );
}

/** The constraints that a statement adds to a table that was there before it. */
export function addedConstraints(node: Node): AddedConstraint[] {
  const behindColumns = addedColumns(node).flatMap((column) =>
    column.constraints.map((constraint) => ({ ...column, constraint, column })),
  );
  const onTheirOwn = tableCommands(node).flatMap((added) => {
    const { subtype, def } = added.command;
    if (subtype !== 'AT_AddConstraint' || !def || !('Constraint' in def)) return [];
    return { ...added, constraint: def.Constraint, column: undefined };
  });
  return [...onTheirOwn, ...behindColumns];
}

/** The expression after a column's `DEFAULT`, unless it is `NULL`. */
export function defaultOf(constraints: readonly Constraint[]): Node | undefined {
  const expression = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  return expression && 'A_Const' in expression && expression.A_Const.isnull ? undefined : expression;
}
