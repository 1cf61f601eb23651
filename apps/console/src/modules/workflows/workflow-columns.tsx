import type { WorkflowSummary } from '@apms/validators';
import { Link } from '@tanstack/react-router';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ValueText } from '../../ui/value-text.tsx';

const { display } = columnsOf<WorkflowSummary>();

export function workflowColumns(
  t: ReturnType<typeof useTranslations<'workflows'>>,
  workspaceCode: string,
): Column<WorkflowSummary>[] {
  return [
    display({
      id: 'site',
      header: t('fields.site'),
      cell: ({ row: { original: workflow } }) => (
        <>
          <Link
            to="/w/$workspaceCode/workflows/$workflowId"
            params={{ workspaceCode, workflowId: workflow.id }}
            className="font-medium underline-offset-2 hover:underline"
          >
            {workflow.site.siteCode}
          </Link>
          <br />
          <span className="text-quiet">{workflow.site.name}</span>
        </>
      ),
    }),
    display({
      id: 'scope',
      header: t('fields.scope'),
      cell: ({ row: { original: workflow } }) => (
        <>
          {workflow.scopeCode}
          <br />
          <span className="text-quiet">
            <ValueText set="AtpCategory" value={workflow.atpCategory} />
          </span>
        </>
      ),
      meta: { hideBelow: 'sm' },
    }),
    display({
      id: 'vendor',
      header: t('fields.vendor'),
      cell: ({ row: { original: workflow } }) => workflow.vendorCode ?? <span className="text-quiet">–</span>,
      meta: { hideBelow: 'lg' },
    }),
    display({
      id: 'status',
      header: t('fields.status'),
      cell: ({ row: { original: workflow } }) => (
        <>
          <ValueBadge set="WorkflowStatus" value={workflow.status} />
          <br />
          <span className="text-quiet">
            {t('progress', { stage: workflow.currentStageNumber, total: workflow.totalStages })}
          </span>
        </>
      ),
      meta: { width: 'w-32' },
    }),
    display({
      id: 'version',
      header: t('fields.version'),
      cell: ({ row: { original: workflow } }) =>
        t('version', { number: workflow.configVersion.versionNumber }),
      meta: { width: 'w-32', hideBelow: 'md' },
    }),
    display({
      id: 'started',
      header: t('fields.started'),
      cell: ({ row: { original: workflow } }) => <Time value={workflow.startedAt} />,
      meta: { width: 'w-48', hideBelow: 'lg' },
    }),
  ];
}
