import { newId, Prisma } from '@apms/db';
import type { ApprovalPolicy, CreateApprovalPolicy, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { addToDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { approvalPolicySource } from './approval-policy-source.ts';
import { replaceStages } from './replace-stages.ts';
import { validatePolicy } from './validate-policy.ts';

/**
 * Adds a policy with its whole chain.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND; ENTITY_DUPLICATE when there is
 * one of that code or for the same scope, vendor and category
 */
export async function createApprovalPolicy(
  ctx: WorkspaceContext,
  { configVersionId, ...policy }: CreateApprovalPolicy,
): Promise<Produced<typeof ApprovalPolicy>> {
  const { policyCode, policyName, scopeId, vendorId, atpCategory, fallbackPriority } = policy;
  const { parentPolicyId, isActive, stages } = policy;
  const approvalPolicyId = newId();
  const edit = {
    action: 'approvalPolicies.create',
    entityType: 'approvalPolicy',
    entityId: approvalPolicyId,
    details: policy,
  } as const;
  return await addToDraft(ctx, configVersionId, edit, async (tx) => {
    await validatePolicy(tx, configVersionId, { approvalPolicyId, ...policy });
    const [, , created] = await Promise.all([
      tx.query(Prisma.sql`
        insert into approval_policy_master
          (id, workspace_id, config_version_id, policy_code, policy_name, scope_id, vendor_id, atp_category,
           fallback_priority, parent_policy_id, is_active, created_at)
        values (${approvalPolicyId}, ${ctx.db.scope.workspaceId}::uuid, ${configVersionId}, ${policyCode},
                ${policyName}, ${scopeId}, ${vendorId}, ${atpCategory}, ${fallbackPriority}, ${parentPolicyId},
                ${isActive}, ${ctx.now})`),
      replaceStages(tx, ctx, { configVersionId, approvalPolicyId }, stages),
      readConfigRow<Produced<typeof ApprovalPolicy>>(
        tx,
        'approvalPolicy',
        approvalPolicySource,
        approvalPolicyId,
      ),
    ]);
    return created;
  });
}
