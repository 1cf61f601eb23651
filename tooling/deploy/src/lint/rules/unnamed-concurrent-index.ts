import { nameOf, type Rule } from '../rule.ts';

/** An index built concurrently under a name that PostgreSQL chooses: it could not be dropped again. */
export const unnamedConcurrentIndex: Rule = {
  name: 'unnamed-concurrent-index',
  acceptable: true,
  check: ({ node }) => {
    if (!('IndexStmt' in node) || !node.IndexStmt.concurrent || node.IndexStmt.idxname !== undefined)
      return [];
    const { relation = {}, unique } = node.IndexStmt;
    return [
      {
        severity: 'error',
        why: `The index on ${nameOf(relation)} is built outside the transaction, and without a name the deployment cannot drop it when a later step fails.`,
        rewrite: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY idx_… ON …;`,
      },
    ];
  },
};
