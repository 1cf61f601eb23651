import type { ColumnDef } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import { tableCommands } from '../alter-table.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';
import { isWidening, sqlType } from '../sql-type.ts';

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
      if (severity === undefined || (widens && keepsValues(def.ColumnDef, name))) return [];
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

/** Whether there is no USING expression, or it is the column itself, with a cast or without. */
function keepsValues({ raw_default: using }: ColumnDef, column: string): boolean {
  const value = using && 'TypeCast' in using ? using.TypeCast.arg : using;
  if (value === undefined) return true;
  return 'ColumnRef' in value && nameParts(value.ColumnRef.fields).join() === column;
}
