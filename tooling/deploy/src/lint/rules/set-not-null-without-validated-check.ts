import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { nameParts } from '../../sql/tree.ts';
import { type TableCommand, tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** NOT NULL proven by a scan while the table refuses reads and writes, and not by a check that is validated already. */
export const setNotNullWithoutValidatedCheck: Rule = {
  name: 'set-not-null-without-validated-check',
  acceptable: true,
  check: ({ node }, context) =>
    tableCommands(node).flatMap((tableCommand) => {
      const { table, ifExists } = tableCommand;
      const target = context.schema.table(table, ifExists);
      const severity = severityOfBlocking(target, context);
      const proven = [...target.checks.values()].flatMap(({ validated, provesNotNull }) =>
        validated ? provesNotNull : [],
      );
      return columnsSetNotNull(tableCommand).flatMap((column) => {
        if (severity === undefined || target.columns.get(column)?.notNull || proven.includes(column))
          return [];
        const quoted = quoteIdentifier(table.relname ?? '', table.schemaname);
        return [
          {
            severity,
            why: `Every row of ${nameOf(table)} (${sizeOf(target)}) is checked for ${column} while the table refuses reads and writes.`,
            rewrite: `ALTER TABLE ${quoted} ADD CONSTRAINT … CHECK (${quoteIdentifier(column)} IS NOT NULL) NOT VALID; in a later migration VALIDATE CONSTRAINT, then SET NOT NULL (which trusts it) and drop the check.`,
          },
        ];
      });
    }),
};

function columnsSetNotNull({ command: { subtype, name, def } }: TableCommand): string[] {
  if (subtype === 'AT_SetNotNull') return name === undefined ? [] : [name];
  if (subtype !== 'AT_AddConstraint' || !def || !('Constraint' in def)) return [];
  const { contype, skip_validation: notValid, keys } = def.Constraint;
  return contype === 'CONSTR_NOTNULL' && !notValid ? nameParts(keys) : [];
}
