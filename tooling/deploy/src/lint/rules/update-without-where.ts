import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** All rows of a table written anew in one statement, each locked until the commit. */
export const updateWithoutWhere: Rule = {
  name: 'update-without-where',
  acceptable: true,
  check: ({ node }, context) => {
    if (!('UpdateStmt' in node)) return [];
    const { relation, whereClause, fromClause } = node.UpdateStmt;
    if (!relation || whereClause || fromClause) return [];
    const table = context.schema.table(relation);
    if (severityOfBlocking(table, context) === undefined) return [];
    return [
      {
        severity: 'warning',
        why: `Every row of ${nameOf(relation)} (${sizeOf(table)}) gets the new value, loses the old one, and stays locked until the commit.`,
        rewrite:
          'Restrict it by WHERE to the rows that need it (such as WHERE column IS NULL), in batches where they are many.',
      },
    ];
  },
};
