import { tableCommands } from '../alter-table.ts';
import { isInUse, nameOf, type Rule } from '../rule.ts';

/** A column that may become empty while the running application relies on a value. */
export const dropNotNull: Rule = {
  name: 'drop-not-null',
  acceptable: true,
  check: ({ node }, { schema }) =>
    tableCommands(node).flatMap(({ table, ifExists, command: { subtype, name = '' } }) => {
      if (subtype !== 'AT_DropNotNull') return [];
      const target = schema.table(table, ifExists);
      if (!isInUse(target) || target.columns.get(name)?.notNull === false) return [];
      return [
        {
          severity: 'notice',
          why: `From the first NULL on, what reads ${nameOf(table)}.${name} in the running application may fail: until now it could rely on a value.`,
          rewrite:
            'First deploy an application that reads NULL too, then drop the constraint, and accept this finding.',
        },
      ];
    }),
};
