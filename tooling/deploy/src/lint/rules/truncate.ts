import { nameOf, type Rule, sizeOf } from '../rule.ts';

/** TRUNCATE: all rows go, and the table refuses reads and writes until the commit. */
export const truncate: Rule = {
  name: 'truncate',
  acceptable: true,
  check: ({ node }, { schema }) => {
    if (!('TruncateStmt' in node)) return [];
    const { relations = [], behavior } = node.TruncateStmt;
    const cascades = behavior === 'DROP_CASCADE';
    return relations.flatMap((relation) => {
      if (!('RangeVar' in relation)) return [];
      const table = schema.table(relation.RangeVar);
      if (table.origin === 'new' || (table.rows === 0 && !cascades)) return [];
      const others = cascades ? ', and those of every table that references it,' : '';
      return [
        {
          severity: 'error',
          why: `All rows of ${nameOf(relation.RangeVar)} (${sizeOf(table)})${others} are lost; DELETE triggers do not run.`,
          rewrite:
            'DELETE the rows that must go, with a WHERE that names them; or accept this finding: -- deploy:allow truncate REASON.',
        },
      ];
    });
  },
};
