import type { ConfigVersion } from '@apms/validators';
import { ArrowLeftRight, GitCompareArrows } from 'lucide-react';
import { Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageLoading } from '../../ui/page-loading.tsx';
import type { ComparisonSearch } from './comparison-query.ts';
import { ComparisonResult } from './comparison-result.tsx';
import { VersionSelect } from './version-select.tsx';

export interface ComparisonPageProps {
  /** Those to choose from, the chosen ones among them. */
  readonly versions: readonly ConfigVersion[];
  readonly search: ComparisonSearch;
  readonly onSearch: (changed: ComparisonSearch) => void;
}

/** Two versions side by side. */
export function ComparisonPage({ versions, search, onSearch }: ComparisonPageProps) {
  const t = useTranslations('configComparison');
  const tVersion = useTranslations('configVersion');
  const { workspace } = useWorkspace();
  const { from, to, kind, change } = search;
  return (
    <>
      <BackLink to="/w/$workspaceCode/configuration" params={{ workspaceCode: workspace.code }}>
        {tVersion('all')}
      </BackLink>
      <PageHeader title={t('title')} about={t('about')} />
      <div className="mb-5 grid items-end gap-3 sm:grid-cols-[1fr_auto_1fr]">
        <VersionSelect
          label={t('from')}
          value={from}
          versions={versions}
          onSelect={(chosen) => onSearch({ from: chosen })}
        />
        <Button
          icon={<ArrowLeftRight aria-hidden className="size-4" />}
          disabled={from === undefined && to === undefined}
          onClick={() => onSearch({ from: to, to: from })}
        >
          {t('swap')}
        </Button>
        <VersionSelect
          label={t('to')}
          value={to}
          versions={versions}
          onSelect={(chosen) => onSearch({ to: chosen })}
        />
      </div>
      {from === undefined || to === undefined || from === to ? (
        <EmptyState
          icon={GitCompareArrows}
          title={t(from !== undefined && from === to ? 'same.title' : 'pick.title')}
          text={t(from !== undefined && from === to ? 'same.text' : 'pick.text')}
        />
      ) : (
        // Two versions are compared anew with a sign of life; the rows of one comparison stay until others are there.
        <Suspense key={`${from} ${to}`} fallback={<PageLoading />}>
          <ComparisonResult
            versions={{ fromVersionId: from, toVersionId: to }}
            filters={{ kind, change }}
            onFilter={onSearch}
          />
        </Suspense>
      )}
    </>
  );
}
