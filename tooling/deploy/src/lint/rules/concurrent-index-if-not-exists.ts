import { nameOf, type Rule } from '../rule.ts';

/** An index left invalid by an attempt that failed, taken for the one that is wanted. */
export const concurrentIndexIfNotExists: Rule = {
  name: 'concurrent-index-if-not-exists',
  acceptable: true,
  check: ({ node }) => {
    if (!('IndexStmt' in node) || !node.IndexStmt.concurrent || !node.IndexStmt.if_not_exists) return [];
    const { idxname = '', relation = {}, unique } = node.IndexStmt;
    return [
      {
        severity: 'warning',
        why: `Where an earlier attempt failed, ${idxname} on ${nameOf(relation)} is there but invalid: IF NOT EXISTS keeps it, and no query and no constraint ever uses it.`,
        rewrite: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY … without IF NOT EXISTS: the deployment drops what it could not complete. Before an index that may be there, DROP INDEX CONCURRENTLY IF EXISTS.`,
      },
    ];
  },
};
