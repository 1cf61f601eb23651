import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useWorkspace } from '../../session/use-workspace.ts';
import { Badge } from '../../ui/badge.tsx';
import { SubmissionError } from './submission-error.tsx';

/** Whom a submission would be routed for. */
export interface RoutingPreviewProps {
  readonly request: Parameters<ReturnType<typeof useWorkspace>['client']['workflows']['preview']['query']>[0];
}

/** Who would approve it if the review began now, seat by seat, or why nobody could. */
export function RoutingPreview({ request }: RoutingPreviewProps) {
  const t = useTranslations('submissions.preview');
  const { trpc } = useWorkspace();
  const preview = useQuery(trpc.workflows.preview.queryOptions(request));
  if (preview.error !== null) return <SubmissionError error={preview.error} />;
  return (
    <section
      aria-label={t('title')}
      className="rounded-md bg-raised p-3 text-sm"
      aria-busy={preview.isPending}
    >
      <h3 className="font-semibold">{t('title')}</h3>
      {preview.data === undefined ? (
        <p className="text-quiet">{t('searching')}</p>
      ) : (
        <>
          <p className="mb-2 text-quiet">
            {t('by', {
              version: preview.data.configVersion.versionNumber,
              policy: preview.data.policy.policyName,
              cluster: preview.data.clusterCode ?? '–',
            })}
          </p>
          <ol className="flex flex-col gap-1">
            {preview.data.stages.map((stage) => (
              <li
                key={`${stage.stageNumber}-${stage.roleCode}`}
                className="flex flex-wrap items-center gap-x-2"
              >
                <span className="w-5 tabular-nums">{stage.stageNumber}</span>
                <span className="font-medium">{stage.roleName}</span>
                <span>{stage.approver?.name ?? t('skipped')}</span>
                {stage.parallelGroup !== null && <Badge>{t('parallel')}</Badge>}
                {stage.approver?.status === 'PENDING' && <Badge tone="warn">{t('neverSignedIn')}</Badge>}
                {stage.approver?.source === 'OVERRIDE' && <Badge tone="info">{t('override')}</Badge>}
                {stage.approver?.source === 'BACKUP' && <Badge>{t('backup')}</Badge>}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
