import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { AccountPanel } from './account-panel.tsx';
import { PersonForm } from './person-form.tsx';
import { RoleBadges } from './role-badges.tsx';
import { RolesPanel } from './roles-panel.tsx';

/** One person as the workspace sees them, with what administrators may change of them. */
export function PersonPage({ userId }: { readonly userId: string }) {
  const t = useTranslations('people');
  const { can, workspace, trpc } = useWorkspace();
  const { data: person } = useSuspenseQuery(trpc.users.get.queryOptions({ userId }));
  const canManage = can('members.manage');
  const params = { workspaceCode: workspace.code };
  return (
    <>
      <BackLink to="/w/$workspaceCode/people" params={params}>
        {t('back')}
      </BackLink>
      <PageHeader title={person.name} about={<span className="break-all">{person.email}</span>} />
      <div className="flex max-w-4xl flex-col gap-5">
        <Panel title={t('facts')}>
          <Facts>
            <Fact name={t('columns.status')}>
              <ValueBadge set="UserStatus" value={person.status} />
            </Fact>
            <Fact name={t('columns.roles')}>
              <RoleBadges roles={person.roles} />
            </Fact>
            <Fact name={t('fields.phone')}>{person.phone ?? '–'}</Fact>
            <Fact name={t('columns.since')}>
              <Time value={person.createdAt} />
            </Fact>
            {can('audit.read') && (
              <Fact name={t('history')}>
                <Link
                  to="/w/$workspaceCode/audit-events"
                  params={params}
                  search={{ actorId: person.id }}
                  className={textLinkLook}
                >
                  {t('didWhat')}
                </Link>
                <br />
                <Link
                  to="/w/$workspaceCode/audit-events"
                  params={params}
                  search={{ entityType: 'user', entityId: person.id }}
                  className={textLinkLook}
                >
                  {t('wasChangedHow')}
                </Link>
              </Fact>
            )}
          </Facts>
        </Panel>
        {canManage && (
          <>
            <RolesPanel person={person} />
            <PersonForm key={person.updatedAt} person={person} />
            <AccountPanel person={person} />
          </>
        )}
      </div>
    </>
  );
}
