import { newId, Prisma } from '@apms/db';
import type { Cluster, CreateCluster, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { validateReferences } from '../../references.ts';
import { addToDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { clusterSource } from './cluster-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND, ENTITY_DUPLICATE */
export async function createCluster(
  ctx: WorkspaceContext,
  input: CreateCluster,
): Promise<Produced<typeof Cluster>> {
  const { configVersionId, scopeId, clusterCode, clusterName, region, province, city } = input;
  const { mSequence, siteCount } = input;
  const id = newId();
  const edit = { action: 'clusters.create', entityType: 'cluster', entityId: id, details: input } as const;
  return await addToDraft(ctx, configVersionId, edit, async (tx) => {
    await validateReferences(tx, [
      { table: 'atp_scope_master', field: 'scopeId', id: scopeId, configVersionId },
    ]);
    const [, cluster] = await Promise.all([
      tx.query(Prisma.sql`
        insert into cluster_master (id, workspace_id, config_version_id, scope_id, cluster_code, cluster_name, region,
                                    province, city, m_sequence, site_count, created_at)
        values (${id}, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${scopeId}, ${clusterCode},
                ${clusterName}, ${region}, ${province}, ${city}, ${mSequence}, ${siteCount}, ${ctx.now})`),
      readConfigRow<Produced<typeof Cluster>>(tx, 'cluster', clusterSource, id),
    ]);
    return cluster;
  });
}
