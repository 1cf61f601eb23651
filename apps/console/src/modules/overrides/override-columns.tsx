import type { ApproverOverride } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { ValueBadge } from '../../ui/value-badge.tsx';
import { ValueText } from '../../ui/value-text.tsx';
import { OverridePeriod } from './override-period.tsx';

const { display } = columnsOf<ApproverOverride>();

export function overrideColumns(
  t: ReturnType<typeof useTranslations<'overrides'>>,
): Column<ApproverOverride>[] {
  return [
    display({
      id: 'people',
      header: t('fields.people'),
      cell: ({ row: { original: override } }) => (
        <>
          <span className="font-medium">{override.toUser.name}</span>
          <br />
          <span className="text-quiet">
            {override.fromUser === null ? t('forAnybody') : t('insteadOf', { name: override.fromUser.name })}
          </span>
        </>
      ),
    }),
    display({
      id: 'target',
      header: t('fields.target'),
      cell: ({ row: { original: override } }) => (
        <>
          <ValueText set="OverrideType" value={override.overrideType} />
          <br />
          <span className="text-quiet">
            {[placeOf(override), override.roleCode].filter((part) => part !== null).join(' · ')}
          </span>
        </>
      ),
      meta: { hideBelow: 'sm' },
    }),
    display({
      id: 'period',
      header: t('fields.period'),
      cell: ({ row: { original: override } }) => <OverridePeriod override={override} />,
      meta: { hideBelow: 'lg' },
    }),
    display({
      id: 'requested',
      header: t('fields.requestedBy'),
      cell: ({ row: { original: override } }) => (
        <>
          {override.requestedBy.name}
          <br />
          <span className="line-clamp-1 text-quiet">{override.reason}</span>
        </>
      ),
      meta: { hideBelow: 'md' },
    }),
    display({
      id: 'status',
      header: t('fields.status'),
      cell: ({ row: { original: override } }) => (
        <ValueBadge set="OverrideApprovalStatus" value={override.approvalStatus} />
      ),
      meta: { width: 'w-40' },
    }),
  ];
}

function placeOf({ submissionNumber, siteCode, clusterCode, region }: ApproverOverride): string | null {
  return submissionNumber ?? siteCode ?? clusterCode ?? region;
}
