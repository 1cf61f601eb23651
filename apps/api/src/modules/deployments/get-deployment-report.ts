import type { DeploymentRef, DeploymentReport, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';

/**
 * The whole report of a deployment, but for the ids of sampled rows: those may be of any workspace.
 * @throws {AppError} ENTITY_NOT_FOUND also when it cannot be read
 */
export async function getDeploymentReport(
  { services }: WorkspaceContext,
  { target, deploymentId }: DeploymentRef,
): Promise<Produced<typeof DeploymentReport>> {
  const report = await services.deployments.get(target, deploymentId);
  if (report === null) {
    throw new AppError({ code: 'ENTITY_NOT_FOUND', entity: 'deployment', id: deploymentId });
  }
  return {
    ...report,
    orphans: report.orphans.map((orphan) => ({ ...orphan, sampleIds: [] })),
    checks: report.checks.map((check) => ({
      ...check,
      problems: check.problems.map((problem) => ({ ...problem, sampleIds: [] })),
    })),
  };
}
