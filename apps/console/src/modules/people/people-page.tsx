import { useNavigate } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Button } from '../../ui/button.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { List } from '../../ui/list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePagedRows } from '../../ui/paged-rows.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { peopleColumns } from './people-columns.tsx';
import { type PeopleFilters, peopleQuery } from './people-query.ts';

// With its schemas, when it is first opened.
const InviteDialog = lazy(async () => ({ default: (await import('./invite-dialog.tsx')).InviteDialog }));

export interface PeoplePageProps {
  readonly filters: PeopleFilters;
  readonly onFilter: (changed: PeopleFilters) => void;
}

/** Everybody whom the workspace knows: members, and people named in its configuration. */
export function PeoplePage({ filters, onFilter }: PeoplePageProps) {
  const t = useTranslations('people');
  const navigate = useNavigate();
  const { can, workspace, ...api } = useWorkspace();
  const rows = usePagedRows(peopleQuery(api, filters));
  const { code: workspaceCode } = workspace;
  const columns = useMemo(() => peopleColumns(t, workspaceCode), [t, workspaceCode]);
  const [isInviting, setIsInviting] = useState(false);
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          can('members.manage') && (
            <Button
              look="primary"
              icon={<UserPlus aria-hidden className="size-4" />}
              onClick={() => setIsInviting(true)}
            >
              {t('invite.open')}
            </Button>
          )
        }
      />
      <FilterBar filters={filters} onFilter={onFilter}>
        <SearchField
          label={t('filters.search')}
          value={filters.search}
          onSearch={(search) => onFilter({ search })}
        />
        <SelectFilter
          label={t('filters.role')}
          value={filters.role}
          options={useValueOptions('MembershipRole')}
          onSelect={(role) => onFilter({ role })}
        />
        <SelectFilter
          label={t('filters.status')}
          value={filters.status}
          options={useValueOptions('UserStatus')}
          onSelect={(status) => onFilter({ status })}
        />
      </FilterBar>
      <List
        label={t('title')}
        columns={columns}
        rows={rows}
        onOpen={({ id: userId }) =>
          void navigate({ to: '/w/$workspaceCode/people/$userId', params: { workspaceCode, userId } })
        }
        filters={filters}
      />
      {isInviting && (
        <Suspense>
          <InviteDialog onClose={() => setIsInviting(false)} />
        </Suspense>
      )}
    </>
  );
}
