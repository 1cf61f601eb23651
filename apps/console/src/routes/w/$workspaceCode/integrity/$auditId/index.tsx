import { createFileRoute, type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { AuditPage } from '../../../../../modules/integrity/audit-page.tsx';
import { latestAuditQuery } from '../../../../../modules/integrity/audits-query.ts';
import { requirePermission } from '../../../../../session/enter-workspace.ts';
import { useWorkspace } from '../../../../../session/use-workspace.ts';
import { buttonLooks } from '../../../../../ui/button.tsx';
import { MissingPage } from '../../../../../ui/missing-page.tsx';

export const Route = createFileRoute('/w/$workspaceCode/integrity/$auditId/')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'integrity.read'),
  loader: async ({ context: { api }, params: { auditId } }) => {
    const { queryClient, trpc } = api;
    await Promise.all([
      queryClient.ensureQueryData(trpc.integrityAudits.get.queryOptions({ auditId })),
      queryClient.ensureQueryData(trpc.integrityAudits.orphans.queryOptions({ auditId })),
      queryClient.ensureQueryData(latestAuditQuery(api)),
    ]);
  },
  component: function Audit() {
    return <AuditPage {...Route.useParams()} />;
  },
  errorComponent: NoAudit,
});

function NoAudit(failure: ErrorComponentProps) {
  const t = useTranslations('integrity');
  const { workspace } = useWorkspace();
  return (
    <MissingPage
      {...failure}
      title={t('audit.missingTitle')}
      text={t('audit.missingText')}
      action={
        <Link
          to="/w/$workspaceCode/integrity"
          params={{ workspaceCode: workspace.code }}
          className={buttonLooks.primary}
        >
          {t('back')}
        </Link>
      }
    />
  );
}
