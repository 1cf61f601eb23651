import type { QuarantinedRow } from '@apms/validators';
import type { useTranslations } from 'use-intl';
import { Badge } from '../../ui/badge.tsx';
import { type Column, columnsOf } from '../../ui/table-columns.ts';
import { Time } from '../../ui/time.tsx';

const { display } = columnsOf<QuarantinedRow>();

export function asideColumns(
  t: ReturnType<typeof useTranslations<'remediation.aside'>>,
): Column<QuarantinedRow>[] {
  return [
    display({
      id: 'row',
      header: t('columns.row'),
      cell: ({ row: { original: aside } }) => (
        <>
          <span className="font-medium">{aside.table}</span>
          <br />
          <code className="text-xs break-all text-quiet">{aside.rowId}</code>
        </>
      ),
    }),
    display({
      id: 'key',
      header: t('columns.key'),
      cell: ({ row: { original: aside } }) => (
        <code className="text-xs break-all">{aside.constraintName}</code>
      ),
      meta: { hideBelow: 'lg' },
    }),
    display({
      id: 'reason',
      header: t('columns.reason'),
      cell: ({ row: { original: aside } }) => aside.reason,
      meta: { hideBelow: 'md' },
    }),
    display({
      id: 'when',
      header: t('columns.when'),
      cell: ({ row: { original: aside } }) => <Time value={aside.quarantinedAt} />,
      meta: { width: 'w-48', hideBelow: 'sm' },
    }),
    display({
      id: 'state',
      header: t('columns.state'),
      cell: ({ row: { original: aside } }) =>
        aside.restoredAt === null ? (
          <Badge tone="warn">{t('states.ASIDE')}</Badge>
        ) : (
          <>
            <Badge tone="good">{t('states.RESTORED')}</Badge> <Time value={aside.restoredAt} format="date" />
          </>
        ),
      meta: { width: 'w-36' },
    }),
  ];
}
