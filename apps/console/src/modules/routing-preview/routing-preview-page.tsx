import type { RoutingRequest } from '@apms/validators';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Route as RouteIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { buttonLooks } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PageLoading } from '../../ui/page-loading.tsx';
import { RoutingAnswer } from './routing-answer.tsx';
import { RoutingFailure } from './routing-failure.tsx';
import { RoutingForm } from './routing-form.tsx';
import { activeMatrixQuery, type RoutingSearch } from './routing-queries.ts';

export interface RoutingPreviewPageProps {
  readonly search: RoutingSearch;
  readonly onSearch: (changed: RoutingSearch) => void;
}

/** "Who would approve this site?", asked before anything is started. */
export function RoutingPreviewPage({ search, onSearch }: RoutingPreviewPageProps) {
  const t = useTranslations('routingPreview');
  const { workspace, ...api } = useWorkspace();
  const { data } = useSuspenseQuery(activeMatrixQuery(api));
  const [matrix] = data.items;
  const { site: siteId, scope: scopeCode, vendor: vendorCode = null, category: atpCategory } = search;
  const isAsked = siteId !== undefined && scopeCode !== undefined && atpCategory !== undefined;
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      {matrix === undefined ? (
        <EmptyState
          icon={RouteIcon}
          title={t('noMatrix.title')}
          text={t('noMatrix.text')}
          action={
            <Link
              to="/w/$workspaceCode/configuration"
              params={{ workspaceCode: workspace.code }}
              className={buttonLooks.primary}
            >
              {t('noMatrix.action')}
            </Link>
          }
        />
      ) : (
        <div className="flex flex-col gap-5">
          <RoutingForm configVersionId={matrix.id} search={search} onSearch={onSearch} />
          {isAsked ? (
            <Answer configVersionId={matrix.id} request={{ siteId, scopeCode, vendorCode, atpCategory }} />
          ) : (
            <EmptyState icon={RouteIcon} title={t('ask.title')} text={t('ask.text')} />
          )}
        </div>
      )}
    </>
  );
}

function Answer(props: { readonly configVersionId: string; readonly request: RoutingRequest }) {
  const { configVersionId, request } = props;
  const { trpc } = useWorkspace();
  const preview = useQuery(trpc.workflows.preview.queryOptions(request));
  if (preview.isError) {
    return (
      <RoutingFailure
        configVersionId={configVersionId}
        error={preview.error}
        onRetry={() => void preview.refetch()}
      />
    );
  }
  return preview.isPending ? <PageLoading /> : <RoutingAnswer preview={preview.data} />;
}
