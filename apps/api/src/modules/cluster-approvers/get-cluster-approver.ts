import type { ClusterApprover, ClusterApproverRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { clusterApproverSource } from './cluster-approver-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getClusterApprover(
  { db }: WorkspaceContext,
  { clusterApproverId }: ClusterApproverRef,
): Promise<Produced<typeof ClusterApprover>> {
  return await readConfigRow(db, 'clusterApprover', clusterApproverSource, clusterApproverId);
}
