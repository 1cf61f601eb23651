import { nameParts } from '../../sql/tree.ts';
import { relationOf } from '../pending-schema.ts';
import { nameOf, type Rule, severityOfRemoval, sizeOf } from '../rule.ts';

/** A table dropped with its rows while the running application may still use it. */
export const dropTable: Rule = {
  name: 'drop-table',
  acceptable: true,
  check: ({ node }, { schema }) => {
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_TABLE') return [];
    const { objects = [], missing_ok: ifExists } = node.DropStmt;
    return objects.flatMap((object) => {
      const relation = relationOf(nameParts(object));
      const table = schema.table(relation, ifExists);
      const severity = severityOfRemoval(table);
      if (severity === undefined) return [];
      return [
        {
          severity,
          why: `The rows of ${nameOf(relation)} (${sizeOf(table)}) are lost, and queries of the running application that name the table fail.`,
          rewrite: `First deploy an application that no longer names the table, then drop it in a later deployment and accept this finding: -- deploy:allow drop-table REASON.`,
        },
      ];
    });
  },
};
