import { createFileRoute, type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { PersonPage } from '../../../../modules/people/person-page.tsx';
import { requirePermission } from '../../../../session/enter-workspace.ts';
import { buttonLooks } from '../../../../ui/button.tsx';
import { MissingPage } from '../../../../ui/missing-page.tsx';

export const Route = createFileRoute('/w/$workspaceCode/people/$userId')({
  beforeLoad: ({ context }) => requirePermission(context.workspace, 'members.read'),
  loader: async ({ context: { api, workspace }, params: { userId } }) => {
    const { queryClient, trpc } = api;
    await Promise.all([
      queryClient.ensureQueryData(trpc.users.get.queryOptions({ userId })),
      workspace.permissions.includes('members.manage') &&
        queryClient.ensureQueryData(trpc.memberships.list.queryOptions({ userId })),
    ]);
  },
  component: function Person() {
    const { userId } = Route.useParams();
    return <PersonPage key={userId} userId={userId} />;
  },
  errorComponent: NobodyThere,
});

function NobodyThere(props: ErrorComponentProps) {
  const t = useTranslations('people.missing');
  const { workspaceCode } = Route.useParams();
  return (
    <MissingPage
      {...props}
      title={t('title')}
      text={t('text')}
      action={
        <Link to="/w/$workspaceCode/people" params={{ workspaceCode }} className={buttonLooks.secondary}>
          {t('action')}
        </Link>
      }
    />
  );
}
