import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SelectFilter } from '../../ui/select-filter.tsx';
import { textLinkLook } from '../../ui/text-link-look.ts';
import { useValueOptions } from '../../ui/use-value-text.ts';
import { DeploymentList } from './deployment-list.tsx';
import type { DeploymentFilters } from './deployments-query.ts';

export interface DeploymentsPageProps {
  readonly filters: DeploymentFilters;
  readonly onFilter: (changed: DeploymentFilters) => void;
}

/** What was deployed, target by target. */
export function DeploymentsPage({ filters, onFilter }: DeploymentsPageProps) {
  const t = useTranslations('deployments');
  const { trpc, workspace } = useWorkspace();
  const { data } = useSuspenseQuery(trpc.deployments.targets.queryOptions());
  const outcomes = useValueOptions('DeploymentOutcome');
  const { targets } = data;
  const { target = targets[0], outcome } = filters;
  const header = <PageHeader title={t('title')} about={t('about')} />;
  if (target === undefined) {
    return (
      <>
        {header}
        <EmptyState icon={Rocket} title={t('empty.title')} text={t('empty.text')} />
      </>
    );
  }
  if (!targets.includes(target)) {
    return (
      <>
        {header}
        <EmptyState
          icon={Rocket}
          title={t('empty.unknownTitle', { target })}
          text={t('empty.unknownText')}
          action={
            <ul className="flex flex-wrap gap-4">
              {targets.map((known) => (
                <li key={known}>
                  <Link
                    to="/w/$workspaceCode/deployments"
                    params={{ workspaceCode: workspace.code }}
                    search={{ target: known }}
                    className={textLinkLook}
                  >
                    {known}
                  </Link>
                </li>
              ))}
            </ul>
          }
        />
      </>
    );
  }
  return (
    <>
      {header}
      <FilterBar filters={{ outcome }} onFilter={onFilter}>
        <div className="w-full sm:w-44">
          <Field label={t('filters.target')}>
            <select value={target} onChange={(event) => onFilter({ target: event.target.value })}>
              {targets.map((known) => (
                <option key={known}>{known}</option>
              ))}
            </select>
          </Field>
        </div>
        <SelectFilter
          label={t('filters.outcome')}
          value={outcome}
          options={outcomes}
          onSelect={(chosen) => onFilter({ outcome: chosen })}
        />
      </FilterBar>
      <DeploymentList key={target} target={target} outcome={outcome} />
    </>
  );
}
