import type { AlterDomainStmt } from 'libpg-query';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { nameParts } from '../../sql/tree.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** From this version on VALIDATE lets writes go on. */
const FIRST_WITH_WEAK_VALIDATE = 18;

/** A domain's constraint proven on every table with a column of it. Nothing tells which those are. */
export const domainConstraint: Rule = {
  name: 'domain-constraint',
  acceptable: true,
  check: ({ node }, context) => {
    if (!('AlterDomainStmt' in node)) return [];
    const domain = nameParts(node.AlterDomainStmt.typeName).at(-1) ?? '';
    const how = howProven(node.AlterDomainStmt, context);
    if (how === undefined || context.schema.isNewType(domain)) return [];
    const quoted = quoteIdentifier(domain);
    return [
      {
        severity: 'warning',
        why: `${how} reads every row of every table with a column of the domain ${quoted} while those tables refuse writes.`,
        rewrite: `ALTER DOMAIN ${quoted} ADD CONSTRAINT … CHECK (…) NOT VALID; and then, at a quiet time (before PostgreSQL 18 it keeps writes waiting): ALTER DOMAIN ${quoted} VALIDATE CONSTRAINT …; or put the check on the columns, where it can be validated table by table.`,
      },
    ];
  },
};

function howProven({ subtype, def }: AlterDomainStmt, { serverVersion }: RuleContext): string | undefined {
  if (subtype === 'O') return 'SET NOT NULL';
  if (subtype === 'V') {
    return (serverVersion ?? 0) < FIRST_WITH_WEAK_VALIDATE ? 'VALIDATE CONSTRAINT' : undefined;
  }
  const notValid = def && 'Constraint' in def && def.Constraint.skip_validation;
  return subtype === 'C' && !notValid ? 'ADD CONSTRAINT' : undefined;
}
