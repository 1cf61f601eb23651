import { z } from 'zod';

/** What an error or an audit event can be about. */
export const EntityName = z.enum([
  'workspace',
  'user',
  'membership',
  'apiKey',
  'auditEvent',
  'site',
  'document',
  'configVersion',
  'scope',
  'vendor',
  'approvalRole',
  'approvalPolicy',
  'approvalPolicyStage',
  'cluster',
  'clusterApprover',
  'workflow',
  'workflowStage',
  'override',
  'submission',
  'submissionDocument',
  'punchlist',
  'punchlistItem',
  'integrityAudit',
  'quarantinedRow',
  'deployment',
  'workspaceSettings',
]);
export type EntityName = z.infer<typeof EntityName>;
