import type { DeploymentRef, DeploymentReport, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { withoutRows } from './without-rows.ts';

/**
 * The report of a deployment, but for what rows may hold: those may be of any workspace.
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
  return withoutRows(report);
}
