import { Prisma } from '@apms/db';
import type { ApprovalRole, Produced, UpdateApprovalRole } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { updateInDraft } from '../config-versions/update-in-draft.ts';
import { approvalRoleSource } from './approval-role-source.ts';

const columns = {
  roleCode: Prisma.sql`role_code`,
  roleName: Prisma.sql`role_name`,
  hierarchyOrder: Prisma.sql`hierarchy_order`,
  stageGroup: Prisma.sql`stage_group`,
  isFinalApprover: Prisma.sql`is_final_approver`,
  canApproveParallel: Prisma.sql`can_approve_parallel`,
};

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_DUPLICATE */
export async function updateApprovalRole(
  ctx: WorkspaceContext,
  { approvalRoleId, ...changes }: UpdateApprovalRole,
): Promise<Produced<typeof ApprovalRole>> {
  const edit = {
    action: 'approvalRoles.update',
    entityType: 'approvalRole',
    entityId: approvalRoleId,
    details: changes,
  } as const;
  return await updateInDraft(ctx, edit, { columns, changes, source: approvalRoleSource });
}
