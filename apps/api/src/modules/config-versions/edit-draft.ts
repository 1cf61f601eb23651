import { Prisma, type SqlTransaction } from '@apms/db';
import { type AuditEntry, recordAuditEvent } from '../../audit.ts';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { type ConfigEntity, configTables } from './config-tables.ts';
import { revalidate } from './revalidate.ts';
import { validateConfigVersionReference } from './validate-config-version-reference.ts';

/** What is done to which row. */
export interface ConfigEdit extends AuditEntry {
  readonly entityType: ConfigEntity;
}

/**
 * Does the work in a DRAFT that nobody else edits meanwhile, records it and validates the version anew, all in one
 * transaction.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT
 */
export async function addToDraft<T>(
  ctx: WorkspaceContext,
  configVersionId: string,
  edit: ConfigEdit,
  work: (tx: SqlTransaction) => Promise<T>,
): Promise<T> {
  return await ctx.db.transaction(async (tx) => {
    await validateConfigVersionReference(tx, configVersionId, 'edit');
    return await recorded(tx, ctx, configVersionId, edit, work);
  });
}

/**
 * The same for a row that is there already, in the version that it belongs to.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT
 */
export async function editInDraft<T>(
  ctx: WorkspaceContext,
  edit: ConfigEdit,
  work: (tx: SqlTransaction, configVersionId: string) => Promise<T>,
): Promise<T> {
  const { entityType: entity, entityId: id } = edit;
  return await ctx.db.transaction(async (tx) => {
    const configVersionId = await versionOf(tx, entity, id);
    await validateConfigVersionReference(tx, configVersionId, 'edit');
    // Looked up again now that nobody else can delete it.
    await versionOf(tx, entity, id);
    return await recorded(tx, ctx, configVersionId, edit, (inner) => work(inner, configVersionId));
  });
}

async function versionOf(tx: SqlTransaction, entity: ConfigEntity, id: string): Promise<string> {
  const [row] = await tx.query<{ configVersionId: string }[]>(Prisma.sql`
    select config_version_id as "configVersionId" from ${configTables[entity]} where id = ${id}`);
  if (row === undefined) throw new AppError({ code: 'ENTITY_NOT_FOUND', entity, id });
  return row.configVersionId;
}

async function recorded<T>(
  tx: SqlTransaction,
  ctx: WorkspaceContext,
  configVersionId: string,
  edit: ConfigEdit,
  work: (tx: SqlTransaction) => Promise<T>,
): Promise<T> {
  const result = await work(tx);
  await Promise.all([recordAuditEvent(tx, ctx, edit), revalidate(tx, ctx, configVersionId)]);
  return result;
}
