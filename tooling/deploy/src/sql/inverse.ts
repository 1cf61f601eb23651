import type { DropStmt, IndexStmt, Node } from 'libpg-query';
import { quoteIdentifier } from './quote-identifier.ts';
import { nameParts } from './tree.ts';

/** How a statement that ran outside a transaction is undone. */
export type Inverse =
  /** Run `sql`, but only where the index did not exist before the statement ran. */
  | { kind: 'drop-index'; schema: string | undefined; name: string; sql: string }
  /** Create the dropped indexes again from the definitions they had before the statement ran. */
  | { kind: 'recreate-index'; indexes: { schema: string | undefined; name: string }[] }
  /** The statement left no trace in schema or rows: there is nothing to undo. */
  | { kind: 'nothing' };

/** The inverse of a statement that cannot run in a transaction; undefined where it has none. */
export function inverseOf(node: Node): Inverse | undefined {
  if ('IndexStmt' in node) return inverseOfCreateIndex(node.IndexStmt);
  if ('DropStmt' in node) return inverseOfDropIndex(node.DropStmt);
  // REINDEX CONCURRENTLY is not among these: when it fails it leaves an invalid copy of the index.
  if ('VacuumStmt' in node || 'ClusterStmt' in node) return { kind: 'nothing' };
  return undefined;
}

function inverseOfCreateIndex({ idxname: name, relation }: IndexStmt): Inverse | undefined {
  if (name === undefined) return undefined;
  const schema = relation?.schemaname;
  return {
    kind: 'drop-index',
    schema,
    name,
    sql: `DROP INDEX CONCURRENTLY IF EXISTS ${quoteIdentifier(name, schema)}`,
  };
}

function inverseOfDropIndex({ removeType, objects = [] }: DropStmt): Inverse | undefined {
  if (removeType !== 'OBJECT_INDEX') return undefined;
  const indexes = objects.flatMap((object) => {
    const parts = nameParts(object);
    const name = parts.at(-1);
    return name === undefined ? [] : [{ schema: parts.at(-2), name }];
  });
  return { kind: 'recreate-index', indexes };
}
