import type { Node } from 'libpg-query';
import { addedConstraints, tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** A constraint validated in the transaction that added it: the lock of the adding is held while all rows are read. */
export const validateInSameTransaction: Rule = {
  name: 'validate-in-same-transaction',
  acceptable: true,
  check: ({ node }, context) =>
    tableCommands(node).flatMap(({ table, ifExists, command: { subtype, name = '' } }) => {
      const target = context.schema.table(table, ifExists);
      const added = target.addedNotValid.has(name) || addsNotValid(node, name);
      if (subtype !== 'AT_ValidateConstraint' || !added) return [];
      if (severityOfBlocking(target, context) === undefined) return [];
      return [
        {
          severity: 'warning',
          why: `${name} was added in the same transaction, whose lock on ${nameOf(table)} (${sizeOf(target)}) stays while every row is checked.`,
          rewrite:
            'Validate in a migration that is deployed later, or let the deployment do so in phases when the lock budget asks for it.',
        },
      ];
    }),
};

function addsNotValid(node: Node, name: string): boolean {
  return addedConstraints(node).some(
    ({ constraint }) => constraint.conname === name && constraint.skip_validation,
  );
}
