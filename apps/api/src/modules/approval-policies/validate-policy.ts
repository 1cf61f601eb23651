import { Prisma, type SqlTransaction } from '@apms/db';
import type { ApprovalPolicyStageInput, UpdateApprovalPolicy } from '@apms/validators';
import { AppError } from '../../errors.ts';
import { type Reference, validateReferences } from '../../references.ts';
import { validatePeople } from '../../validate-people.ts';

/**
 * Checks what a policy refers to: rows of its own version, people of the workspace, and a parent that is not below it.
 * @throws {AppError} REFERENCE_NOT_FOUND; ENTITY_DUPLICATE when another policy of the version has its code;
 * CONSTRAINT_VIOLATED when it would be its own ancestor
 */
export async function validatePolicy(
  tx: SqlTransaction,
  configVersionId: string,
  { approvalPolicyId, policyCode, scopeId, vendorId, parentPolicyId, stages = [] }: UpdateApprovalPolicy,
): Promise<void> {
  const references: Reference[] = [
    { table: 'atp_scope_master', field: 'scopeId', id: scopeId },
    { table: 'vendor_master', field: 'vendorId', id: vendorId },
    { table: 'approval_policy_master', field: 'parentPolicyId', id: parentPolicyId },
    ...stages.map(
      ({ roleId }, index): Reference => ({
        table: 'approval_role_master',
        field: `stages.${index}.roleId`,
        id: roleId,
      }),
    ),
  ];
  await validateReferences(
    tx,
    references.map((reference) => ({ ...reference, configVersionId })),
  );
  await validatePeople(tx, stages.flatMap(peopleOf));
  const other = Prisma.sql`id <> ${approvalPolicyId} and config_version_id = ${configVersionId}`;
  const [found] = await tx.query<{ isDuplicate: boolean; isOwnAncestor: boolean }[]>(Prisma.sql`
    with recursive above (id, parent_id) as (
      select id, parent_policy_id from approval_policy_master where id = ${parentPolicyId ?? null}::text
      union
      select p.id, p.parent_policy_id from approval_policy_master p join above on p.id = above.parent_id
    )
    select exists (select from above where id = ${approvalPolicyId}) as "isOwnAncestor",
           exists (select from approval_policy_master where policy_code = ${policyCode ?? null}::text and ${other})
             as "isDuplicate"`);
  if (found?.isOwnAncestor === true) {
    throw new AppError({
      code: 'CONSTRAINT_VIOLATED',
      entity: 'approval_policy_master',
      constraint: 'parentPolicyId must not lead back to the policy itself',
    });
  }
  if (found?.isDuplicate === true) {
    const value = policyCode ?? null;
    throw new AppError({
      code: 'ENTITY_DUPLICATE',
      entity: 'approval_policy_master',
      fields: ['policyCode'],
      value,
    });
  }
}

function peopleOf(
  { staticUserId, assignmentRule }: ApprovalPolicyStageInput,
  stage: number,
): Pick<Reference, 'field' | 'id'>[] {
  const rule = `stages.${stage}.assignmentRule`;
  return [
    { field: `stages.${stage}.staticUserId`, id: staticUserId },
    { field: `${rule}.default`, id: assignmentRule?.default },
    ...(assignmentRule?.cases ?? []).map(({ userId }, index) => ({
      field: `${rule}.cases.${index}.userId`,
      id: userId,
    })),
  ];
}
