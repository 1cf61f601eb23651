import type { Node } from 'libpg-query';
import type { Rule } from '../rule.ts';

/** PostgreSQL 14.0 to 14.3 may leave rows out of an index that is built concurrently. */
const CONCERNED = { version: 14, firstSafeMinor: 4 };

/** An index built concurrently by a server that may damage it. */
export const concurrentIndexCorruption: Rule = {
  name: 'concurrent-index-corruption',
  acceptable: true,
  check: ({ node }, { serverVersion, serverMinor }) => {
    const isConcerned =
      serverVersion === CONCERNED.version &&
      serverMinor !== undefined &&
      serverMinor < CONCERNED.firstSafeMinor;
    if (!isConcerned || !buildsConcurrently(node)) return [];
    return [
      {
        severity: 'error',
        why: `PostgreSQL ${serverVersion}.${serverMinor} may leave rows out of an index that is built concurrently, silently.`,
        rewrite: `Update the server to ${serverVersion}.${CONCERNED.firstSafeMinor} or later first; it is a restart.`,
      },
    ];
  },
};

function buildsConcurrently(node: Node): boolean {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true;
  if (!('ReindexStmt' in node)) return false;
  return (node.ReindexStmt.params ?? []).some(
    (param) => 'DefElem' in param && param.DefElem.defname === 'concurrently',
  );
}
