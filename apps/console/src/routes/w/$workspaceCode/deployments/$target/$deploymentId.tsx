import { createFileRoute, type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { DeploymentPage } from '../../../../../modules/deployments/deployment-page.tsx';
import { requirePermission } from '../../../../../session/enter-workspace.ts';
import { useWorkspace } from '../../../../../session/use-workspace.ts';
import { buttonLooks } from '../../../../../ui/button.tsx';
import { MissingPage } from '../../../../../ui/missing-page.tsx';

export const Route = createFileRoute('/w/$workspaceCode/deployments/$target/$deploymentId')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'deployments.read'),
  loader: ({ context: { api }, params: { target, deploymentId } }) =>
    api.queryClient.ensureQueryData(api.trpc.deployments.report.queryOptions({ target, deploymentId })),
  component: function Deployment() {
    const { target, deploymentId } = Route.useParams();
    return <DeploymentPage target={target} deploymentId={deploymentId} />;
  },
  errorComponent: NoReport,
});

function NoReport(failure: ErrorComponentProps) {
  const t = useTranslations('deployments');
  const { workspace } = useWorkspace();
  return (
    <MissingPage
      {...failure}
      title={t('missing.title')}
      text={t('missing.text')}
      action={
        <Link
          to="/w/$workspaceCode/deployments"
          params={{ workspaceCode: workspace.code }}
          className={buttonLooks.primary}
        >
          {t('back')}
        </Link>
      }
    />
  );
}
