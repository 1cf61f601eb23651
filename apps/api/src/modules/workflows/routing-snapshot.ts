import type { Routing } from './resolve-routing.ts';

/** What a workflow keeps of how it was routed, as it was decided at the start. */
export function routingSnapshot({
  question,
  version,
  site,
  policy,
  matchedBy,
  clusterCode,
  region,
  seats,
}: Routing) {
  return {
    submissionId: question.submissionId,
    siteCode: site.siteCode,
    scopeCode: question.scopeCode,
    vendorCode: question.vendorCode,
    atpCategory: question.atpCategory,
    clusterCode,
    region,
    configVersionNumber: version.versionNumber,
    policyCode: policy.policyCode,
    matchedBy,
    stages: seats.map(({ stageNumber, roleCode, assignmentMode, approver }) => ({
      stageNumber,
      roleCode,
      mode: assignmentMode,
      approverId: approver?.id ?? null,
      source: approver?.source ?? null,
      /** PENDING: nobody in the seat had signed in yet. */
      approverStatus: approver?.status ?? null,
      overrideId: approver?.overrideId ?? null,
      insteadOfId: approver?.insteadOfId ?? null,
    })),
  };
}
