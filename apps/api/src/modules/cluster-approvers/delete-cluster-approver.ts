import { Prisma } from '@apms/db';
import type { ClusterApproverRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { editInDraft } from '../config-versions/edit-draft.ts';

/** Above every rank there is, so that ranks can move down without two being equal on the way. */
const ASIDE = 1_000_000;

/**
 * Takes a person out of a seat; those behind move up, so that there is a primary as long as there is anybody.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT
 */
export async function deleteClusterApprover(
  ctx: WorkspaceContext,
  { clusterApproverId }: ClusterApproverRef,
): Promise<ClusterApproverRef> {
  const edit = {
    action: 'clusterApprovers.delete',
    entityType: 'clusterApprover',
    entityId: clusterApproverId,
  } as const;
  return await editInDraft(ctx, edit, async (tx) => {
    const [gone] = await tx.query<{ clusterId: string; roleId: string; rank: number }[]>(Prisma.sql`
      delete from cluster_approver_master where id = ${clusterApproverId}
      returning cluster_id as "clusterId", role_id as "roleId", rank`);
    if (gone !== undefined) {
      const { clusterId, roleId, rank } = gone;
      const behind = Prisma.sql`cluster_id = ${clusterId} and role_id = ${roleId} and rank > ${rank}::int`;
      await Promise.all([
        tx.query(Prisma.sql`update cluster_approver_master set rank = rank + ${ASIDE}::int where ${behind}`),
        tx.query(
          Prisma.sql`update cluster_approver_master set rank = rank - ${ASIDE + 1}::int where ${behind}`,
        ),
      ]);
    }
    return { clusterApproverId };
  });
}
