import type { Rule } from '../rule.ts';

/** A database dropped with everything in it. */
export const dropDatabase: Rule = {
  name: 'drop-database',
  acceptable: true,
  check: ({ node }) => {
    if (!('DropdbStmt' in node)) return [];
    return [
      {
        severity: 'error',
        why: `Everything in the database ${node.DropdbStmt.dbname ?? ''} is lost at once: no transaction brings it back, and the deployment's backup is of its target alone.`,
        rewrite:
          'Drop databases by hand, after a backup of their own; a migration changes the one that it runs in.',
      },
    ];
  },
};
