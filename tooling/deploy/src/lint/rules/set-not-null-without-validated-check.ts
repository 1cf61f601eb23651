import type { RangeVar } from 'libpg-query';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { nameParts } from '../../sql/tree.ts';
import { type TableCommand, tableCommands } from '../alter-table.ts';
import type { PendingSchema } from '../pending-schema.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

const FIRST_WITH_NOT_VALID_NOT_NULL = 18;

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
      return columnsSetNotNull(tableCommand, context.schema).flatMap((column) => {
        if (severity === undefined || target.columns.get(column)?.notNull || proven.includes(column))
          return [];
        return [
          {
            severity,
            why: `Every row of ${nameOf(table)} (${sizeOf(target)}) is checked for ${column} while the table refuses reads and writes.`,
            rewrite: rewriteOf(table, column, context.serverVersion),
          },
        ];
      });
    }),
};

/** The columns that have to be proven; a primary key that takes over an index needs that too. */
function columnsSetNotNull(
  { table, command: { subtype, name, def } }: TableCommand,
  schema: PendingSchema,
): readonly string[] {
  if (subtype === 'AT_SetNotNull') return name === undefined ? [] : [name];
  if (subtype !== 'AT_AddConstraint' || !def || !('Constraint' in def)) return [];
  const { contype, skip_validation: notValid, keys, indexname } = def.Constraint;
  if (contype === 'CONSTR_PRIMARY' && indexname !== undefined)
    return schema.index({ ...table, relname: indexname }).columns;
  return contype === 'CONSTR_NOTNULL' && !notValid ? nameParts(keys) : [];
}

function rewriteOf(table: RangeVar, column: string, serverVersion = 0): string {
  const [quotedTable, quotedColumn] = [
    quoteIdentifier(table.relname ?? '', table.schemaname),
    quoteIdentifier(column),
  ];
  return serverVersion >= FIRST_WITH_NOT_VALID_NOT_NULL
    ? `ALTER TABLE ${quotedTable} ADD CONSTRAINT … NOT NULL ${quotedColumn} NOT VALID; and then, in a later migration, VALIDATE CONSTRAINT.`
    : `ALTER TABLE ${quotedTable} ADD CONSTRAINT … CHECK (${quotedColumn} IS NOT NULL) NOT VALID; in a later migration VALIDATE CONSTRAINT, then SET NOT NULL (which trusts it) and drop the check.`;
}
