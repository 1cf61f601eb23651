import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** A materialized view computed anew while nobody may read it. */
export const refreshNotConcurrent: Rule = {
  name: 'refresh-not-concurrent',
  acceptable: true,
  check: ({ node }, context) => {
    if (!('RefreshMatViewStmt' in node)) return [];
    const { relation, concurrent } = node.RefreshMatViewStmt;
    if (!relation || concurrent) return [];
    const view = context.schema.table(relation);
    const severity = severityOfBlocking(view, context);
    if (severity === undefined) return [];
    return [
      {
        severity,
        why: `${nameOf(relation)} (${sizeOf(view)}) cannot be read until it is computed anew and the deployment committed.`,
        rewrite: `REFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteIdentifier(relation.relname ?? '', relation.schemaname)}; it needs a unique index over all rows.`,
      },
    ];
  },
};
