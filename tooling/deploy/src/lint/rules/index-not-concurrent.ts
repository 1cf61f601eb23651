import { nameOf, type Rule, severityOfBlocking, sizeOf } from '../rule.ts';

/** An index built while its table refuses writes. */
export const indexNotConcurrent: Rule = {
  name: 'index-not-concurrent',
  acceptable: true,
  check: ({ node }, context) => {
    if (!('IndexStmt' in node)) return [];
    const { relation, concurrent, unique } = node.IndexStmt;
    // ON ONLY a partitioned table makes an empty shell, at once.
    if (!relation || concurrent || relation.inh !== true) return [];
    const table = context.schema.table(relation);
    const severity = severityOfBlocking(table, context);
    if (severity === undefined) return [];
    const create = unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX';
    return [
      {
        severity,
        why: `${nameOf(relation)} (${sizeOf(table)}) refuses writes until the index is built and the deployment committed.`,
        rewrite: `${create} CONCURRENTLY … ON …; the deployment runs it outside the transaction and drops it again when a later step fails. On a partitioned table: ${create} … ON ONLY the parent, CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION.`,
      },
    ];
  },
};
