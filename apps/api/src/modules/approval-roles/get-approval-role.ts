import type { ApprovalRole, ApprovalRoleRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { approvalRoleSource } from './approval-role-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getApprovalRole(
  { db }: WorkspaceContext,
  { approvalRoleId }: ApprovalRoleRef,
): Promise<Produced<typeof ApprovalRole>> {
  return await readConfigRow(db, 'approvalRole', approvalRoleSource, approvalRoleId);
}
