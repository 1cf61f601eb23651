import { Prisma } from '@apms/db';
import type { ApiKey, ListApiKeys, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { listPage, type Page } from '../../list-page.ts';
import { isPermitted } from '../../permissions.ts';
import { apiKeyColumns, isForWorkspace } from './api-key-columns.ts';

/** Keys for this workspace, also those that have expired. @throws {AppError} PERMISSION_DENIED, CURSOR_INVALID */
export async function listApiKeys(
  { db, actor }: WorkspaceContext,
  { owner, direction, limit, cursor }: ListApiKeys,
): Promise<Page<Produced<typeof ApiKey>>> {
  if (owner === 'EVERYBODY' && !isPermitted(actor.roles, 'members.manage')) {
    throw new AppError({ code: 'PERMISSION_DENIED', permission: 'members.manage' });
  }
  const where = [isForWorkspace(db.scope.workspaceId)];
  where.push(
    owner === 'ME'
      ? Prisma.sql`k.reference_id = ${actor.userId}`
      : Prisma.sql`k.reference_id in (select m.user_id from workspace_memberships m)`,
  );
  return await listPage(db, {
    select: apiKeyColumns,
    from: Prisma.sql`from api_keys k`,
    where,
    sort: { column: Prisma.sql`k.created_at`, type: 'timestamptz' },
    id: Prisma.sql`k.id`,
    direction: direction ?? 'desc',
    limit,
    cursor,
  });
}
