import { Prisma } from '@apms/db';
import type { ApprovalPolicy, ListApprovalPolicies, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { equalities } from '../../equalities.ts';
import { containing, type Page } from '../../list-page.ts';
import { listOfVersion } from '../config-versions/list-of-version.ts';
import { approvalPolicySource } from './approval-policy-source.ts';

const sorts = {
  policyCode: { column: Prisma.sql`t.policy_code`, type: 'text' },
  fallbackPriority: { column: Prisma.sql`t.fallback_priority`, type: 'integer' },
} as const;

/** Filters that are one column each. */
const filters = {
  scopeId: Prisma.sql`t.scope_id`,
  scopeCode: Prisma.sql`s.scope_code`,
  vendorCode: Prisma.sql`v.vendor_code`,
  atpCategory: Prisma.sql`t.atp_category`,
  isActive: Prisma.sql`t.is_active`,
};

/** @throws {AppError} ENTITY_NOT_FOUND for the version; CURSOR_INVALID */
export async function listApprovalPolicies(
  { db }: WorkspaceContext,
  {
    configVersionId,
    search,
    roleCode,
    sort,
    direction = 'asc',
    limit,
    cursor,
    ...wanted
  }: ListApprovalPolicies,
): Promise<Page<Produced<typeof ApprovalPolicy>>> {
  const where = equalities(filters, wanted);
  if (search !== undefined) {
    const pattern = containing(search);
    where.push(Prisma.sql`(t.policy_code ilike ${pattern} or t.policy_name ilike ${pattern})`);
  }
  if (roleCode !== undefined) {
    where.push(Prisma.sql`exists (
      select from approval_policy_stages ps join approval_role_master r on r.id = ps.role_id
      where ps.policy_id = t.id and r.role_code = ${roleCode})`);
  }
  const order = { sort: sorts[sort], id: Prisma.sql`t.id`, direction };
  return await listOfVersion(db, configVersionId, {
    ...approvalPolicySource,
    where,
    ...order,
    limit,
    cursor,
  });
}
