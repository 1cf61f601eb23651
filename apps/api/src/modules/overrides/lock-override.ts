import { Prisma, type SqlTransaction } from '@apms/db';
import { nextOverrideStatus, type OverrideAction, type OverrideApprovalStatus } from '@apms/validators';
import { AppError } from '../../errors.ts';

/** An override that nobody else can change until the transaction ends. */
export interface LockedOverride {
  readonly id: string;
  readonly approvalStatus: OverrideApprovalStatus;
  readonly requestedById: string;
  readonly toUserId: string;
}

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function lockOverride(tx: SqlTransaction, overrideId: string): Promise<LockedOverride> {
  const [override] = await tx.query<LockedOverride[]>(Prisma.sql`
    select id, approval_status as "approvalStatus", requested_by_id as "requestedById", to_user_id as "toUserId"
    from approver_overrides where id = ${overrideId}
    for no key update`);
  if (override === undefined)
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'override', id: overrideId });
  return override;
}

/** @throws {AppError} TRANSITION_ILLEGAL when the action is not possible in the override's status */
export function requireOverrideTransition(
  { id, approvalStatus: from }: LockedOverride,
  action: OverrideAction,
): OverrideApprovalStatus {
  const to = nextOverrideStatus(from, action);
  if (to === null) throw new AppError({ code: 'TRANSITION_ILLEGAL', entity: 'override', id, from, action });
  return to;
}
