import { lastName } from '../../sql/tree.ts';
import { addedColumns } from '../alter-table.ts';
import { isInUse, nameOf, type Rule } from '../rule.ts';

/** A column that cannot be compared, in a table whose rows the running application may compare as a whole. */
export const jsonColumn: Rule = {
  name: 'json-column',
  acceptable: true,
  check: ({ node }, { schema }) =>
    addedColumns(node).flatMap(({ table, ifExists, column }) => {
      const isJson = lastName(column.typeName?.names) === 'json';
      if (!isJson || !isInUse(schema.table(table, ifExists))) return [];
      return [
        {
          severity: 'warning',
          at: column.location,
          why: `json has no equality: SELECT DISTINCT, UNION and GROUP BY over all columns of ${nameOf(table)} fail in the running application from the commit on.`,
          rewrite: 'Use jsonb, which can be compared and indexed.',
        },
      ];
    }),
};
