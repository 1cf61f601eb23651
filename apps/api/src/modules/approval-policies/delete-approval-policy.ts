import { Prisma } from '@apms/db';
import type { ApprovalPolicyRef } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { deleteFromDraft } from '../config-versions/delete-from-draft.ts';

const uses = [
  {
    table: Prisma.sql`approval_policy_master`,
    column: Prisma.sql`parent_policy_id`,
  },
];

/** @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, ENTITY_IN_USE */
export async function deleteApprovalPolicy(
  ctx: WorkspaceContext,
  { approvalPolicyId }: ApprovalPolicyRef,
): Promise<ApprovalPolicyRef> {
  await deleteFromDraft(
    ctx,
    { action: 'approvalPolicies.delete', entityType: 'approvalPolicy', entityId: approvalPolicyId },
    uses,
  );
  return { approvalPolicyId };
}
