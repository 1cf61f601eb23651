import { Prisma, type SqlTransaction } from '@apms/db';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { identifier } from './identifier.ts';
import { relinkedColumns } from './relinked-columns.ts';
import { isOrphan, type RemediableKey, rowIdOf } from './remediable-key.ts';

export interface RelinkRequest {
  readonly rowIds: readonly string[];
  readonly referenceId: string;
}

/**
 * Has orphans of the workspace refer to an existing row of the workspace (and of their config version, where the key
 * carries it). Acts as the system.
 * @throws {AppError} REFERENCE_NOT_FOUND when there is no such row; ORPHAN_NOT_FOUND when one of the rows is none
 */
export async function relinkRows(
  tx: SqlTransaction,
  { db, now }: WorkspaceContext,
  key: RemediableKey,
  { rowIds, referenceId }: RelinkRequest,
): Promise<void> {
  const { workspaceId } = db.scope;
  const parent = Prisma.sql`public.${identifier(key.referencedTable)} p`;
  const isTarget = Prisma.sql`p.id::text = ${referenceId} and ${isOwn(key, workspaceId)}`;
  const [target] = await tx.query<unknown[]>(Prisma.sql`select from ${parent} where ${isTarget}`);
  if (target === undefined) throw referenceNotFound(key, referenceId);

  const pairs = relinkedColumns(key);
  const set = pairs.map(([own, other]) => Prisma.sql`${identifier(own)} = p.${identifier(other)}`);
  if (key.changeable.includes('updated_at')) set.push(Prisma.sql`updated_at = ${now}`);
  const carried = key.columns.flatMap((column, index) =>
    pairs.some(([own]) => own === column)
      ? []
      : [Prisma.sql`c.${identifier(column)} = p.${identifier(key.referencedColumns[index] ?? '')}`],
  );
  const chosen = Prisma.sql`${rowIdOf(key)} = any(${rowIds}::text[])`;
  const linked = await tx.query<{ rowId: string }[]>(Prisma.sql`
    update public.${identifier(key.table)} c set ${Prisma.join(set, ', ')}
    from ${parent}
    where ${Prisma.join([isTarget, chosen, isOrphan(key, workspaceId), ...carried], ' and ')}
    returning ${rowIdOf(key)} as "rowId"`);
  const done = new Set(linked.map(({ rowId }) => rowId));
  const missing = rowIds.filter((id) => !done.has(id));
  if (missing.length === 0) return;
  const orphans = await tx.query<unknown[]>(Prisma.sql`
    select from public.${identifier(key.table)} c
    where ${rowIdOf(key)} = any(${missing}::text[]) and ${isOrphan(key, workspaceId)} limit 1`);
  // An orphan that was not linked is one of another config version than the row.
  if (orphans.length > 0) throw referenceNotFound(key, referenceId);
  throw new AppError({
    code: 'ORPHAN_NOT_FOUND',
    constraintName: key.constraintName,
    rowIds: missing,
  });
}

/** People belong to a workspace by their membership. */
function isOwn({ referencedTable, referencesScoped }: RemediableKey, workspaceId: string): Prisma.Sql {
  if (referencesScoped) return Prisma.sql`p.workspace_id = ${workspaceId}::uuid`;
  if (referencedTable !== 'users') return Prisma.sql`false`;
  return Prisma.sql`exists (select from workspace_memberships m
                            where m.user_id = p.id and m.workspace_id = ${workspaceId}::uuid)`;
}

function referenceNotFound({ referencedTable }: RemediableKey, referenceId: string): AppError {
  return new AppError({
    code: 'REFERENCE_NOT_FOUND',
    entity: referencedTable,
    field: 'referenceId',
    id: referenceId,
  });
}
