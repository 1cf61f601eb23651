import type { AlterSubscriptionStmt, AlterTableStmt, Node } from 'libpg-query';

const OFF_WORDS = new Set(['false', 'off', '0']);

/**
 * Why PostgreSQL refuses a statement inside a transaction block, or undefined where it does not. Looks at the
 * statement alone: `ALTER TYPE … ADD VALUE` depends on the statements after it.
 *
 * @source PreventInTransactionBlock in PostgreSQL's sources
 */
export function nonTransactionalReason(node: Node): string | undefined {
  const name = nonTransactionalCommand(node);
  return name === undefined ? undefined : `${name} cannot run inside a transaction block`;
}

function nonTransactionalCommand(node: Node): string | undefined {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent ? 'CREATE INDEX CONCURRENTLY' : undefined;
  if ('DropStmt' in node) return node.DropStmt.concurrent ? 'DROP INDEX CONCURRENTLY' : undefined;
  if ('AlterTableStmt' in node) return detachesConcurrently(node.AlterTableStmt);
  if ('ReindexStmt' in node) {
    const { kind, params } = node.ReindexStmt;
    if (isOn(params, 'concurrently')) return 'REINDEX CONCURRENTLY';
    return kind === 'REINDEX_OBJECT_TABLE' || kind === 'REINDEX_OBJECT_INDEX'
      ? undefined
      : 'REINDEX of several tables';
  }
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd ? 'VACUUM' : undefined;
  if ('ClusterStmt' in node) return node.ClusterStmt.relation ? undefined : 'CLUSTER of all tables';
  if ('AlterSystemStmt' in node) return 'ALTER SYSTEM';
  if ('CreatedbStmt' in node) return 'CREATE DATABASE';
  if ('DropdbStmt' in node) return 'DROP DATABASE';
  if ('CreateTableSpaceStmt' in node) return 'CREATE TABLESPACE';
  if ('DropTableSpaceStmt' in node) return 'DROP TABLESPACE';
  if ('AlterDatabaseStmt' in node) {
    return option(node.AlterDatabaseStmt.options, 'tablespace') ? 'ALTER DATABASE SET TABLESPACE' : undefined;
  }
  if ('CreateSubscriptionStmt' in node) {
    const { options } = node.CreateSubscriptionStmt;
    return isOff(options, 'create_slot') || isOff(options, 'connect') ? undefined : 'CREATE SUBSCRIPTION';
  }
  if ('AlterSubscriptionStmt' in node) return refreshesSubscription(node.AlterSubscriptionStmt);
  if ('DropSubscriptionStmt' in node) return 'DROP SUBSCRIPTION';
  if ('DiscardStmt' in node) return node.DiscardStmt.target === 'DISCARD_ALL' ? 'DISCARD ALL' : undefined;
  if ('TransactionStmt' in node) {
    if (node.TransactionStmt.kind === 'TRANS_STMT_COMMIT_PREPARED') return 'COMMIT PREPARED';
    if (node.TransactionStmt.kind === 'TRANS_STMT_ROLLBACK_PREPARED') return 'ROLLBACK PREPARED';
  }
  return undefined;
}

function detachesConcurrently({ cmds = [] }: AlterTableStmt): string | undefined {
  const found = cmds.some(
    (cmd) =>
      'AlterTableCmd' in cmd &&
      cmd.AlterTableCmd.def !== undefined &&
      'PartitionCmd' in cmd.AlterTableCmd.def &&
      cmd.AlterTableCmd.def.PartitionCmd.concurrent === true,
  );
  return found ? 'DETACH PARTITION CONCURRENTLY' : undefined;
}

function refreshesSubscription({ kind, options }: AlterSubscriptionStmt): string | undefined {
  if (kind === 'ALTER_SUBSCRIPTION_REFRESH') return 'ALTER SUBSCRIPTION REFRESH';
  const changesPublications = kind?.endsWith('_PUBLICATION') === true;
  return changesPublications && !isOff(options, 'refresh') ? 'ALTER SUBSCRIPTION PUBLICATION' : undefined;
}

function option(options: readonly Node[] | undefined, name: string): { value: Node | undefined } | undefined {
  for (const node of options ?? []) {
    if ('DefElem' in node && node.DefElem.defname === name) return { value: node.DefElem.arg };
  }
  return undefined;
}

function isOn(options: readonly Node[] | undefined, name: string): boolean {
  return option(options, name) !== undefined && !isOff(options, name);
}

function isOff(options: readonly Node[] | undefined, name: string): boolean {
  const value = option(options, name)?.value;
  if (value === undefined) return false;
  if ('String' in value) return OFF_WORDS.has(value.String.sval?.toLowerCase() ?? '');
  if ('Boolean' in value) return value.Boolean.boolval !== true;
  // The parse tree leaves a zero out.
  return 'Integer' in value && (value.Integer.ival ?? 0) === 0;
}
