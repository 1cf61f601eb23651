import { Prisma, type SqlTransaction } from '@apms/db';
import type { RemediationRefusal } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { identifier } from './identifier.ts';
import { relinkedColumns } from './relinked-columns.ts';

/** A foreign key as remediation needs it; columns of the key and of what it references are in the same order. */
export interface RemediableKey {
  readonly constraintName: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
  readonly primaryKey: string;
  readonly isScoped: boolean;
  readonly referencesScoped: boolean;
  /** Columns that the system may change. */
  readonly changeable: readonly string[];
  readonly isDeletable: boolean;
}

/** What is kept as it was written, whoever asks. */
const HISTORY = new Set([
  'audit_events',
  'workflow_stage_actions',
  'data_integrity_audit_log',
  'quarantined_rows',
]);

/** @throws {AppError} REFERENCE_NOT_FOUND when the database declares no such foreign key */
export async function readRemediableKey(tx: SqlTransaction, constraintName: string): Promise<RemediableKey> {
  const [key] = await tx.query<RemediableKey[]>(Prisma.sql`
    select c.conname as "constraintName", t.relname as table, r.relname as "referencedTable",
           array(select a.attname::text from unnest(c.conkey) with ordinality k(attnum, n)
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum order by n) as columns,
           array(select a.attname::text from unnest(c.confkey) with ordinality k(attnum, n)
                 join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum order by n) as "referencedColumns",
           (select a.attname::text from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
            where i.indrelid = t.oid and i.indisprimary) as "primaryKey",
           exists (select from pg_attribute where attrelid = t.oid and attname = 'workspace_id') as "isScoped",
           exists (select from pg_attribute where attrelid = r.oid and attname = 'workspace_id') as "referencesScoped",
           array(select a.attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum > 0
                 and not a.attisdropped and has_column_privilege('apms_jobs', t.oid, a.attnum, 'UPDATE')) as changeable,
           has_table_privilege('apms_jobs', t.oid, 'DELETE') as "isDeletable"
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_class r on r.oid = c.confrelid
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conname = ${constraintName}`);
  if (key !== undefined) return key;
  throw new AppError({
    code: 'REFERENCE_NOT_FOUND',
    entity: 'foreign key',
    field: 'constraintName',
    id: constraintName,
  });
}

/** Why rows of the key cannot be moved aside; null when they can. */
export function quarantineRefusal(key: RemediableKey): RemediationRefusal | null {
  if (HISTORY.has(key.table)) return 'HISTORY';
  if (!key.isScoped) return 'NO_WORKSPACE';
  return key.isDeletable ? null : 'NOT_GRANTED';
}

/** Why the key of rows cannot be linked anew; null when it can. */
export function relinkRefusal(key: RemediableKey): RemediationRefusal | null {
  if (HISTORY.has(key.table)) return 'HISTORY';
  if (!key.isScoped) return 'NO_WORKSPACE';
  if (key.referencedTable === 'workspaces') return 'OWNERSHIP';
  const columns = relinkedColumns(key).map(([column]) => column);
  if (columns.every((column) => key.changeable.includes(column))) return null;
  return key.table === 'workflow_instances' ? 'FROZEN_WORKFLOW' : 'NOT_GRANTED';
}

/** A condition on `c`, a row of the key's table: it is of the workspace, and its reference leads nowhere. */
export function isOrphan(key: RemediableKey, workspaceId: string): Prisma.Sql {
  const present = key.columns.map((column) => Prisma.sql`c.${identifier(column)} is not null`);
  const pairs = key.columns.map(
    (column, index) =>
      Prisma.sql`p.${identifier(key.referencedColumns[index] ?? '')} = c.${identifier(column)}`,
  );
  return Prisma.sql`
    c.workspace_id = ${workspaceId}::uuid and ${Prisma.join(present, ' and ')}
    and not exists (select from public.${identifier(key.referencedTable)} p where ${Prisma.join(pairs, ' and ')})`;
}

/** The id of `c` as text. */
export function rowIdOf({ primaryKey }: Pick<RemediableKey, 'primaryKey'>): Prisma.Sql {
  return Prisma.sql`c.${identifier(primaryKey)}::text`;
}
