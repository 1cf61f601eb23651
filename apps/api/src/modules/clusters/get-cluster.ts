import type { Cluster, ClusterRef, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readConfigRow } from '../config-versions/read-config-row.ts';
import { clusterSource } from './cluster-source.ts';

/** @throws {AppError} ENTITY_NOT_FOUND */
export async function getCluster(
  { db }: WorkspaceContext,
  { clusterId }: ClusterRef,
): Promise<Produced<typeof Cluster>> {
  return await readConfigRow(db, 'cluster', clusterSource, clusterId);
}
