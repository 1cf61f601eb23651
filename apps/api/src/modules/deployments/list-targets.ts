import type { DeploymentTargets, Produced } from '@apms/validators';
import type { WorkspaceContext } from '../../context.ts';

/** The targets to which something was deployed. */
export async function listTargets({
  services,
}: WorkspaceContext): Promise<Produced<typeof DeploymentTargets>> {
  return { targets: await services.deployments.targets() };
}
