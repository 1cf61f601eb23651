import { nameParts } from '../../sql/tree.ts';
import type { Rule } from '../rule.ts';

/** A new name for a label that the running application writes and compares by the old one. */
export const renameEnumValue: Rule = {
  name: 'rename-enum-value',
  acceptable: true,
  check: ({ node }, { schema }) => {
    if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal === undefined) return [];
    const { typeName, oldVal, newVal = '' } = node.AlterEnumStmt;
    const type = nameParts(typeName).at(-1) ?? '';
    if (schema.isNewType(type)) return [];
    return [
      {
        severity: 'error',
        why: `From the commit on, every query of the running application that names '${oldVal}' of ${type} fails, and it reads a label that it does not know.`,
        rewrite: `ALTER TYPE … ADD VALUE '${newVal}' AFTER '${oldVal}'; let the application understand both and write the new one, then move the rows over in batches. A label cannot be dropped; it stays unused.`,
      },
    ];
  },
};
