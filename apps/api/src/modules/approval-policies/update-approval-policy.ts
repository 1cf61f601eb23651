import { Prisma } from '@apms/db';
import type { ApprovalPolicy, Produced, UpdateApprovalPolicy } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { setClause } from '../../set-clause.ts';
import { editInDraft } from '../config-versions/edit-draft.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { approvalPolicySource } from './approval-policy-source.ts';
import { replaceStages } from './replace-stages.ts';
import { validatePolicy } from './validate-policy.ts';

const columns = {
  policyCode: Prisma.sql`policy_code`,
  policyName: Prisma.sql`policy_name`,
  scopeId: Prisma.sql`scope_id`,
  vendorId: Prisma.sql`vendor_id`,
  atpCategory: Prisma.sql`atp_category`,
  fallbackPriority: Prisma.sql`fallback_priority`,
  parentPolicyId: Prisma.sql`parent_policy_id`,
  isActive: Prisma.sql`is_active`,
};

/**
 * Changes a policy, and with `stages` its whole chain.
 * @throws {AppError} ENTITY_NOT_FOUND, CONFIG_VERSION_NOT_DRAFT, REFERENCE_NOT_FOUND, ENTITY_DUPLICATE;
 * CONSTRAINT_VIOLATED when it would be its own ancestor
 */
export async function updateApprovalPolicy(
  ctx: WorkspaceContext,
  { approvalPolicyId, ...changes }: UpdateApprovalPolicy,
): Promise<Produced<typeof ApprovalPolicy>> {
  const edit = {
    action: 'approvalPolicies.update',
    entityType: 'approvalPolicy',
    entityId: approvalPolicyId,
    details: changes,
  } as const;
  return await editInDraft(ctx, edit, async (tx, configVersionId) => {
    await validatePolicy(tx, configVersionId, { approvalPolicyId, ...changes });
    const { stages, ...fields } = changes;
    const set = setClause(columns, fields, [Prisma.sql`id = id`]);
    const [, , policy] = await Promise.all([
      tx.query(Prisma.sql`update approval_policy_master set ${set} where id = ${approvalPolicyId}`),
      stages === undefined ? null : replaceStages(tx, ctx, { configVersionId, approvalPolicyId }, stages),
      readConfigRow<Produced<typeof ApprovalPolicy>>(
        tx,
        'approvalPolicy',
        approvalPolicySource,
        approvalPolicyId,
      ),
    ]);
    return policy;
  });
}
