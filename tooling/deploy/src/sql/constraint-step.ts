import type { Node } from 'libpg-query';

/** A statement that only adds constraints for new rows, or only validates some; which ones, by table and name. */
export interface ConstraintStep {
  kind: 'add' | 'validate';
  constraints: ReadonlySet<string>;
}

/** Reads such a statement; undefined for any other. */
export function constraintStepOf(node: Node): ConstraintStep | undefined {
  if (!('AlterTableStmt' in node)) return undefined;
  const { relation, cmds = [], objtype } = node.AlterTableStmt;
  if (relation === undefined || objtype !== 'OBJECT_TABLE' || cmds.length === 0) return undefined;
  const steps = cmds.map((cmd) => {
    if (!('AlterTableCmd' in cmd)) return undefined;
    const { subtype, name, def } = cmd.AlterTableCmd;
    if (subtype === 'AT_ValidateConstraint') return { kind: 'validate' as const, name };
    const constraint = def !== undefined && 'Constraint' in def ? def.Constraint : undefined;
    const isForNewRows = subtype === 'AT_AddConstraint' && constraint?.skip_validation === true;
    return isForNewRows ? { kind: 'add' as const, name: constraint.conname } : undefined;
  });
  const [first] = steps;
  const constraints = new Set<string>();
  for (const step of steps) {
    // One without a name is given one by the server, which no later statement can know.
    if (step?.name === undefined || step.kind !== first?.kind) return undefined;
    constraints.add(`${relation.relname}.${step.name}`);
  }
  return first && { kind: first.kind, constraints };
}
