import type { ColumnDef } from 'libpg-query';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { nameParts } from '../../sql/tree.ts';
import { tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';
import { isWidening, sqlType } from '../sql-type.ts';
import type { TableState } from '../table-state.ts';

/** A change of type for which PostgreSQL writes the whole table and its indexes anew. */
export const columnTypeChangeRewrites: Rule = {
  name: 'column-type-change-rewrites',
  acceptable: true,
  check: ({ node }, context) =>
    tableCommands(node).flatMap(({ table, ifExists, command: { subtype, name = '', def } }) => {
      if (subtype !== 'AT_AlterColumnType' || !def || !('ColumnDef' in def) || !def.ColumnDef.typeName)
        return [];
      const target = context.schema.table(table, ifExists);
      const severity = severityOfBlocking(target, context);
      const from = target.columns.get(name)?.type;
      const widens = from !== undefined && isWidening(from, sqlType(def.ColumnDef.typeName));
      if (severity === undefined) return [];
      if (widens && keepsValues(def.ColumnDef, name)) {
        return checksOf(target, name).map((check) => ({
          severity,
          why: `The new type needs no other bytes, but the check ${check} is proven anew: every row of ${nameOf(table)} (${sizeOf(target)}) is read while it refuses reads and writes.`,
          rewrite: `Drop the check before, and add it again afterwards: ADD CONSTRAINT ${quoteIdentifier(check)} CHECK (…) NOT VALID; with VALIDATE CONSTRAINT in a later migration.`,
        }));
      }
      return [
        {
          severity,
          why: `The new type of ${nameOf(table)}.${name} writes the table (${sizeOf(target)}) and its indexes anew while it refuses reads and writes.`,
          rewrite:
            'Add a column of the new type, fill it in batches while a trigger keeps it in step, let the application read it, and drop the old column in a later deployment. Widening varchar, varchar to text and a larger numeric precision of the same scale are safe as they are.',
        },
      ];
    }),
};

/** The validated checks that name a column. */
function checksOf({ checks }: TableState, column: string): string[] {
  return [...checks].flatMap(([name, { validated, columns }]) =>
    validated && columns.includes(column) ? name : [],
  );
}

/** Whether there is no USING expression, or it is the column itself, with a cast or without. */
function keepsValues({ raw_default: using }: ColumnDef, column: string): boolean {
  const value = using && 'TypeCast' in using ? using.TypeCast.arg : using;
  if (value === undefined) return true;
  return 'ColumnRef' in value && nameParts(value.ColumnRef.fields).join() === column;
}
