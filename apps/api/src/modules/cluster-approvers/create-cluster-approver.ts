import { newId, Prisma } from '@apms/db';
import type { ClusterApprover, CreateClusterApprover, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { validateReferences } from '../../references.ts';
import { validatePeople } from '../../validate-people.ts';
import { editInDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { clusterApproverSource } from './cluster-approver-source.ts';

/**
 * Adds a person to a seat, behind those who are in it.
 * @throws {AppError} ENTITY_NOT_FOUND for the cluster, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND
 */
export async function createClusterApprover(
  ctx: WorkspaceContext,
  input: CreateClusterApprover,
): Promise<Produced<typeof ClusterApprover>> {
  const { clusterId, roleId, userId, effectiveFrom, effectiveTo } = input;
  const id = newId();
  const edit = {
    action: 'clusterApprovers.create',
    entityType: 'cluster',
    entityId: clusterId,
    details: { ...input, clusterApproverId: id },
  } as const;
  return await editInDraft(ctx, edit, async (tx, configVersionId) => {
    await Promise.all([
      validateReferences(tx, [
        { table: 'approval_role_master', field: 'roleId', id: roleId, configVersionId },
      ]),
      validatePeople(tx, [{ field: 'userId', id: userId }]),
    ]);
    const [, approver] = await Promise.all([
      tx.query(Prisma.sql`
        insert into cluster_approver_master (id, workspace_id, config_version_id, cluster_id, role_id, user_id, rank,
                                             effective_from, effective_to, created_at)
        select ${id}, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${clusterId}, ${roleId}, ${userId},
               coalesce(max(rank), 0) + 1, ${effectiveFrom}::date, ${effectiveTo}::date, ${ctx.now}::timestamptz
        from cluster_approver_master where cluster_id = ${clusterId} and role_id = ${roleId}`),
      readConfigRow<Produced<typeof ClusterApprover>>(tx, 'clusterApprover', clusterApproverSource, id),
    ]);
    return approver;
  });
}
