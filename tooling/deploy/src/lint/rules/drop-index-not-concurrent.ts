import { nameParts } from '../../sql/tree.ts';
import { relationOf } from '../pending-schema.ts';
import { isInUse, nameOf, type Rule } from '../rule.ts';

/** An index dropped under the strongest lock on its table, which the transaction keeps to its end. */
export const dropIndexNotConcurrent: Rule = {
  name: 'drop-index-not-concurrent',
  acceptable: true,
  check: ({ node }, { schema }) => {
    if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_INDEX') return [];
    const { objects = [], concurrent, missing_ok: ifExists } = node.DropStmt;
    if (concurrent) return [];
    return objects.flatMap((object) => {
      const index = relationOf(nameParts(object));
      if (!isInUse(schema.index(index, ifExists).table)) return [];
      return [
        {
          severity: 'notice',
          why: `The table of the index ${nameOf(index)} refuses reads and writes from here until the deployment is committed.`,
          rewrite:
            'DROP INDEX CONCURRENTLY …; the deployment runs it outside the transaction and builds the index again when a later step fails.',
        },
      ];
    });
  },
};
