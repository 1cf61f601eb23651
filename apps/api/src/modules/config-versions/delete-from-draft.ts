import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { configTables } from './config-tables.ts';
import { type ConfigEdit, editInDraft } from './edit-draft.ts';

/** Another table's column that may refer to a row. */
export interface Use {
  readonly table: Prisma.Sql;
  readonly column: Prisma.Sql;
}

/**
 * Deletes a row of a DRAFT, unless others refer to it.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT; ENTITY_IN_USE naming the table of the others
 */
export async function deleteFromDraft(
  ctx: WorkspaceContext,
  edit: ConfigEdit,
  uses: readonly Use[],
): Promise<void> {
  const { entityType, entityId: id } = edit;
  await editInDraft(ctx, edit, async (tx) => {
    const usedBy = await findUse(tx, id, uses);
    if (usedBy !== undefined) {
      throw new AppError({ code: 'ENTITY_IN_USE', entity: configTables[entityType].sql, id, usedBy });
    }
    await tx.query(Prisma.sql`delete from ${configTables[entityType]} where id = ${id}`);
    return null;
  });
}

async function findUse(tx: SqlTransaction, id: string, uses: readonly Use[]): Promise<string | undefined> {
  if (uses.length === 0) return undefined;
  const checks = uses.map(
    ({ table, column }) => Prisma.sql`
      select ${table.sql}::text as "usedBy" where exists (select from ${table} where ${column} = ${id})`,
  );
  const [use] = await tx.query<{ usedBy: string }[]>(Prisma.join(checks, ' union all '));
  return use?.usedBy;
}
