import type { Node, RangeVar } from 'libpg-query';
import { nameOf, type Rule, severityOfRemoval } from '../rule.ts';

/** A new name or schema for a table that the running application knows by the old one. */
export const renameTable: Rule = {
  name: 'rename-table',
  acceptable: true,
  check: ({ node }, { schema }) => {
    const renamed = renamedTable(node);
    if (renamed === undefined) return [];
    const severity = severityOfRemoval(schema.table(renamed.table, renamed.ifExists));
    if (severity === undefined) return [];
    return [
      {
        severity,
        why: `From the commit on, every query of the running application that names ${nameOf(renamed.table)} fails.`,
        rewrite: `In the same migration leave a view under the old name (CREATE VIEW … AS SELECT * FROM …) and accept this finding, or keep the table's name and map the new one in the application.`,
      },
    ];
  },
};

function renamedTable(node: Node): { table: RangeVar; ifExists: boolean } | undefined {
  if ('RenameStmt' in node) {
    const { renameType, relation: table, missing_ok: ifExists = false } = node.RenameStmt;
    return table && renameType === 'OBJECT_TABLE' ? { table, ifExists } : undefined;
  }
  if ('AlterObjectSchemaStmt' in node) {
    const { objectType, relation: table, missing_ok: ifExists = false } = node.AlterObjectSchemaStmt;
    return table && objectType === 'OBJECT_TABLE' ? { table, ifExists } : undefined;
  }
  return undefined;
}
