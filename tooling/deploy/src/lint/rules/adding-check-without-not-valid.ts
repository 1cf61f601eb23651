import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { addedConstraints } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** A check evaluated for all rows at once, while the table refuses reads and writes. */
export const addingCheckWithoutNotValid: Rule = {
  name: 'adding-check-without-not-valid',
  acceptable: true,
  check: ({ node }, context) =>
    addedConstraints(node).flatMap(({ table, ifExists, constraint }) => {
      if (constraint.contype !== 'CONSTR_CHECK' || constraint.skip_validation) return [];
      if (constraint.is_enforced !== true) return [];
      const target = context.schema.table(table, ifExists);
      const severity = severityOfBlocking(target, context);
      if (severity === undefined) return [];
      const quoted = quoteIdentifier(table.relname ?? '', table.schemaname);
      const name = constraint.conname === undefined ? '…' : quoteIdentifier(constraint.conname);
      return [
        {
          severity,
          at: constraint.location,
          why: `Every row of ${nameOf(table)} (${sizeOf(target)}) is checked while the table refuses reads and writes.`,
          rewrite: `ALTER TABLE ${quoted} ADD CONSTRAINT ${name} CHECK (…) NOT VALID; and then, in a later migration: ALTER TABLE ${quoted} VALIDATE CONSTRAINT ${name};`,
        },
      ];
    }),
};
