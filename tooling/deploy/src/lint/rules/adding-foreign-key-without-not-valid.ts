import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { addedConstraints, defaultOf } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** A foreign key checked against all rows at once, while both tables refuse writes. */
export const addingForeignKeyWithoutNotValid: Rule = {
  name: 'adding-foreign-key-without-not-valid',
  acceptable: true,
  check: ({ node }, context) =>
    addedConstraints(node).flatMap(({ table, ifExists, constraint, column }) => {
      if (constraint.contype !== 'CONSTR_FOREIGN' || constraint.skip_validation) return [];
      // PostgreSQL does not look at the rows where a new column starts as NULL.
      if (column && defaultOf(column.constraints) === undefined) return [];
      const target = context.schema.table(table, ifExists);
      const severity = severityOfBlocking(target, context);
      if (severity === undefined) return [];
      const quoted = quoteIdentifier(table.relname ?? '', table.schemaname);
      const name = constraint.conname === undefined ? '…' : quoteIdentifier(constraint.conname);
      return [
        {
          severity,
          at: constraint.location,
          why: `Every row of ${nameOf(table)} (${sizeOf(target)}) is checked while it and ${nameOf(constraint.pktable ?? {})} refuse writes.`,
          rewrite: `ALTER TABLE ${quoted} ADD CONSTRAINT ${name} FOREIGN KEY … NOT VALID; and then, in a later migration: ALTER TABLE ${quoted} VALIDATE CONSTRAINT ${name};`,
        },
      ];
    }),
};
