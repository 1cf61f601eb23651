import type { Node, RangeVar } from 'libpg-query';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** Many rows written while an earlier statement of the same transaction keeps the table from being read. */
export const backfillWithSchemaChange: Rule = {
  name: 'backfill-with-schema-change',
  acceptable: true,
  check: ({ node }, context) => {
    const relation = writtenTable(node);
    if (relation === undefined) return [];
    const table = context.schema.table(relation);
    // Of a small table the rows are written in no time.
    if (table.lockedBy === undefined || severityOfBlocking(table, context) !== 'error') return [];
    return [
      {
        severity: 'warning',
        why: `${table.lockedBy} has locked ${nameOf(relation)} (${sizeOf(table)}) for reads and writes, and the lock stays while its rows are written, until the deployment is committed.`,
        rewrite:
          'Change the schema in one deployment, and write the rows in a later one, or in batches outside of any.',
      },
    ];
  },
};

/** The table of which a statement may write many rows. */
function writtenTable(node: Node): RangeVar | undefined {
  if ('UpdateStmt' in node) return node.UpdateStmt.relation;
  if ('DeleteStmt' in node) return node.DeleteStmt.relation;
  if ('MergeStmt' in node) return node.MergeStmt.relation;
  if (!('InsertStmt' in node)) return undefined;
  const { relation, selectStmt } = node.InsertStmt;
  const isOfFewRows = selectStmt && 'SelectStmt' in selectStmt && selectStmt.SelectStmt.valuesLists;
  return selectStmt === undefined || isOfFewRows ? undefined : relation;
}
