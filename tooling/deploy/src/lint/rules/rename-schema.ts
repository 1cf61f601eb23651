import type { Rule } from '../rule.ts';

/** A new name for a schema that the running application knows by the old one. */
export const renameSchema: Rule = {
  name: 'rename-schema',
  acceptable: true,
  check: ({ node }, { schema }) => {
    if (!('RenameStmt' in node) || node.RenameStmt.renameType !== 'OBJECT_SCHEMA') return [];
    const { subname = '', newname = '' } = node.RenameStmt;
    if (schema.isNewSchema(subname)) return [];
    return [
      {
        severity: 'error',
        why: `From the commit on, whatever the running application names in the schema ${subname}, or finds there by its search path, is gone.`,
        rewrite: `Make the schema ${newname}, offer the tables there as views, let the application use those, and move the tables in a later deployment. Or keep the schema's name.`,
      },
    ];
  },
};
