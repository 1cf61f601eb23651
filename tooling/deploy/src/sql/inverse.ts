import type { AlterTableStmt, CreateStmt, DropStmt, IndexStmt, Node, RangeVar } from 'libpg-query';
import { quoteIdentifier } from './quote-identifier.ts';
import { nameParts } from './tree.ts';

/** A relation as a statement names it. */
export interface RelationName {
  schema: string | undefined;
  name: string;
}

/** How a statement is undone once it is committed. */
export type Inverse =
  /** Run `sql`, but only where the index did not exist before the statement ran. */
  | ({ kind: 'drop-index'; sql: string } & RelationName)
  /** Create the dropped indexes again from the definitions they had before the statement ran. */
  | { kind: 'recreate-index'; indexes: RelationName[] }
  /** Drop it, but only where it did not exist before the statement ran. */
  | { kind: 'drop-constraint' | 'drop-column'; table: RelationName; name: string }
  | { kind: 'drop-table'; table: RelationName }
  /** Make the constraint anew as one that holds for new rows only, but only where it was that before. */
  | { kind: 'unvalidate-constraint'; table: RelationName; name: string }
  /** The statement left no trace in schema or rows: there is nothing to undo. */
  | { kind: 'nothing' };

/**
 * The inverses of a statement that can run in a transaction, in the order of its parts; undefined where it has none. Only
 * what loses nothing that was there before counts as one.
 */
export function inversesOf(node: Node): Inverse[] | undefined {
  if ('AlterTableStmt' in node) return inversesOfAlterTable(node.AlterTableStmt);
  if ('CreateStmt' in node) return inversesOfCreateTable(node.CreateStmt);
  const inverse = 'IndexStmt' in node ? inverseOfCreateIndex(node.IndexStmt) : undefined;
  return inverse && [inverse];
}

function inversesOfAlterTable({ relation, cmds = [], objtype }: AlterTableStmt): Inverse[] | undefined {
  const table = relation && nameOf(relation);
  if (table === undefined || objtype !== 'OBJECT_TABLE') return undefined;
  const inverses = cmds.map((cmd): Inverse | undefined => {
    if (!('AlterTableCmd' in cmd)) return undefined;
    const { subtype, name, def } = cmd.AlterTableCmd;
    if (subtype === 'AT_ValidateConstraint' && name !== undefined)
      return { kind: 'unvalidate-constraint', table, name };
    if (def === undefined) return undefined;
    if (subtype === 'AT_AddColumn' && 'ColumnDef' in def && def.ColumnDef.colname !== undefined)
      return { kind: 'drop-column', table, name: def.ColumnDef.colname };
    if (subtype !== 'AT_AddConstraint' || !('Constraint' in def)) return undefined;
    const { conname, contype, indexname } = def.Constraint;
    // A primary key leaves its columns NOT NULL, and a constraint that took over an index would take it along.
    const undone = conname !== undefined && contype !== 'CONSTR_PRIMARY' && indexname === undefined;
    return undone ? { kind: 'drop-constraint', table, name: conname } : undefined;
  });
  return inverses.every((inverse) => inverse !== undefined) ? inverses : undefined;
}

function inversesOfCreateTable({ relation }: CreateStmt): Inverse[] | undefined {
  const isLasting = relation !== undefined && relation.relpersistence !== 't';
  return isLasting ? [{ kind: 'drop-table', table: nameOf(relation) }] : undefined;
}

function nameOf({ schemaname, relname = '' }: RangeVar): RelationName {
  return { schema: schemaname, name: relname };
}

/** The inverse of a statement that cannot run in a transaction; undefined where it has none. */
export function inverseOf(node: Node): Inverse | undefined {
  if ('IndexStmt' in node) return inverseOfCreateIndex(node.IndexStmt);
  if ('DropStmt' in node) return inverseOfDropIndex(node.DropStmt);
  // REINDEX CONCURRENTLY is not among these: when it fails it leaves an invalid copy of the index.
  if ('VacuumStmt' in node || 'ClusterStmt' in node) return { kind: 'nothing' };
  return undefined;
}

function inverseOfCreateIndex({ idxname: name, relation, concurrent }: IndexStmt): Inverse | undefined {
  if (name === undefined) return undefined;
  const schema = relation?.schemaname;
  // What was not built concurrently may be an index of a partitioned table, which is not dropped so either.
  const drop = concurrent ? 'DROP INDEX CONCURRENTLY' : 'DROP INDEX';
  return { kind: 'drop-index', schema, name, sql: `${drop} IF EXISTS ${quoteIdentifier(name, schema)}` };
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
