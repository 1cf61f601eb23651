import { lastName, nameParts, walk } from '../../sql/tree.ts';
import { type AddedColumn, addedColumns, defaultOf } from '../alter-table.ts';
import type { PendingSchema } from '../pending-schema.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';
import { SERIAL_TYPES } from '../serial-types.ts';

/** A new column with another value in each row, for which PostgreSQL writes the whole table anew. */
export const volatileDefault: Rule = {
  name: 'volatile-default',
  acceptable: true,
  check: ({ node }, context) =>
    addedColumns(node).flatMap((added) => {
      const { table, ifExists, column, command } = added;
      const target = context.schema.table(table, ifExists);
      const alreadyThere = command.missing_ok === true && target.columns.has(column.colname ?? '');
      const severity = severityOfBlocking(target, context);
      const cause = causeOfRewrite(added, context.schema);
      if (severity === undefined || cause === undefined || alreadyThere) return [];
      return [
        {
          severity,
          at: column.location,
          why: `${cause} gives each row of ${nameOf(table)} (${sizeOf(target)}) its own value: the table is written anew while it refuses reads and writes.`,
          rewrite:
            'Add the column without a default, set the default in a second statement (ALTER COLUMN … SET DEFAULT, which is for new rows only), and fill the old rows in batches.',
        },
      ];
    }),
};

function causeOfRewrite({ column, constraints }: AddedColumn, schema: PendingSchema): string | undefined {
  const type = lastName(column.typeName?.names);
  if (type in SERIAL_TYPES) return `The type ${type}`;
  for (const { contype, generated_kind: kind } of constraints) {
    if (contype === 'CONSTR_IDENTITY') return 'An identity';
    if (contype === 'CONSTR_GENERATED' && kind !== 'v') return 'A stored generated column';
  }
  const called: string[] = [];
  walk(defaultOf(constraints), (fields, tag) => {
    if (tag === 'FuncCall') called.push(nameParts(fields['funcname']).at(-1) ?? '');
  });
  const volatile = called.find((name) => schema.isVolatile(name));
  return volatile && `The default ${volatile}()`;
}
