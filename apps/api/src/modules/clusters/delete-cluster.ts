import type { ClusterRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { deleteFromDraft } from '../config-versions/delete-from-draft.ts';

/** Deletes the people in its seats with it. @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT */
export async function deleteCluster(ctx: WorkspaceContext, { clusterId }: ClusterRef): Promise<ClusterRef> {
  await deleteFromDraft(ctx, { action: 'clusters.delete', entityType: 'cluster', entityId: clusterId }, []);
  return { clusterId };
}
