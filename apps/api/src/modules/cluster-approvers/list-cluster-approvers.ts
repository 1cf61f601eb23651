import { Prisma } from '@apms/db';
import type { ClusterApprover, ListClusterApprovers, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { equalities } from '../../equalities.ts';
import { containing, type Page } from '../../list-page.ts';
import { listOfVersion } from '../config-versions/list-of-version.ts';
import { clusterApproverSource } from './cluster-approver-source.ts';

const sorts = {
  added: { column: Prisma.sql`t.id`, type: 'text' },
  clusterCode: { column: Prisma.sql`c.cluster_code`, type: 'text' },
  personName: { column: Prisma.sql`u.display_name`, type: 'text' },
} as const;

/** Filters that are one column each. */
const filters = {
  clusterId: Prisma.sql`t.cluster_id`,
  clusterCode: Prisma.sql`c.cluster_code`,
  scopeCode: Prisma.sql`s.scope_code`,
  roleId: Prisma.sql`t.role_id`,
  roleCode: Prisma.sql`r.role_code`,
  userId: Prisma.sql`t.user_id`,
  personStatus: Prisma.sql`u.status`,
  rank: Prisma.sql`t.rank`,
};

/** @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID */
export async function listClusterApprovers(
  { db }: WorkspaceContext,
  { configVersionId, search, sort, direction = 'asc', limit, cursor, ...wanted }: ListClusterApprovers,
): Promise<Page<Produced<typeof ClusterApprover>>> {
  const where = equalities(filters, wanted);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(
      Prisma.sql`(u.display_name ilike ${pattern} or u.email ilike ${pattern} or c.cluster_code ilike ${pattern})`,
    );
  }
  const order = { sort: sorts[sort], id: Prisma.sql`t.id`, direction };
  return await listOfVersion(db, configVersionId, {
    ...clusterApproverSource,
    where,
    ...order,
    limit,
    cursor,
  });
}
