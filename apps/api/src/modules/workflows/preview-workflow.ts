import type { Produced, RoutingPreview, RoutingRequest } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { readRouting } from './read-routing.ts';
import { resolveRouting, toRoutedStage } from './resolve-routing.ts';

/**
 * Which chain a workflow would follow if it was started now, and who would approve; nothing is written.
 * @throws {AppError} REFERENCE_NOT_FOUND, CONFIG_VERSION_MISSING, POLICY_NOT_FOUND, APPROVER_NOT_FOUND, as starting it
 */
export async function previewWorkflow(
  ctx: WorkspaceContext,
  input: RoutingRequest,
): Promise<Produced<typeof RoutingPreview>> {
  const question = { ...input, submissionId: null };
  const routing = resolveRouting(question, await readRouting(ctx.db, ctx, question));
  const { site, version, policy, matchedBy, clusterCode, region, seats } = routing;
  return {
    site,
    scopeCode: input.scopeCode,
    vendorCode: input.vendorCode,
    atpCategory: input.atpCategory,
    clusterCode,
    region,
    configVersion: version,
    policy: { id: policy.id, policyCode: policy.policyCode, policyName: policy.policyName, matchedBy },
    stages: seats.map(toRoutedStage),
  };
}
