import { newId, Prisma } from '@apms/db';
import type { ApprovalRole, CreateApprovalRole, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { addToDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { approvalRoleSource } from './approval-role-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_DUPLICATE */
export async function createApprovalRole(
  ctx: WorkspaceContext,
  input: CreateApprovalRole,
): Promise<Produced<typeof ApprovalRole>> {
  const { configVersionId, roleCode, roleName, hierarchyOrder, stageGroup } = input;
  const { isFinalApprover, canApproveParallel } = input;
  const id = newId();
  const edit = {
    action: 'approvalRoles.create',
    entityType: 'approvalRole',
    entityId: id,
    details: input,
  } as const;
  return await addToDraft(ctx, configVersionId, edit, async (tx) => {
    const [, role] = await Promise.all([
      tx.query(Prisma.sql`
        insert into approval_role_master (id, workspace_id, config_version_id, role_code, role_name, hierarchy_order,
                                          stage_group, is_final_approver, can_approve_parallel, created_at)
        values (${id}, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${roleCode}, ${roleName},
                ${hierarchyOrder}, ${stageGroup}, ${isFinalApprover}, ${canApproveParallel}, ${ctx.now})`),
      readConfigRow<Produced<typeof ApprovalRole>>(tx, 'approvalRole', approvalRoleSource, id),
    ]);
    return role;
  });
}
