import { nameOf, type Rule, severityOfRemoval } from '../rule.ts';

/** A new name for a column that the running application knows by the old one. */
export const renameColumn: Rule = {
  name: 'rename-column',
  acceptable: true,
  check: ({ node }, { schema }) => {
    if (!('RenameStmt' in node)) return [];
    const { renameType, relationType, relation, subname, newname, missing_ok: ifExists } = node.RenameStmt;
    if (!relation || renameType !== 'OBJECT_COLUMN' || relationType !== 'OBJECT_TABLE') return [];
    const severity = severityOfRemoval(schema.table(relation, ifExists));
    if (severity === undefined) return [];
    return [
      {
        severity,
        why: `From the commit on, every query of the running application that names ${nameOf(relation)}.${subname} fails.`,
        rewrite: `Add the column ${newname}, fill it and keep it in step by a trigger, let the application use it, and drop ${subname} in a later deployment. Or keep the column's name and map the new one in the application.`,
      },
    ];
  },
};
