import type { Statement } from '../../sql/parse.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { nameParts } from '../../sql/tree.ts';
import { addedConstraints } from '../alter-table.ts';
import { nameOf, type Problem, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** A check evaluated for all rows at once, while the table refuses reads and writes. */
export const addingCheckWithoutNotValid: Rule = {
  name: 'adding-check-without-not-valid',
  acceptable: true,
  check: (statement, context) => [
    ...addedConstraints(statement.node).flatMap(({ table, ifExists, constraint }): Problem[] => {
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
          why: `Every row of ${nameOf(table)} (${sizeOf(target)}) is checked while the table refuses reads and writes.`,
          rewrite: `ALTER TABLE ${quoted} ADD CONSTRAINT ${name} CHECK (…) NOT VALID; and then, in a later migration: ALTER TABLE ${quoted} VALIDATE CONSTRAINT ${name};`,
        },
      ];
    }),
    ...domainChecks(statement),
  ],
};

/** Nothing tells which tables have columns of a domain, so that their sizes are not known either. */
function domainChecks({ node }: Statement): Problem[] {
  if (!('AlterDomainStmt' in node) || node.AlterDomainStmt.subtype !== 'C') return [];
  const { def, typeName } = node.AlterDomainStmt;
  if (!def || !('Constraint' in def) || def.Constraint.skip_validation) return [];
  const quoted = quoteIdentifier(nameParts(typeName).at(-1) ?? '');
  return [
    {
      severity: 'warning',
      why: `Every row of every table with a column of the domain ${quoted} is checked while those tables refuse writes.`,
      rewrite: `ALTER DOMAIN ${quoted} ADD CONSTRAINT … CHECK (…) NOT VALID; and then, in a later migration: ALTER DOMAIN ${quoted} VALIDATE CONSTRAINT …;`,
    },
  ];
}
