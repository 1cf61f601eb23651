import type { ApprovalRole, Cluster, Scope, Vendor } from '@apms/validators';
import { insertDraft } from './draft-version.ts';
import type { TestApi } from './start-api.ts';

export interface DraftRows {
  readonly configVersionId: string;
  readonly scope: Scope;
  readonly vendor: Vendor;
  /** RTS, RTH, PMO, in this order. */
  readonly roles: readonly [ApprovalRole, ApprovalRole, ApprovalRole];
  readonly cluster: Cluster;
}

/** A DRAFT with one scope, vendor and cluster and three seats, made through the API. */
export async function createDraftRows(api: TestApi): Promise<DraftRows> {
  const manager = api.as(api.workspace.people.CONFIG_MANAGER);
  const configVersionId = await insertDraft(api);
  const role = async (roleCode: string, hierarchyOrder: number) =>
    await manager.approvalRoles.create.mutate({
      configVersionId,
      roleCode,
      roleName: `Seat ${roleCode}`,
      hierarchyOrder,
      stageGroup: 'REVIEW',
    });
  const scope = await manager.scopes.create.mutate({
    configVersionId,
    scopeCode: 'RAN',
    scopeName: 'Radio',
    scopeGroup: 'RAN',
  });
  return {
    configVersionId,
    scope,
    vendor: await manager.vendors.create.mutate({ configVersionId, vendorCode: 'V-1', vendorName: 'Vendor' }),
    roles: [await role('RTS', 1), await role('RTH', 2), await role('PMO', 3)],
    cluster: await manager.clusters.create.mutate({
      configVersionId,
      scopeId: scope.id,
      clusterCode: 'CL-1',
      region: 'NORTH',
      siteCount: 12,
    }),
  };
}
