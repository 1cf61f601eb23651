import { createFileRoute, type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { OrphansPage } from '../../../../../modules/remediation/orphans-page.tsx';
import { orphansQuery } from '../../../../../modules/remediation/orphans-query.ts';
import { requirePermission } from '../../../../../session/enter-workspace.ts';
import { useWorkspace } from '../../../../../session/use-workspace.ts';
import { buttonLooks } from '../../../../../ui/button.tsx';
import { MissingPage } from '../../../../../ui/missing-page.tsx';

export const Route = createFileRoute('/w/$workspaceCode/integrity/$auditId/$constraintName')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'integrity.remediate'),
  loader: ({ context: { api }, params: { constraintName } }) =>
    api.queryClient.ensureInfiniteQueryData(orphansQuery(api, constraintName)),
  component: function Orphans() {
    return <OrphansPage {...Route.useParams()} />;
  },
  errorComponent: NoKey,
});

function NoKey(failure: ErrorComponentProps) {
  const t = useTranslations('remediation');
  const { workspace } = useWorkspace();
  return (
    <MissingPage
      {...failure}
      title={t('missingTitle')}
      text={t('missingText')}
      action={
        <Link
          to="/w/$workspaceCode/integrity"
          params={{ workspaceCode: workspace.code }}
          className={buttonLooks.primary}
        >
          {t('toIntegrity')}
        </Link>
      }
    />
  );
}
