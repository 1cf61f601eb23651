import {
  DeploymentPage,
  DeploymentRef,
  DeploymentReport,
  DeploymentTargets,
  ListDeployments,
} from '@apms/validators';
import { rest } from '../../rest.ts';
import { permit, router } from '../../trpc.ts';
import { getDeploymentReport } from './get-deployment-report.ts';
import { listDeployments } from './list-deployments.ts';
import { listTargets } from './list-targets.ts';

export const deploymentsRouter = router({
  targets: permit('deployments.read')
    .meta(rest('GET', '/deployments', 'The targets to which something was deployed'))
    .output(DeploymentTargets)
    .query(({ ctx }) => listTargets(ctx)),

  history: permit('deployments.read')
    .meta(rest('GET', '/deployments/{target}', 'Deployments of a target, the newest first, page by page'))
    .input(ListDeployments)
    .output(DeploymentPage)
    .query(({ ctx, input }) => listDeployments(ctx, input)),

  report: permit('deployments.read')
    .meta(rest('GET', '/deployments/{target}/{deploymentId}', 'The report of one deployment'))
    .input(DeploymentRef)
    .output(DeploymentReport)
    .query(({ ctx, input }) => getDeploymentReport(ctx, input)),
});
