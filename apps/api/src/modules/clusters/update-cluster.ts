import { Prisma } from '@apms/db';
import type { Cluster, Produced, UpdateCluster } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { updateInDraft } from '../config-versions/update-in-draft.ts';
import { clusterSource } from './cluster-source.ts';

const columns = {
  scopeId: Prisma.sql`scope_id`,
  clusterCode: Prisma.sql`cluster_code`,
  clusterName: Prisma.sql`cluster_name`,
  region: Prisma.sql`region`,
  province: Prisma.sql`province`,
  city: Prisma.sql`city`,
  mSequence: Prisma.sql`m_sequence`,
  siteCount: Prisma.sql`site_count`,
};

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND, ENTITY_DUPLICATE */
export async function updateCluster(
  ctx: WorkspaceContext,
  { clusterId, ...changes }: UpdateCluster,
): Promise<Produced<typeof Cluster>> {
  const edit = {
    action: 'clusters.update',
    entityType: 'cluster',
    entityId: clusterId,
    details: changes,
  } as const;
  const references = [{ table: 'atp_scope_master', field: 'scopeId', id: changes.scopeId }] as const;
  return await updateInDraft(ctx, edit, { columns, changes, source: clusterSource, references });
}
