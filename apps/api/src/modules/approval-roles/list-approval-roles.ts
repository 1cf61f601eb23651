import { Prisma } from '@apms/db';
import type { ApprovalRole, ListApprovalRoles, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { equalities } from '../../equalities.ts';
import { containing, type Page } from '../../list-page.ts';
import { listOfVersion } from '../config-versions/list-of-version.ts';
import { approvalRoleSource } from './approval-role-source.ts';

const sorts = {
  hierarchyOrder: { column: Prisma.sql`t.hierarchy_order`, type: 'integer' },
  roleCode: { column: Prisma.sql`t.role_code`, type: 'text' },
} as const;

/** Filters that are one column each. */
const filters = { stageGroup: Prisma.sql`t.stage_group` };

/** @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID */
export async function listApprovalRoles(
  { db }: WorkspaceContext,
  { configVersionId, search, sort, direction = 'asc', limit, cursor, ...wanted }: ListApprovalRoles,
): Promise<Page<Produced<typeof ApprovalRole>>> {
  const where = equalities(filters, wanted);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(t.role_code ilike ${pattern} or t.role_name ilike ${pattern})`);
  }
  const order = { sort: sorts[sort], id: Prisma.sql`t.id`, direction };
  return await listOfVersion(db, configVersionId, { ...approvalRoleSource, where, ...order, limit, cursor });
}
