import type { Node, RangeVar } from 'libpg-query';
import { isFields, walk } from '../../sql/tree.ts';
import { relationOf } from '../pending-schema.ts';
import { nameOf, type Rule, sizeOf } from '../rule.ts';

/** Rows deleted by a migration, which the deployment otherwise takes for a loss. */
export const rowLoss: Rule = {
  name: 'row-loss',
  acceptable: true,
  check: ({ node }, { schema }) =>
    deletions(node).flatMap(({ relation, hasWhere }) => {
      const table = schema.table(relation);
      if (table.origin === 'new' || table.rows === 0) return [];
      const which = hasWhere ? 'Rows' : 'All rows';
      return [
        {
          severity: hasWhere ? 'notice' : 'warning',
          why: `${which} of ${nameOf(relation)} (${sizeOf(table)}) are deleted; the deployment stops at rows that are gone without a reason.`,
          rewrite:
            'Say why above the statement: -- deploy:allow row-loss REASON. Move rows that may be wanted to another table first.',
        },
      ];
    }),
};

/** The deletions of a statement, those in its common table expressions included. */
function deletions(node: Node): { relation: RangeVar; hasWhere: boolean }[] {
  const found: { relation: RangeVar; hasWhere: boolean }[] = [];
  walk(node, (fields, tag) => {
    const merges = tag === 'MergeStmt' && JSON.stringify(fields['mergeWhenClauses']).includes('"CMD_DELETE"');
    const { relation } = fields;
    if ((tag !== 'DeleteStmt' && !merges) || !isFields(relation)) return;
    const names = [relation['schemaname'], relation['relname']].filter((name) => typeof name === 'string');
    found.push({ relation: relationOf(names), hasWhere: merges || fields['whereClause'] !== undefined });
  });
  return found;
}
