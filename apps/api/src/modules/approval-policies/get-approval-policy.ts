import type { ApprovalPolicy, ApprovalPolicyRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { approvalPolicySource } from './approval-policy-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getApprovalPolicy(
  { db }: WorkspaceContext,
  { approvalPolicyId }: ApprovalPolicyRef,
): Promise<Produced<typeof ApprovalPolicy>> {
  return await readConfigRow(db, 'approvalPolicy', approvalPolicySource, approvalPolicyId);
}
