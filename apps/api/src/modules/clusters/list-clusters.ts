import { Prisma } from '@apms/db';
import type { Cluster, ListClusters, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { equalities } from '../../equalities.ts';
import { containing, type Page } from '../../list-page.ts';
import { listOfVersion } from '../config-versions/list-of-version.ts';
import { clusterSource } from './cluster-source.ts';

const sorts = {
  clusterCode: { column: Prisma.sql`t.cluster_code`, type: 'text', direction: 'asc' },
  siteCount: { column: Prisma.sql`t.site_count`, type: 'integer', direction: 'desc' },
} as const;

/** Filters that are one column each. */
const filters = {
  scopeId: Prisma.sql`t.scope_id`,
  scopeCode: Prisma.sql`s.scope_code`,
  clusterCode: Prisma.sql`t.cluster_code`,
  region: Prisma.sql`t.region`,
  province: Prisma.sql`t.province`,
  city: Prisma.sql`t.city`,
  mSequence: Prisma.sql`t.m_sequence`,
};

/** @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID */
export async function listClusters(
  { db }: WorkspaceContext,
  {
    configVersionId,
    search,
    sort,
    direction = sorts[sort].direction,
    limit,
    cursor,
    ...wanted
  }: ListClusters,
): Promise<Page<Produced<typeof Cluster>>> {
  const where = equalities(filters, wanted);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(t.cluster_code ilike ${pattern} or t.cluster_name ilike ${pattern})`);
  }
  const order = { sort: sorts[sort], id: Prisma.sql`t.id`, direction };
  return await listOfVersion(db, configVersionId, { ...clusterSource, where, ...order, limit, cursor });
}
