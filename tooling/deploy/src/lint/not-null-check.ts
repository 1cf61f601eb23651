import { type Constraint, type Node, parseSync } from 'libpg-query';
import { nameParts } from '../sql/tree.ts';

/** The columns of which a check constraint proves that they are not null: `a is not null and b is not null`. */
export function columnsProvenNotNull(expression: Node | undefined): string[] {
  if (expression === undefined) return [];
  if ('BoolExpr' in expression && expression.BoolExpr.boolop === 'AND_EXPR') {
    return (expression.BoolExpr.args ?? []).flatMap(columnsProvenNotNull);
  }
  if (!('NullTest' in expression) || expression.NullTest.nulltesttype !== 'IS_NOT_NULL') return [];
  const { arg } = expression.NullTest;
  return arg && 'ColumnRef' in arg ? nameParts(arg.ColumnRef.fields).slice(-1) : [];
}

/** The constraint that `pg_get_constraintdef` prints; undefined where it cannot be parsed. */
export function parseConstraint(definition: string): Constraint | undefined {
  try {
    const statement = parseSync(`alter table t add ${definition}`).stmts?.[0]?.stmt;
    const [command] = statement && 'AlterTableStmt' in statement ? (statement.AlterTableStmt.cmds ?? []) : [];
    const added = command && 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined;
    return added && 'Constraint' in added ? added.Constraint : undefined;
  } catch {
    return undefined;
  }
}
