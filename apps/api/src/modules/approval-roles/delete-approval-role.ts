import { Prisma } from '@apms/db';
import type { ApprovalRoleRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { deleteFromDraft } from '../config-versions/delete-from-draft.ts';

const uses = [
  { table: Prisma.sql`approval_policy_stages`, column: Prisma.sql`role_id` },
  { table: Prisma.sql`cluster_approver_master`, column: Prisma.sql`role_id` },
];

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_IN_USE */
export async function deleteApprovalRole(
  ctx: WorkspaceContext,
  { approvalRoleId }: ApprovalRoleRef,
): Promise<ApprovalRoleRef> {
  await deleteFromDraft(
    ctx,
    { action: 'approvalRoles.delete', entityType: 'approvalRole', entityId: approvalRoleId },
    uses,
  );
  return { approvalRoleId };
}
