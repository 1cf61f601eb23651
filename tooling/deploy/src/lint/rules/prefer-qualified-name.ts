import type { Node, RangeVar } from 'libpg-query';
import { nameParts } from '../../sql/tree.ts';
import { relationOf } from '../pending-schema.ts';
import type { Rule } from '../rule.ts';

/** A table made, altered or dropped in whatever schema the search path finds first. */
export const preferQualifiedName: Rule = {
  name: 'prefer-qualified-name',
  acceptable: true,
  isPreference: true,
  check: ({ node }) =>
    tablesOf(node).flatMap(({ schemaname, relname = '', relpersistence }) => {
      if (schemaname !== undefined || relpersistence === 't') return [];
      return [
        {
          severity: 'notice',
          why: `In which schema ${relname} is found, or made, depends on the session's search path.`,
          rewrite: `Name the schema: public.${relname}.`,
        },
      ];
    }),
};

function tablesOf(node: Node): RangeVar[] {
  if ('CreateStmt' in node) return node.CreateStmt.relation ? [node.CreateStmt.relation] : [];
  if ('CreateTableAsStmt' in node)
    return node.CreateTableAsStmt.into?.rel ? [node.CreateTableAsStmt.into.rel] : [];
  if ('AlterTableStmt' in node) return node.AlterTableStmt.relation ? [node.AlterTableStmt.relation] : [];
  if (!('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_TABLE') return [];
  return (node.DropStmt.objects ?? []).map((object) => relationOf(nameParts(object)));
}
